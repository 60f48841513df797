// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/failure.ts'
import type { EvidenceLock } from '../../../src-preload/contract/models/evidence-lock.ts'
import UnlockEvidence from '../../../src-renderer/screens/search/UnlockEvidence.vue'
import { cameraRef } from '../live/support.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { mountOnPage, usePage } from '../support/page.ts'
import { jobOf } from '../support/recordings.ts'

const { siteId, cameraId } = cameraRef(5)
const lock: EvidenceLock = {
  id: '55555555-5555-4555-8555-555555555555',
  siteId,
  cameraIds: [cameraId],
  otherDevices: 0,
  reference: 'WP-9',
  headline: 'Break-in at the dock',
  description: '',
  user: 'operator',
  created: '2026-11-26T13:05:00Z',
  begin: '2026-11-26T13:00:00Z',
  end: '2026-11-26T13:01:00Z',
  protects: { begin: '2026-11-26T13:00:00Z', end: '2026-11-26T14:00:00Z' },
  expires: { is: 'never' },
  keepFor: { type: 'indefinite' },
  sizeBytes: 1_400_000_000,
}

let shown: Awaited<ReturnType<typeof mountOnPage>> | undefined
async function unlock(bridge: FakeBridge, reason: string, word: string): Promise<void> {
  usePage(bridge)
  shown = await mountOnPage(UnlockEvidence, { lock })
  type(document.querySelector('textarea')!, reason)
  type(document.querySelector('input')!, word)
  document.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
  await flushPromises()
}
function type(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  field.value = text
  field.dispatchEvent(new Event('input'))
}

describe('unlocking evidence', () => {
  afterEach(() => {
    shown?.unmount()
    document.body.replaceChildren()
  })

  it.each([
    ['', 'UNLOCK'],
    ['  ', 'UNLOCK'],
    ['Case closed', ''],
    ['Case closed', 'UNLOK'],
  ])('asks nothing of the server for the reason %j and the word %j', async (reason, word) => {
    const bridge = new FakeBridge({ unlockEvidence: async () => jobOf(1, 5, { phase: 'sending' }) })
    await unlock(bridge, reason, word)
    expect(bridge.times('unlockEvidence')).toBe(0)
    expect(document.querySelector('[role="alert"], [aria-invalid="true"]')).not.toBeNull()
  })

  it('asks with the reason once both are typed', async () => {
    const bridge = new FakeBridge({ unlockEvidence: async () => jobOf(1, 5, { phase: 'sending' }) })
    await unlock(bridge, ' Case closed ', 'unlock')
    const named = { id: lock.id, camera: { siteId, cameraId }, reference: 'WP-9' }
    expect(bridge.asked.filter(({ name }) => name === 'unlockEvidence')).toEqual([
      { name: 'unlockEvidence', input: { lock: named, reason: 'Case closed' } },
    ])
    expect(shown!.emitted('close')).toHaveLength(1)
  })

  it('stays open with the reason where it could not be asked for', async () => {
    const bridge = new FakeBridge({
      unlockEvidence: async () => {
        throw new AppError({ kind: 'signed-out' })
      },
    })
    await unlock(bridge, 'Case closed', 'UNLOCK')
    expect(shown!.emitted('close')).toBeUndefined()
    expect(document.querySelector('.notice[role="alert"]')).not.toBeNull()
  })
})
