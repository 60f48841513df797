// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/failure.ts'
import { defaultPreferences } from '../../../src-preload/contract/default-preferences.ts'
import { useSettings } from '../../../src-renderer/stores/settings.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { usePage } from '../support/page.ts'

describe('the settings store', () => {
  it('holds the defaults of the contract until main has answered', () => {
    usePage(new FakeBridge())
    expect(useSettings().preferences).toEqual(defaultPreferences)
  })

  it('takes what main keeps', async () => {
    const kept = { ...defaultPreferences, highContrast: true, treeWidthPx: 300 }
    usePage(new FakeBridge({ readPreferences: async () => kept }))
    const settings = useSettings()
    await settings.load()
    expect({ kept: settings.preferences, highContrast: settings.highContrast }).toEqual({ kept, highContrast: true })
  })

  it('sends only what changed, shows it at once, and says when it could not be kept', async () => {
    const bridge = new FakeBridge({
      savePreferences: async () => {
        throw new AppError({ kind: 'bad-file', file: 'preferences.json', problem: 'the disk is full' })
      },
    })
    usePage(bridge)
    const settings = useSettings()
    const saved = settings.save({ showStatistics: true })
    expect(settings.preferences.showStatistics).toBe(true)
    await expect(saved).rejects.toMatchObject({ failure: { kind: 'bad-file' } })
    expect(bridge.asked).toEqual([{ name: 'savePreferences', input: { showStatistics: true } }])
  })
})
