// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/failure.ts'
import type { EvidenceLock } from '../../../src-preload/contract/models/evidence-lock.ts'
import LockDialog from '../../../src-renderer/screens/search/LockDialog.vue'
import UnlockEvidence from '../../../src-renderer/screens/search/UnlockEvidence.vue'
import { useEvidenceLocks } from '../../../src-renderer/stores/evidence-locks.ts'
import { cameraId, cameraRef } from '../live/support.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { mountOnPage, usePage } from '../support/page.ts'
import { jobOf } from '../support/recordings.ts'
import { siteId } from '../support/sites.ts'

const FROM = '2026-11-26T14:58:00.000Z'
const TO = '2026-11-26T15:03:00.000Z'
const draft = {
  offered: [cameraRef(1), cameraRef(2)],
  picked: [cameraRef(1), cameraRef(2)],
  fromMs: Date.parse(FROM),
  toMs: Date.parse(TO),
  headline: 'Van',
  description: '',
}
const microphone = { id: '00000000-0000-4000-b000-000000000001', name: 'Gate', cameraIds: [cameraId(2)] }
const job = jobOf(1, 1, { phase: 'done', said: null }, { kind: 'evidence-lock', alsoDeviceIds: [cameraId(2)] })

let bridge: FakeBridge
beforeEach(() => {
  bridge = new FakeBridge({
    listLockProfiles: async () => [{ id: 'a', name: 'Default', choices: [{ type: 'weeks', units: 2 }] }],
    listMicrophones: async () => [microphone],
    addEvidenceLock: async () => job,
    unlockEvidence: async () => jobOf(2, 1, { phase: 'accepted' }, { kind: 'unlock' }),
  })
  usePage(bridge)
})
afterEach(() => document.body.replaceChildren())

async function submit(): Promise<void> {
  document.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
  await flushPromises()
}
const asked = (name: string) => bridge.asked.filter((call) => call.name === name).map(({ input }) => input)
const words = () => document.body.textContent
const isOff = (name: string) =>
  [...document.querySelectorAll('button')].find((button) => button.textContent.trim() === name)!.disabled

describe('the form for an evidence lock', () => {
  it('asks for what it shows, with the microphones of the cameras, and says which hours that protects', async () => {
    const form = await mountOnPage(LockDialog, { draft })
    expect(words()).toContain('(2 h)')
    await submit()
    expect(asked('addEvidenceLock')).toEqual([
      {
        siteId: siteId(1),
        cameraIds: [cameraId(1), cameraId(2)],
        microphoneIds: [microphone.id],
        from: FROM,
        to: TO,
        headline: 'Van',
        description: '',
        keepFor: { type: 'weeks', units: 2 },
      },
    ])
    form.unmount()
  })

  it('says of each camera how it stands, and follows it until all are protected', async () => {
    const form = await mountOnPage(LockDialog, { draft })
    await submit()
    const progress = {
      jobId: job.id,
      siteId: siteId(1),
      lockId: 'b',
      lock: null,
      differs: [],
      seenAt: '2026-11-26T15:04:00.000Z',
    }
    const first = { cameraId: cameraId(1), is: 'protected' as const, message: '' }
    const second = { cameraId: cameraId(2), is: 'waiting' as const, message: 'offline' }
    useEvidenceLocks().lockProgressed({ ...progress, is: 'following', cameras: [first, second] })
    await flushPromises()
    expect(words()).toContain('NOT protected yet')
    useEvidenceLocks().lockProgressed({ ...progress, is: 'applied', cameras: [first, { ...second, is: 'protected' }] })
    await flushPromises()
    expect(words()).toContain('Every camera is protected')
    expect(words()).not.toContain('NOT protected')
    form.unmount()
  })

  it('cannot be sent where the edition has no evidence locks, and says so', async () => {
    bridge.answer('listLockProfiles', async () => {
      throw new AppError({ kind: 'not-licensed' })
    })
    const form = await mountOnPage(LockDialog, { draft })
    expect(words()).toContain('The edition of this server does not have that.')
    expect(isOff('Lock')).toBe(true)
    form.unmount()
  })
})

describe('unlocking evidence', () => {
  const lock: EvidenceLock = {
    id: '00000000-0000-4000-b000-000000000002',
    siteId: siteId(1),
    cameraIds: [cameraId(1)],
    otherDevices: 0,
    reference: 'WP-1',
    headline: 'Van',
    description: '',
    user: '',
    created: '',
    begin: FROM,
    end: TO,
    protects: null,
    expires: { is: 'never' },
    keepFor: null,
    sizeBytes: null,
  }

  it('takes a reason and the word typed in full', async () => {
    const form = await mountOnPage(UnlockEvidence, { lock })
    const type = async (selector: string, text: string) => {
      const field = document.querySelector<HTMLInputElement>(selector)!
      field.value = text
      field.dispatchEvent(new Event('input'))
      await flushPromises()
    }
    await type('input', 'unloc')
    await type('textarea', 'closed by the police')
    await submit()
    expect(asked('unlockEvidence')).toEqual([])
    await type('input', 'unlock')
    await submit()
    expect(asked('unlockEvidence')).toEqual([
      { lock: { id: lock.id, camera: cameraRef(1), reference: 'WP-1' }, reason: 'closed by the police' },
    ])
    form.unmount()
  })
})
