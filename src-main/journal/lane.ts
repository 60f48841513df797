import type { Job } from './job.ts'
import { mayResend, rules } from './rules.ts'

/** What a lane can do next. */
export type Step =
  | { do: 'expire'; job: Job }
  | { do: 'look-up'; job: Job }
  | { do: 'send'; job: Job }
  /** Nothing yet; look again in so many milliseconds, or, without them, when something has happened. */
  | { do: 'wait'; ms?: number }

/** What a lane is about, beside its commands. */
export interface LaneFacts {
  nowMs: number
  isSending: boolean
  isLooking: boolean
  /** A change of it is on its way to the disk: until it is there, nothing is begun. */
  isWriting: (job: Job) => boolean
  /** How long ago a command was asked for, by the clock that says more. */
  ageMs: (job: Job) => number
  /** Whether there is a way to ask the server about one of this kind. */
  canLookUp: (job: Job) => boolean
}

/**
 * The next step for the commands of one device, oldest first (security.md 4.4, rule 5). Pure.
 *
 * One is in flight at a time, and none overtakes another that waits to be sent. One of which nobody knows whether it was
 * done holds up those of its own family, if it may be sent again; a camera can be moved while its bookmark is looked for.
 */
export function nextStep(jobs: readonly Job[], facts: LaneFacts): Step {
  let ms = Infinity
  const unclear = new Set<string>()
  let isHeld = facts.isSending
  for (const job of jobs) {
    const { state } = job
    if (facts.isWriting(job)) {
      isHeld = true
      continue
    }
    if (state.is === 'unknown') {
      const dueMs = timeToLook(job, state.lookUpMs, facts)
      if (dueMs <= 0 && !facts.isLooking) return { do: 'look-up', job }
      if (!facts.isLooking) ms = Math.min(ms, dueMs)
      if (mayResend(job.kind)) unclear.add(rules[job.kind].family)
    }
    if (state.is !== 'queued') continue
    const leftMs = timeLeft(job, facts.ageMs(job))
    if (leftMs <= 0) return { do: 'expire', job }
    ms = Math.min(ms, leftMs)
    if (isHeld || unclear.has(rules[job.kind].family)) continue
    if (state.notBeforeMs <= facts.nowMs) return { do: 'send', job }
    ms = Math.min(ms, state.notBeforeMs - facts.nowMs)
    isHeld = true
  }
  return ms === Infinity ? { do: 'wait' } : { do: 'wait', ms }
}

/** Milliseconds in which it may still be sent; endless where it is never too late. */
export function timeLeft({ kind }: Job, ageMs: number): number {
  const { deadlineMs } = rules[kind]
  return deadlineMs === null ? Infinity : deadlineMs - ageMs
}

/** Who may not be sent again and cannot be looked up is told to a person at once. */
function timeToLook(job: Job, lookUpMs: number, { nowMs, canLookUp }: LaneFacts): number {
  return canLookUp(job) || mayResend(job.kind) ? lookUpMs - nowMs : 0
}
