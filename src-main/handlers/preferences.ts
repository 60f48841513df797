import type { Handlers } from '../../src-preload/contract/calls.ts'
import type { Preferences } from '../../src-preload/contract/models/preferences.ts'
import type { PreferenceStore } from '../sites/preference-store.ts'

/** Small choices. Every window hears of a change, also the one that made it. */
export function preferenceHandlers(
  store: PreferenceStore,
  changed: (preferences: Preferences) => void,
): Pick<Handlers, 'readPreferences' | 'savePreferences'> {
  return {
    readPreferences: async () => store.read(),
    savePreferences: async (change) => changed(store.save(named(change))),
  }
}

/** A key sent without a value names no change. */
const named = (change: { [K in keyof Preferences]?: Preferences[K] | undefined }): Partial<Preferences> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
