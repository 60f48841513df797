import { describe, expect, it } from 'vitest'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { JobKind, JobState } from '../../../src-preload/contract/models/job.ts'
import { leftText } from '../../../src-renderer/composables/useRecordingText.ts'
import { recordLengths } from '../../../src-renderer/screens/live/record-lengths.ts'
import { recordingFace, type Press } from '../../../src-renderer/stores/recording-face.ts'
import { jobOf, recordingOf } from '../support/recordings.ts'

const down: Failure = { kind: 'unreachable', what: 'server', how: 'timeout' }
const endsAt = '2026-11-26T14:15:00.000Z'
const command = (state: JobState, kind: JobKind = 'start-recording'): Press => ({
  is: 'command',
  job: jobOf(1, 1, state, { kind }),
})
const everyPhase: JobState[] = [
  { phase: 'accepted' },
  { phase: 'accepted', because: down },
  { phase: 'sending' },
  { phase: 'done', said: null },
  { phase: 'refused', because: down },
  { phase: 'unknown', because: down },
  { phase: 'needs-person', because: down, why: 'not-confirmed' },
  { phase: 'expired' },
  { phase: 'dropped', by: 'operator' },
]

describe('what there is to say of a recording', () => {
  it('is nothing where nothing records and nobody asked', () => {
    expect(recordingFace(undefined, undefined)).toBeUndefined()
    expect(recordingFace(recordingOf(1, { state: 'unknown', startedBy: null }), undefined)).toBeUndefined()
  })

  it('is never that it records while the server has not said so, whatever became of the command', () => {
    const faces = everyPhase.map((state) => recordingFace(undefined, command(state))?.is)
    expect(faces).toEqual([
      'requested',
      'not-recording',
      'requested',
      'requested',
      'not-recording',
      'checking',
      'needs-person',
      'not-recording',
      undefined,
    ])
  })

  it('is what the server says of a camera that records, whatever became of a command', () => {
    for (const state of everyPhase)
      expect(recordingFace(recordingOf(1, { endsAt }), command(state))).toEqual({
        is: 'recording',
        isOurs: true,
        endsAtMs: Date.parse(endsAt),
        preBufferSeconds: 3,
        isStopping: false,
      })
  })

  it('says that it is being stopped only while the stop is under way', () => {
    const stopping = everyPhase.map((state) => {
      const face = recordingFace(recordingOf(1), command(state, 'stop-recording'))
      return face?.is === 'recording' && face.isStopping
    })
    expect(stopping).toEqual([true, true, true, false, false, true, false, false, false])
  })

  it.each([
    [{ state: 'requested' }, { is: 'requested' }],
    [
      { state: 'not-recording', trouble: 'not-confirmed' },
      { is: 'not-recording', why: 'not-confirmed' },
    ],
    [{ state: 'recording', trouble: 'not-ended' }, { is: 'not-ended' }],
    [{ state: 'unknown' }, { is: 'not-known' }],
  ] as const)('keeps what the server does not confirm apart: %o', (now, face) => {
    expect(recordingFace(recordingOf(1, now), undefined)).toEqual(face)
  })

  it('says at once that nothing records where it could not even be asked', () => {
    const press: Press = { is: 'not-done', why: 'failure', because: { kind: 'signed-out' } }
    expect(recordingFace(undefined, press)).toEqual({
      is: 'not-recording',
      why: 'failure',
      because: { kind: 'signed-out' },
    })
  })
})

describe('a countdown', () => {
  it.each([
    [252_000, '04:12'],
    [251_001, '04:12'],
    [59_000, '00:59'],
    [0, '00:00'],
    [-5_000, '00:00'],
    [3_600_000, '1:00:00'],
    [7_199_000, '1:59:59'],
  ])('of %i ms reads %s', (ms, text) => {
    expect(leftText(ms)).toBe(text)
  })
})

describe('the lengths offered', () => {
  const limits = { defaultSeconds: 900, minSeconds: 60, maxSeconds: 7200, stopsAfterSeconds: null, preBufferSeconds: 3 }

  it('are round ones within the limits, the usual one and the longest', () => {
    expect(recordLengths({ ...limits, minSeconds: 120, defaultSeconds: 200, maxSeconds: 1000 })).toEqual([
      120, 200, 300, 600, 900, 1000,
    ])
  })

  it('are one where the camera ends every recording after it', () => {
    expect(recordLengths({ ...limits, defaultSeconds: 60, maxSeconds: 60, stopsAfterSeconds: 60 })).toEqual([60])
  })
})
