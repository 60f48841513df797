import type { Failure } from '../../src-preload/contract/failure.ts'

/** How long an attempt may take to its first painted frame. */
export const CONNECT_MS = 15_000
/** How long a picture may stand still before a new session is made. */
export const STALL_MS = 5_000
/** A picture that held this long is forgiven its earlier failures. */
export const FORGIVEN_AFTER_MS = 30_000

const FIRST_RETRY_MS = 300
const BACK_OFF_MS = 1_000
const BACK_OFF_LIMIT_MS = 10_000
const RETRY_AFTER_LIMIT_MS = 60_000

/** Where one camera's picture is. Instants are `nowMs()`; a phase that must not last carries `until`. */
export type SessionState =
  | { phase: 'idle' }
  | { phase: 'connecting'; attempt: number; since: number; until: number }
  | { phase: 'playing'; attempt: number; since: number }
  | { phase: 'stalled'; attempt: number; until: number }
  /** `attempt` is the one that failed; −1 when the site's gate let none begin. */
  | { phase: 'waiting'; attempt: number; until: number; because: Failure }
  | { phase: 'failed'; because: Failure }

/** What can happen to it. */
export type SessionEvent =
  | { type: 'opened' }
  | { type: 'frame' }
  | { type: 'silence' }
  | { type: 'lost'; because: Failure }
  /** The site's gate moved the next attempt to another instant, earlier or later. */
  | { type: 'held'; until: number; because: Failure }
  | { type: 'deadline' }
  | { type: 'closed' }

/**
 * Given where a session is, what happened and when: where it is now.
 *
 * The very same object comes back where nothing changed. `jitter` (0 to 1) spreads retries; the caller draws it.
 */
export function next(state: SessionState, event: SessionEvent, now: number, jitter: number): SessionState {
  switch (event.type) {
    case 'opened':
      return state.phase === 'idle' || state.phase === 'failed' ? connecting(0, now) : state

    case 'frame':
      if (state.phase !== 'connecting' && state.phase !== 'stalled') return state
      return { phase: 'playing', attempt: state.attempt, since: now }

    case 'silence':
      if (state.phase !== 'playing') return state
      return { phase: 'stalled', attempt: attemptAfter(state, now), until: now + STALL_MS }

    case 'lost':
      if (state.phase !== 'connecting' && state.phase !== 'playing' && state.phase !== 'stalled') return state
      if (!isPassing(event.because)) return { phase: 'failed', because: event.because }
      return waiting(attemptAfter(state, now), event.because, now, jitter)

    case 'held':
      if (state.phase === 'idle' || state.phase === 'failed')
        return { phase: 'waiting', attempt: -1, until: event.until, because: event.because }
      if (state.phase !== 'waiting' || state.until === event.until) return state
      return { ...state, until: event.until }

    case 'deadline':
      if (!('until' in state) || now < state.until) return state
      if (state.phase === 'waiting') return connecting(state.attempt + 1, now)
      return waiting(state.attempt, { kind: 'unreachable', what: 'media', how: 'silent' }, now, jitter)

    case 'closed':
      return state.phase === 'idle' ? state : { phase: 'idle' }
  }
}

/**
 * Whether trying again by itself may help.
 *
 * The server's own refusals count as passing: an administrator can lift them, and one try every ten seconds harms nobody.
 */
export function isPassing(because: Failure): boolean {
  switch (because.kind) {
    case 'unreachable':
    case 'busy':
    case 'bad-answer':
    case 'refused':
    case 'bug':
      return true
    case 'signed-out':
    case 'wrong-password':
    case 'locked-out':
    case 'must-change-password':
    case 'windows-sign-in-unsupported':
    case 'forbidden':
    case 'not-licensed':
    case 'not-found':
    case 'not-tls':
    case 'untrusted-certificate':
    case 'unusable-certificate':
    case 'not-pinned':
    case 'unplayable-codec':
    case 'bad-file':
    case 'bad-field':
    case 'managed':
      return false
  }
}

/**
 * How long to wait after `failures` attempts in a row came to nothing: at most 300 ms after the first, which covers a
 * blip, then equal jitter on 1, 2, 4, 8 and for ever 10 s. A server that says how long it needs is believed up to a minute.
 */
export function backOffMs(failures: number, because: Failure, jitter: number): number {
  const asked = because.kind === 'busy' ? Math.min(because.retryAfterMs ?? 0, RETRY_AFTER_LIMIT_MS) : 0
  if (failures <= 1) return Math.max(asked, jitter * FIRST_RETRY_MS)
  const span = Math.min(BACK_OFF_MS * 2 ** (failures - 2), BACK_OFF_LIMIT_MS)
  return Math.max(asked, span / 2 + (jitter * span) / 2)
}

function connecting(attempt: number, now: number): SessionState {
  return { phase: 'connecting', attempt, since: now, until: now + CONNECT_MS }
}

function waiting(attempt: number, because: Failure, now: number, jitter: number): SessionState {
  return { phase: 'waiting', attempt, until: now + backOffMs(attempt + 1, because, jitter), because }
}

function attemptAfter(state: SessionState & { attempt: number }, now: number): number {
  return state.phase === 'playing' && now - state.since >= FORGIVEN_AFTER_MS ? 0 : state.attempt
}
