import { AppError, failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { JobSaid } from '../../src-preload/contract/models/job.ts'

/** What came of sending a command once. */
export type Outcome =
  /** No byte of it left, or the server asked for patience: it can be sent again without danger. */
  | { is: 'not-sent'; because: Failure; againInMs?: number }
  /** The server understood, and said no. */
  | { is: 'rejected'; because: Failure }
  /** It left, and nobody can say whether it was done. */
  | { is: 'unknown'; because: Failure }
  | { is: 'done'; said: JobSaid }

/** What an error means for a command that was being sent. One that says so itself has not let anything leave. */
export function outcomeOfError(error: unknown): Outcome {
  const because = failureOf(error)
  return error instanceof AppError && error.unsent ? notSent(because) : outcomeOf(because)
}

const notSent = (because: Failure): Outcome => {
  const againInMs = because.kind === 'busy' ? because.retryAfterMs : undefined
  return { is: 'not-sent', because, ...(againInMs !== undefined && { againInMs }) }
}

/**
 * What a failure means for a command that was being sent (security.md 4.4). Where a failure can come before the first
 * byte and after it, it counts as after: a lost reply taken for a refusal at the door is how things are done twice.
 *
 * That goes for a certificate that is not the agreed one, too: a site that is shut because of it ends the requests under
 * way with the same words. Where it was seen before anything was sent, the error says so (`unsent`).
 */
export function outcomeOf(because: Failure): Outcome {
  switch (because.kind) {
    case 'signed-out':
    case 'wrong-password':
    case 'locked-out':
    case 'must-change-password':
    case 'windows-sign-in-unsupported':
    case 'not-tls':
    case 'not-pinned':
      return { is: 'not-sent', because }

    case 'unreachable': {
      const isBefore = because.how === 'refused' || because.how === 'no-such-host'
      return { is: isBefore ? 'not-sent' : 'unknown', because }
    }

    case 'busy': {
      // A gateway in between says 502 and 504, and may have passed the command on.
      if (because.status !== 429 && because.status !== 503) return { is: 'unknown', because }
      return notSent(because)
    }

    case 'forbidden':
    case 'not-licensed':
    case 'not-found':
    case 'bad-field':
    case 'managed':
      return { is: 'rejected', because }

    case 'refused': {
      // 408 says that the server tired of waiting for the rest of what we sent.
      const isClear = because.status >= 400 && because.status < 500 && because.status !== 408
      return { is: isClear ? 'rejected' : 'unknown', because }
    }

    case 'untrusted-certificate':
    case 'unusable-certificate':
    case 'bad-answer':
    case 'unplayable-codec':
    case 'bad-file':
    case 'bug':
      return { is: 'unknown', because }
  }
}
