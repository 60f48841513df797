import { defaultPreferences } from '../../src-preload/contract/default-preferences.ts'
import type { Preferences } from '../../src-preload/contract/models/preferences.ts'

/** Where this user's small choices are kept. The app hands in one that writes a file. */
export interface PreferenceStore {
  read: () => Preferences
  /** Gives all preferences as they are after the change. */
  save: (change: Partial<Preferences>) => Preferences
}

/** Keeps them until the program ends: for tests, and where there is no disk to write to. */
export function createPreferenceMemory(start: Partial<Preferences> = {}): PreferenceStore {
  let kept: Preferences = { ...defaultPreferences, ...start }
  return {
    read: () => kept,
    save: (change) => (kept = { ...kept, ...change }),
  }
}
