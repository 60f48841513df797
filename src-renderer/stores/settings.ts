import { defineStore } from 'pinia'
import { computed, shallowReadonly, shallowRef } from 'vue'
import { defaultPreferences } from '../../src-preload/contract/default-preferences.ts'
import type { Preferences } from '../../src-preload/contract/models/preferences.ts'
import { ask } from '../api/ask.ts'

/** The small choices of this operator at this computer. Main keeps them; every window hears of a change. */
export const useSettings = defineStore('settings', () => {
  const preferences = shallowRef<Preferences>(defaultPreferences)

  async function load(): Promise<void> {
    preferencesChanged(await ask('readPreferences'))
  }

  function preferencesChanged(now: Preferences): void {
    preferences.value = now
  }

  /** Shows the change at once; throws when it could not be kept. */
  async function save(changes: Partial<Omit<Preferences, 'takeAwayFolder'>>): Promise<void> {
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
