// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/failure.ts'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import type { RecordingLimits } from '../../../src-preload/contract/models/recording.ts'
import RecordDialog from '../../../src-renderer/screens/live/RecordDialog.vue'
import { FakeBridge, pending } from '../support/fake-bridge.ts'
import { mountOnPage, usePage } from '../support/page.ts'
import { siteId } from '../support/sites.ts'

const camera = { siteId: siteId(1), cameraId: '22222222-2222-4222-8222-222222222222' } as CameraRef
const limits: RecordingLimits = {
  defaultSeconds: 900,
  minSeconds: 60,
  maxSeconds: 1_800,
  stopsAfterSeconds: null,
  preBufferSeconds: 3,
}

let shown: Awaited<ReturnType<typeof mountOnPage>> | undefined
async function show(readRecordingLimits: () => Promise<RecordingLimits>) {
  const wishes: unknown[][] = []
  usePage(new FakeBridge({ readRecordingLimits }))
  shown = await mountOnPage(RecordDialog, { camera, onStart: (...wish: unknown[]) => wishes.push(wish) })
  await flushPromises()
  return wishes
}
async function record() {
  document.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
  await flushPromises()
}

describe('asking how long to record', () => {
  afterEach(() => {
    shown?.unmount()
    document.body.replaceChildren()
  })

  it('offers what the profile and the camera allow, the usual length first of all', async () => {
    const wishes = await show(async () => limits)
    await record()
    expect(wishes).toEqual([[[camera], 900]])
    expect(document.body.textContent).toContain('3 s before')
  })

  it.each([
    ['are not told yet', () => pending<RecordingLimits>().promise],
    ['cannot be told', () => Promise.reject(new AppError({ kind: 'unreachable', what: 'server' }))],
  ])('records for the usual length where the limits %s', async (_, read) => {
    const wishes = await show(read)
    await record()
    expect(wishes).toEqual([[[camera], undefined]])
  })
})
