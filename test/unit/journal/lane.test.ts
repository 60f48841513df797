import { describe, expect, it } from 'vitest'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { JobKind } from '../../../src-preload/contract/models/job.ts'
import { nextStep, type LaneFacts, type Step } from '../../../src-main/journal/lane.ts'
import { referenceOf, type Job, type State } from '../../../src-main/journal/job.ts'
import { commandOf, newId } from './support/room.ts'

const because: Failure = { kind: 'bug', message: '' }
const jobOf = (kind: JobKind, state: State): Job => {
  const id = newId()
  const course = { acceptedMs: 0, pressedMs: 0, sinceMs: 0, sends: 0, refusals: 0, possibleDuplicate: false }
  return { ...commandOf(kind), id, reference: referenceOf(id), ...course, state }
}
const queued = (kind: JobKind, notBeforeMs = 0): Job => jobOf(kind, { is: 'queued', notBeforeMs })
const unknown = (kind: JobKind, lookUpMs: number): Job =>
  jobOf(kind, { is: 'unknown', because, sentMs: 0, lookUpMs, looks: 0 })
const needy = (kind: JobKind): Job => jobOf(kind, { is: 'needs-human', because, sentMs: 0, why: 'not-done' })

const step = (jobs: Job[], facts: Partial<LaneFacts> = {}): [Step['do'], number?] => {
  const found = nextStep(jobs, {
    nowMs: 1_000,
    isSending: false,
    isLooking: false,
    isWriting: () => false,
    ageMs: () => 1_000,
    canLookUp: () => true,
    ...facts,
  })
  if (found.do === 'wait') return found.ms === undefined ? ['wait'] : ['wait', found.ms]
  return [found.do, jobs.indexOf(found.job)]
}

describe('the next step of a device', () => {
  it('is nothing where nothing is to be done', () => {
    expect(step([])).toEqual(['wait'])
    expect(step([needy('output')])).toEqual(['wait'])
  })

  it('sends the oldest, and no second one while it is under way', () => {
    expect(step([needy('output'), queued('bookmark'), queued('bookmark')])).toEqual(['send', 1])
    expect(step([queued('bookmark')], { isSending: true })).toEqual(['wait'])
  })

  it('lets none overtake one that waits to be sent', () => {
    expect(step([queued('bookmark', 4_000), queued('evidence-lock')])).toEqual(['wait', 3_000])
  })

  it('begins nothing with what is on its way to the disk, nor with what comes after it', () => {
    const jobs = [unknown('bookmark', 0), queued('bookmark')]
    expect(step(jobs, { isWriting: (job) => job === jobs[0] })).toEqual(['wait'])
  })

  it('holds up the family of what may be sent again, and nobody else', () => {
    expect(step([unknown('bookmark', 9_000), queued('bookmark'), queued('ptz')])).toEqual(['send', 2])
    expect(step([unknown('start-recording', 9_000), queued('stop-recording')])).toEqual(['wait', 8_000])
    expect(step([unknown('output', 9_000), queued('output')])).toEqual(['send', 1])
  })

  it('looks up what is due, one at a time', () => {
    const jobs = [unknown('bookmark', 1_000), unknown('bookmark', 500)]
    expect(step(jobs)).toEqual(['look-up', 0])
    expect(step(jobs, { isLooking: true })).toEqual(['wait'])
    expect(step([unknown('bookmark', 1_001)])).toEqual(['wait', 1])
  })

  it('does not wait to tell a person of what can neither be looked up nor sent again', () => {
    const canLookUp = (): boolean => false
    expect(step([unknown('output', 61_000)], { canLookUp })).toEqual(['look-up', 0])
    expect(step([unknown('bookmark', 61_000)], { canLookUp })).toEqual(['wait', 60_000])
  })

  it('lets expire what is too late, wherever it stands', () => {
    const ageMs = (job: Job): number => (job.kind === 'ptz' ? 5_000 : 0)
    expect(step([queued('bookmark', 9_000), queued('ptz')], { ageMs })).toEqual(['expire', 1])
    expect(step([queued('ptz')], { ageMs: () => 4_999, isSending: true })).toEqual(['wait', 1])
    expect(step([queued('evidence-lock')], { ageMs: () => Infinity })).toEqual(['send', 0])
  })
})
