import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError, type Failure } from '../../../src-preload/contract/failure.ts'
import { JobKind } from '../../../src-preload/contract/models/job.ts'
import { next, pauseAfter, rewound, type JobEvent, type Look } from '../../../src-main/journal/job-course.ts'
import { isSettled, referenceOf, shownOf, type Job, type State } from '../../../src-main/journal/job.ts'
import { outcomeOf, outcomeOfError, type Outcome } from '../../../src-main/journal/outcome.ts'
import { mayResend, rules } from '../../../src-main/journal/rules.ts'
import { commandOf, newId } from './support/room.ts'

const because: Failure = { kind: 'unreachable', what: 'server', how: 'timeout' }
const refused: Failure = { kind: 'unreachable', what: 'server', how: 'refused' }

const jobOf = (kind: JobKind, state: State, more: Partial<Job> = {}): Job => {
  const id = newId()
  return {
    ...commandOf(kind),
    id,
    reference: referenceOf(id),
    acceptedMs: 0,
    pressedMs: 0,
    sinceMs: 0,
    sends: 1,
    refusals: 0,
    possibleDuplicate: false,
    state,
    ...more,
  }
}
const queued: State = { is: 'queued', notBeforeMs: 0 }
const sending: State = { is: 'sending', sinceMs: 1_000 }
const unknown = (sentMs = 1_000): State => ({ is: 'unknown', because, sentMs, lookUpMs: sentMs + 60_000, looks: 0 })
const looked = (look: Look, isLate = false): JobEvent => ({ type: 'looked', look, isLate })

describe('sending', () => {
  it.each<[Outcome, Partial<Job>]>([
    [
      { is: 'done', said: { id: 'x' } },
      { sends: 1, state: { is: 'done', said: { id: 'x' } } },
    ],
    [
      { is: 'rejected', because: { kind: 'forbidden' } },
      { sends: 1, state: { is: 'rejected', because: { kind: 'forbidden' } } },
    ],
    [
      { is: 'unknown', because },
      { sends: 1, state: unknown() },
    ],
    [
      { is: 'not-sent', because: refused },
      { sends: 0, refusals: 1, state: { is: 'queued', notBeforeMs: 3_000, because: refused } },
    ],
    [
      { is: 'not-sent', because: refused, againInMs: 9e9 },
      { sends: 0, refusals: 1, state: { is: 'queued', notBeforeMs: 62_000, because: refused } },
    ],
  ])('%j', (outcome, expected) => {
    expect(next(jobOf('bookmark', sending), { type: 'sent', outcome }, 2_000)).toMatchObject(expected)
  })

  it('counts as soon as it begins, and is unknown if the program ends meanwhile', () => {
    const begun = next(jobOf('ptz', queued, { sends: 0 }), { type: 'begun' }, 1_000)
    expect(begun).toMatchObject({ sends: 1, state: sending })
    expect(next(begun, { type: 'crashed' }, 5_000).state).toMatchObject({
      is: 'unknown',
      sentMs: 1_000,
      lookUpMs: 61_000,
    })
  })

  it('waits longer each time, half a minute at most', () => {
    expect([0, 1, 2, 3, 4, 5, 99].map(pauseAfter)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
  })
})

describe('what is unknown', () => {
  it.each<[JobKind, Look, boolean, number, string]>([
    ['evidence-lock', { is: 'found', said: null }, false, 1, 'done'],
    ['evidence-lock', { is: 'absent' }, false, 9, 'queued'],
    ['evidence-lock', { is: 'cannot-tell' }, false, 2, 'queued, possible duplicate'],
    ['evidence-lock', { is: 'cannot-tell' }, false, 3, 'needs-human not-confirmed'],
    ['evidence-lock', { is: 'no-answer', because }, false, 1, 'unknown'],
    ['bookmark', { is: 'absent' }, false, 9, 'queued'],
    ['bookmark', { is: 'cannot-tell' }, false, 1, 'queued, possible duplicate'],
    ['bookmark', { is: 'cannot-tell' }, false, 2, 'needs-human not-confirmed'],
    ['start-recording', { is: 'absent' }, false, 1, 'queued'],
    ['start-recording', { is: 'cannot-tell' }, false, 1, 'queued, possible duplicate'],
    ['start-recording', { is: 'cannot-tell' }, true, 1, 'needs-human too-late'],
    ['start-recording', { is: 'no-answer', because }, true, 1, 'needs-human too-late'],
    ['start-recording', { is: 'found', said: null }, true, 1, 'done'],
    ['stop-recording', { is: 'no-answer', because }, false, 1, 'unknown'],
    ...(['event', 'output', 'ptz'] as const).flatMap((kind): [JobKind, Look, boolean, number, string][] => [
      [kind, { is: 'found', said: null }, true, 1, 'done'],
      [kind, { is: 'absent' }, false, 1, 'needs-human not-done'],
      [kind, { is: 'cannot-tell' }, false, 1, 'needs-human not-confirmed'],
    ]),
  ])('%s, looked up: %j, late: %s, sent %i times: %s', (kind, look, isLate, sends, expected) => {
    const job = next(jobOf(kind, unknown(), { sends }), looked(look, isLate), 70_000)
    const why = job.state.is === 'needs-human' ? ` ${job.state.why}` : ''
    expect(`${job.state.is}${why}${job.possibleDuplicate ? ', possible duplicate' : ''}`).toBe(expected)
  })

  it('is asked again later and later while no answer comes', () => {
    let job = jobOf('bookmark', unknown())
    const pauses: number[] = []
    for (let look = 0; look < 3; look++) {
      job = next(job, looked({ is: 'no-answer', because }), 100_000)
      if (job.state.is === 'unknown') pauses.push(job.state.lookUpMs - 100_000)
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000])
  })
})

it('what became of a command later is kept with it once it is done, and only then', () => {
  const done = jobOf('evidence-lock', { is: 'done', said: { isFollowed: true } })
  const said = { isFollowed: false }
  expect(next(done, { type: 'concluded', said }, 9).state).toEqual({ is: 'done', said })
  const job = jobOf('evidence-lock', unknown())
  expect(next(job, { type: 'concluded', said }, 9)).toBe(job)
})

describe('a person', () => {
  const needy = (why: Extract<State, { is: 'needs-human' }>['why']): State => ({
    is: 'needs-human',
    because,
    sentMs: 1_000,
    why,
  })

  it('sends again what may have been done, and it is marked as a possible duplicate', () => {
    for (const [why, isDoubtful] of [
      ['not-confirmed', true],
      ['too-late', true],
      ['not-done', false],
      ['cannot-do', false],
      ['other-user', false],
    ] as const)
      expect(next(jobOf('output', needy(why)), { type: 'send-again', by: 'eve' }, 500_000)).toMatchObject({
        pressedMs: 500_000,
        possibleDuplicate: isDoubtful,
        sentBy: 'eve',
        state: queued,
      })
  })

  it('is asked where somebody else is signed in than who asked for it, as long as it has not left', () => {
    expect(next(jobOf('bookmark', queued), { type: 'other-user' }, 9).state).toMatchObject({
      is: 'needs-human',
      why: 'other-user',
    })
    const job = jobOf('bookmark', unknown())
    expect(next(job, { type: 'other-user' }, 9)).toBe(job)
  })

  it('sends again what was too late, checks what is not confirmed, and drops what waits', () => {
    expect(next(jobOf('ptz', { is: 'expired' }, { sends: 0 }), { type: 'send-again', by: 'eve' }, 9)).toMatchObject({
      possibleDuplicate: false,
      state: queued,
    })
    expect(next(jobOf('output', needy('not-confirmed')), { type: 'check' }, 9e5).state).toMatchObject({
      is: 'unknown',
      lookUpMs: 61_000,
    })
    expect(next(jobOf('bookmark', queued), { type: 'drop', by: 'eve' }, 9).state).toEqual({ is: 'dropped', by: 'eve' })
    expect(next(jobOf('bookmark', needy('not-done')), { type: 'drop', by: 'eve' }, 9).state).toEqual({
      is: 'dropped',
      by: 'eve',
    })
  })

  it('can check nothing that never left', () => {
    const job = jobOf('output', needy('cannot-do'), { sends: 0 })
    expect(next(job, { type: 'check' }, 9)).toBe(job)
  })
})

describe('whatever happens', () => {
  const kinds = fc.constantFrom(...JobKind.options)
  const event = fc.constantFrom<JobEvent>(
    { type: 'begun' },
    { type: 'sent', outcome: { is: 'done', said: null } },
    { type: 'sent', outcome: { is: 'rejected', because } },
    { type: 'sent', outcome: { is: 'unknown', because } },
    { type: 'sent', outcome: { is: 'not-sent', because } },
    { type: 'crashed' },
    looked({ is: 'found', said: null }),
    looked({ is: 'absent' }),
    looked({ is: 'cannot-tell' }),
    looked({ is: 'cannot-tell' }, true),
    looked({ is: 'no-answer', because }),
    { type: 'deadline' },
    { type: 'no-performer' },
    { type: 'check' },
  )

  it('what is over stays over, unless a person sends it again', () => {
    fc.assert(
      fc.property(kinds, fc.array(event, { maxLength: 30 }), (kind, events) => {
        let job = jobOf(kind, queued, { sends: 0 })
        for (const each of events) {
          const after = next(job, each, 0)
          if (isSettled(job)) expect(after).toBe(job)
          job = after
        }
      }),
    )
  })

  it('what is at most once is begun again only after it surely did not leave', () => {
    fc.assert(
      fc.property(kinds, fc.array(event, { maxLength: 40 }), (kind, events) => {
        let job = jobOf(kind, queued, { sends: 0 })
        for (const each of events) job = next(job, each, 0)
        if (!mayResend(kind)) expect(job.sends).toBeLessThanOrEqual(1)
        if (job.sends > 1 && !job.possibleDuplicate) expect(rules[kind].resendIfAbsent).toBe(true)
        expect(job.sends).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 1_000 },
    )
  })

  it('never shows as done what the server did not confirm', () => {
    fc.assert(
      fc.property(kinds, fc.array(event, { maxLength: 30 }), (kind, events) => {
        let job = jobOf(kind, queued, { sends: 0 })
        for (const each of events) {
          const isConfirmed =
            (each.type === 'sent' && each.outcome.is === 'done') || (each.type === 'looked' && each.look.is === 'found')
          const before = shownOf(job).state.phase
          job = next(job, each, 0)
          if (before !== 'done' && !isConfirmed) expect(shownOf(job).state.phase).not.toBe('done')
        }
      }),
    )
  })
})

describe('a clock that is set back', () => {
  it('begins the waiting anew, and changes nothing otherwise', () => {
    const waiting = jobOf('bookmark', unknown(5_000_000))
    expect(rewound(waiting, 5_000_000)).toBe(waiting)
    expect(rewound(waiting, 1_000).state).toMatchObject({ lookUpMs: 61_000 })
    const later = jobOf('ptz', { is: 'queued', notBeforeMs: 5_000_000 })
    expect(rewound(later, 4_990_000)).toBe(later)
    expect(rewound(later, 1_000).state).toEqual({ is: 'queued', notBeforeMs: 1_000 })
    const done = jobOf('ptz', { is: 'expired' })
    expect(rewound(done, 0)).toBe(done)
  })
})

describe('what a failure means', () => {
  const call = 'POST bookmarks'
  it.each<[Outcome['is'], Failure[]]>([
    [
      'not-sent',
      [
        refused,
        { kind: 'unreachable', what: 'server', how: 'no-such-host' },
        { kind: 'signed-out' },
        { kind: 'wrong-password' },
        { kind: 'locked-out' },
        { kind: 'must-change-password' },
        { kind: 'windows-sign-in-unsupported', why: 'refused' },
        { kind: 'not-tls' },
        { kind: 'not-pinned' },
        { kind: 'busy', status: 429 },
        { kind: 'busy', status: 503, retryAfterMs: 5_000 },
      ],
    ],
    [
      'rejected',
      [
        { kind: 'forbidden' },
        { kind: 'not-found', what: 'camera' },
        { kind: 'refused', call, status: 400, text: '' },
        { kind: 'refused', call, status: 409, text: '' },
        { kind: 'bad-field', field: 'x', problem: 'y' },
        { kind: 'managed', file: 'x', rule: 'y' },
      ],
    ],
    [
      'unknown',
      [
        because,
        { kind: 'unreachable', what: 'server', how: 'reset' },
        { kind: 'unreachable', what: 'server', how: 'closed' },
        { kind: 'unreachable', what: 'server', how: 'silent' },
        { kind: 'unreachable', what: 'server', how: 'no-route' },
        { kind: 'unreachable', what: 'server' },
        { kind: 'refused', call, status: 500, text: '' },
        { kind: 'refused', call, status: 408, text: '' },
        { kind: 'refused', call, status: 101, text: '' },
        { kind: 'busy', status: 502 },
        { kind: 'busy', status: 504 },
        { kind: 'bad-answer', call, what: 'shape' },
        { kind: 'untrusted-certificate', fingerprint: '', expected: [] },
        { kind: 'unusable-certificate', why: 'expired' },
        { kind: 'unplayable-codec', codec: 'x' },
        { kind: 'bad-file', file: 'x', problem: 'y' },
        { kind: 'bug', message: 'x' },
      ],
    ],
  ])('%s', (is, failures) => {
    expect(failures.map((failure) => outcomeOf(failure))).toEqual(
      failures.map((failure) => ({
        is,
        because: failure,
        ...(failure.kind === 'busy' && failure.retryAfterMs !== undefined && { againInMs: failure.retryAfterMs }),
      })),
    )
  })
})

it('an error that says that nothing has left is believed, whatever its failure leaves open', () => {
  const impostor: Failure = { kind: 'untrusted-certificate', fingerprint: '', expected: [] }
  const busy: Failure = { kind: 'busy', status: 503, retryAfterMs: 9 }
  expect([
    outcomeOfError(new AppError(impostor, { unsent: true })),
    outcomeOfError(new AppError(impostor)),
    outcomeOfError(new AppError(busy, { unsent: true })),
  ]).toEqual([
    { is: 'not-sent', because: impostor },
    { is: 'unknown', because: impostor },
    { is: 'not-sent', because: busy, againInMs: 9 },
  ])
})
