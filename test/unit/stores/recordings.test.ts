// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/failure.ts'
import type { Job } from '../../../src-preload/contract/models/job.ts'
import { cameraKey } from '../../../src-renderer/stores/camera-list.ts'
import { useRecordings } from '../../../src-renderer/stores/recordings.ts'
import { useSession } from '../../../src-renderer/stores/session.ts'
import { cameraRef } from '../live/support.ts'
import { FakeBridge, pending } from '../support/fake-bridge.ts'
import { usePage } from '../support/page.ts'
import { jobOf, recordingOf } from '../support/recordings.ts'
import { siteId, siteOf } from '../support/sites.ts'

let bridge: FakeBridge
const faceOf = (camera: number) => useRecordings().faces.get(cameraKey(cameraRef(camera)))
const says = (...cameras: Parameters<typeof recordingOf>[]) =>
  useRecordings().recordingsChanged({
    siteId: siteId(1),
    isKnown: true,
    cameras: cameras.map((one) => recordingOf(...one)),
  })

beforeEach(() => {
  bridge = new FakeBridge()
  usePage(bridge)
})

describe('the recordings store', () => {
  it('asks a site that opens what records there, and asks once', async () => {
    bridge.answer('listRecordings', async () => ({
      siteId: siteId(1),
      isKnown: true,
      cameras: [recordingOf(4, { startedBy: 'other' })],
    }))
    useRecordings()
    const open = siteOf({ state: { phase: 'open', user: 'operator', link: { is: 'up' } } })
    useSession().siteListChanged([open])
    await flushPromises()
    useSession().siteChanged({ ...open, clockOffsetMs: 5 })
    await flushPromises()
    expect({ face: faceOf(4), asked: bridge.times('listRecordings'), count: useRecordings().count }).toMatchObject({
      face: { is: 'recording', isOurs: false },
      asked: 1,
      count: 1,
    })
  })

  it('shows a press as requested until the server says that the camera records, and nothing once it has ended', async () => {
    const answer = pending<Job>()
    bridge.answer('startRecording', () => answer.promise)
    const seen: (string | undefined)[] = []
    const started = useRecordings().start(cameraRef(1))
    seen.push(faceOf(1)?.is)
    answer.resolve(jobOf(1, 1, { phase: 'accepted' }))
    await started
    seen.push(faceOf(1)?.is)
    useRecordings().jobChanged(jobOf(1, 1, { phase: 'done', said: null }))
    seen.push(faceOf(1)?.is)
    says([1, { state: 'requested' }])
    seen.push(faceOf(1)?.is)
    says([1])
    seen.push(faceOf(1)?.is)
    says()
    seen.push(faceOf(1)?.is)
    expect(seen).toEqual(['requested', 'requested', 'requested', 'requested', 'recording', undefined])
  })

  it('is not misled by a command whose end was announced before it was answered', async () => {
    const answer = pending<Job>()
    bridge.answer('startRecording', () => answer.promise)
    const started = useRecordings().start(cameraRef(1))
    useRecordings().jobChanged(jobOf(1, 1, { phase: 'refused', because: { kind: 'forbidden' } }))
    answer.resolve(jobOf(1, 1, { phase: 'accepted' }))
    await started
    expect(faceOf(1)).toEqual({ is: 'not-recording', why: 'failure', because: { kind: 'forbidden' } })
  })

  it('says at once why nothing records, until the operator has seen it', async () => {
    bridge.answer('startRecording', async () => {
      throw new AppError({ kind: 'signed-out' })
    })
    await useRecordings().start(cameraRef(1))
    const before = faceOf(1)
    useRecordings().dismiss(cameraRef(1))
    expect([before, faceOf(1)]).toEqual([
      { is: 'not-recording', why: 'failure', because: { kind: 'signed-out' } },
      undefined,
    ])
  })

  it('does not repeat what was seen, and says it again of another press', async () => {
    bridge.answer('startRecording', async () => jobOf(2, 1, { phase: 'sending' }))
    says([1, { state: 'not-recording', trouble: 'not-confirmed' }])
    const faces = [faceOf(1)?.is]
    useRecordings().dismiss(cameraRef(1))
    says([1, { state: 'not-recording', trouble: 'not-confirmed' }])
    faces.push(faceOf(1)?.is)
    await useRecordings().start(cameraRef(1))
    faces.push(faceOf(1)?.is)
    expect(faces).toEqual(['not-recording', undefined, 'not-recording'])
  })

  it('lets no older command that ends speak over a newer one, nor one of another kind', () => {
    useRecordings().jobChanged(jobOf(5, 1, { phase: 'sending' }))
    useRecordings().jobChanged(jobOf(4, 1, { phase: 'expired' }))
    useRecordings().jobChanged(jobOf(6, 1, { phase: 'refused', because: { kind: 'forbidden' } }, { kind: 'bookmark' }))
    expect(faceOf(1)).toEqual({ is: 'requested' })
  })

  it('leaves a recording as it is where its stop could not be asked for', async () => {
    bridge.answer('stopRecording', async () => {
      throw new AppError({ kind: 'signed-out' })
    })
    says([1])
    await expect(useRecordings().stop(cameraRef(1))).rejects.toMatchObject({ failure: { kind: 'signed-out' } })
    expect(faceOf(1)).toMatchObject({ is: 'recording', isStopping: false })
  })

  it('keeps the sites apart', () => {
    useRecordings().recordingsChanged({
      siteId: siteId(2),
      isKnown: true,
      cameras: [recordingOf(1, { camera: cameraRef(1, 2) })],
    })
    says()
    expect([...useRecordings().faces.keys()]).toEqual([cameraKey(cameraRef(1, 2))])
  })
})
