import { defineStore } from 'pinia'
import { computed, shallowReadonly, shallowRef } from 'vue'
import type { Preferences } from '../../src-preload/contract/models/preferences.ts'
import { ask } from '../api/ask.ts'

/** What holds until main has told the operator's own. The schema's file is not imported: schemas stay in main. */
const untilKnown: Preferences = {
  view: null,
  treeWidthPx: 232,
  showStatistics: false,
  highContrast: false,
  selectedCamera: null,
  recordShortcut: 'Ctrl+Alt+R',
  startAtLogOn: null,
}

/** The small choices of this operator at this computer. Main keeps them; every window hears of a change. */
export const useSettings = defineStore('settings', () => {
  const preferences = shallowRef<Preferences>(untilKnown)

  async function load(): Promise<void> {
    preferencesChanged(await ask('readPreferences'))
  }

  function preferencesChanged(now: Preferences): void {
    preferences.value = now
  }

  /** Shows the change at once; throws when it could not be kept. */
  async function save(changes: Partial<Preferences>): Promise<void> {
    preferences.value = { ...preferences.value, ...changes }
    await ask('savePreferences', changes)
  }

  return {
    preferences: shallowReadonly(preferences),
    highContrast: computed(() => preferences.value.highContrast),
    load,
    preferencesChanged,
    save,
  }
})
