import type { Failure } from '../../src-preload/contract/failure.ts'
import type { JobSaid } from '../../src-preload/contract/models/job.ts'
import type { Job, State } from './job.ts'
import type { Outcome } from './outcome.ts'
import { rules } from './rules.ts'

/** What looking a command up on the server came to. */
export type Look =
  | { is: 'found'; said: JobSaid }
  /** Surely not there. */
  | { is: 'absent' }
  /** This server cannot be asked, or its answer decides nothing. */
  | { is: 'cannot-tell' }
  /** No answer came; asked again later. */
  | { is: 'no-answer'; because: Failure }

/** What can happen to a command. */
export type JobEvent =
  | { type: 'begun' }
  | { type: 'sent'; outcome: Outcome }
  /** The program ended while it was being sent. */
  | { type: 'crashed' }
  | { type: 'looked'; look: Look; isLate: boolean }
  /** What the server said of it later, where it was done already. */
  | { type: 'concluded'; said: JobSaid }
  | { type: 'deadline' }
  | { type: 'no-performer' }
  /** Another user is signed in than the one it is to be sent as. */
  | { type: 'other-user' }
  | { type: 'check' }
  | { type: 'send-again'; by: string }
  | { type: 'drop'; by: string }

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000

/** 1, 2, 4 … 30 seconds. */
export const pauseAfter = (refusals: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** Math.min(refusals, 10), LONGEST_PAUSE_MS)

const CUT_OFF: Failure = { kind: 'unreachable', what: 'server', how: 'closed' }
const NOT_DONE: Failure = { kind: 'not-found', what: 'command' }
/** Whoever asked for it has left. */
const OTHER_USER: Failure = { kind: 'signed-out' }
const NOBODY: Failure = { kind: 'bug', message: 'nothing here performs this kind of command' }

/**
 * Given a command, what happened and when: what it is now. What does not fit its state changes nothing. Pure and total
 * (security.md 4.4, states and rules 2 to 4 and 6).
 */
export function next(job: Job, event: JobEvent, nowMs: number): Job {
  const after = following(job, event, nowMs)
  return after === job ? job : { ...after, sinceMs: nowMs }
}

function following(job: Job, event: JobEvent, nowMs: number): Job {
  const { state } = job
  switch (event.type) {
    case 'begun':
      if (state.is !== 'queued') return job
      return { ...job, sends: job.sends + 1, state: { is: 'sending', sinceMs: nowMs } }

    case 'sent':
      return state.is === 'sending' ? afterSending(job, state.sinceMs, event.outcome, nowMs) : job

    case 'crashed':
      return state.is === 'sending' ? unknown(job, CUT_OFF, state.sinceMs, nowMs) : job

    case 'looked':
      return state.is === 'unknown' ? afterLooking(job, state, event, nowMs) : job

    case 'concluded':
      return state.is === 'done' ? { ...job, state: { is: 'done', said: event.said } } : job

    case 'deadline':
      return state.is === 'queued' ? { ...job, state: { is: 'expired' } } : job

    case 'no-performer':
      if (state.is === 'queued') return needsHuman(job, NOBODY, nowMs, 'cannot-do')
      return state.is === 'unknown' ? needsHuman(job, state.because, state.sentMs, 'not-confirmed') : job

    case 'other-user':
      return state.is === 'queued' ? needsHuman(job, OTHER_USER, nowMs, 'other-user') : job

    case 'check':
      if (state.is !== 'needs-human' || job.sends === 0) return job
      // A person asks now; the server is given its time all the same.
      return unknown(job, state.because, state.sentMs, nowMs)

    case 'send-again':
      if (state.is !== 'needs-human' && state.is !== 'expired') return job
      return {
        ...job,
        pressedMs: nowMs,
        possibleDuplicate: job.possibleDuplicate || isDoubtful(state),
        refusals: 0,
        sentBy: event.by,
        state: { is: 'queued', notBeforeMs: 0 },
      }

    case 'drop':
      return state.is === 'needs-human' || state.is === 'queued'
        ? { ...job, state: { is: 'dropped', by: event.by } }
        : job
  }
}

/** No server makes us wait longer than this (`Retry-After` is cut to it). */
const LONGEST_WAIT_MS = 60_000

/** A command whose waiting begins anew where the clock was set back under it: it would not end for hours. */
export function rewound(job: Job, nowMs: number): Job {
  const { state } = job
  const longestMs = Math.max(rules[job.kind].lookUpAfterMs, LONGEST_WAIT_MS)
  if (state.is === 'unknown' && state.lookUpMs > nowMs + longestMs)
    return { ...job, state: { ...state, sentMs: nowMs, lookUpMs: nowMs + rules[job.kind].lookUpAfterMs } }
  if (state.is === 'queued' && state.notBeforeMs > nowMs + longestMs)
    return { ...job, state: { ...state, notBeforeMs: nowMs } }
  return job
}

/** A command that need not wait longer to be sent. */
export const hurried = (job: Job): Job =>
  job.state.is === 'queued' ? { ...job, state: { ...job.state, notBeforeMs: 0 } } : job

const isDoubtful = (state: State): boolean =>
  state.is === 'needs-human' && (state.why === 'not-confirmed' || state.why === 'too-late')

function afterSending(job: Job, sinceMs: number, outcome: Outcome, nowMs: number): Job {
  if (outcome.is === 'done') return { ...job, state: { is: 'done', said: outcome.said } }
  if (outcome.is === 'rejected') return { ...job, state: { is: 'rejected', because: outcome.because } }
  if (outcome.is === 'unknown') return unknown(job, outcome.because, sinceMs, nowMs)
  // It did not leave, so it does not count.
  return queued({ ...job, sends: job.sends - 1 }, nowMs, outcome)
}

function queued(job: Job, nowMs: number, kept: Extract<Outcome, { is: 'not-sent' }>): Job {
  const pauseMs = Math.min(Math.max(pauseAfter(job.refusals), kept.againInMs ?? 0), LONGEST_WAIT_MS)
  return {
    ...job,
    refusals: job.refusals + 1,
    state: { is: 'queued', notBeforeMs: nowMs + pauseMs, because: kept.because },
  }
}

function unknown(job: Job, because: Failure, sentMs: number, nowMs: number): Job {
  // A clock that was set back since must not keep us waiting for hours.
  const sinceMs = Math.min(sentMs, nowMs)
  const lookUpMs = sinceMs + rules[job.kind].lookUpAfterMs
  return { ...job, state: { is: 'unknown', because, sentMs: sinceMs, lookUpMs, looks: 0 } }
}

function afterLooking(
  job: Job,
  state: Extract<State, { is: 'unknown' }>,
  { look, isLate }: Extract<JobEvent, { type: 'looked' }>,
  nowMs: number,
): Job {
  const { because, sentMs, looks } = state
  const { resendIfAbsent, blindSends } = rules[job.kind]
  if (look.is === 'found') return { ...job, state: { is: 'done', said: look.said } }
  if (look.is === 'absent') {
    if (!resendIfAbsent) return needsHuman(job, NOT_DONE, sentMs, 'not-done')
    return { ...job, state: { is: 'queued', notBeforeMs: 0, because } }
  }
  if (isLate) return needsHuman(job, because, sentMs, 'too-late')
  if (look.is === 'no-answer')
    return { ...job, state: { ...state, lookUpMs: nowMs + pauseAfter(looks), looks: looks + 1 } }
  if (job.sends >= blindSends) return needsHuman(job, because, sentMs, 'not-confirmed')
  return { ...job, possibleDuplicate: true, state: { is: 'queued', notBeforeMs: 0, because } }
}

const needsHuman = (
  job: Job,
  because: Failure,
  sentMs: number,
  why: Extract<State, { is: 'needs-human' }>['why'],
): Job => ({ ...job, state: { is: 'needs-human', because, sentMs, why } })
