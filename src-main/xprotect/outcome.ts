import { AppError, failureOf, type Failure } from '../../src-preload/contract/failure.ts'

/** What came of one attempt to do something on the server (security.md 4.4). */
export type Outcome<T> = { is: 'done'; value: T } | NotDone

export type NotDone =
  /** Nothing of it left this computer, or what left did nothing: it may be tried again as if never tried. */
  | { is: 'not-sent'; because: Failure }
  /** The server said no and did nothing. */
  | { is: 'rejected'; because: Failure; why: Rejection }
  /** It may have been done. Never to be sent again before somebody looked. */
  | { is: 'unknown'; because: Failure }

/** The same again may succeed (429, 503) · the edition does not have it · anything else. */
export type Rejection = 'later' | 'not-licensed' | 'refused'

/** One attempt, with what it failed with as a value. Never rejects. */
export async function attempted<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<Outcome<T>> {
  try {
    return { is: 'done', value: await work() }
  } catch (error) {
    return notDone(error, signal)
  }
}

const GIVEN_UP: Failure = { kind: 'unreachable', what: 'server', how: 'closed' }

/** What an attempt came to that failed. */
export function notDone(error: unknown, signal?: AbortSignal): NotDone {
  // Thrown as it is only where the caller gave up before anything was asked (http.ts).
  if (signal?.aborted && error === signal.reason) return { is: 'not-sent', because: GIVEN_UP }
  const because = failureOf(error)
  const why = rejectionOf(because)
  // A clear no to what has to be asked first: trying again as if never tried would be told the same.
  if (error instanceof AppError && error.unsent && why !== 'refused') return { is: 'not-sent', because }
  return why ? { is: 'rejected', because, why } : { is: 'unknown', because }
}

/** Undefined where the words of the failure leave open whether something was done: 408, 500, 502, 504, a cut line. */
function rejectionOf(because: Failure): Rejection | undefined {
  if (because.kind === 'busy') return because.status === 429 || because.status === 503 ? 'later' : undefined
  if (because.kind === 'forbidden' || because.kind === 'not-found') return 'refused'
  if (because.kind !== 'refused') return undefined
  return because.status >= 400 && because.status < 500 && because.status !== 408 ? 'refused' : undefined
}

/**
 * What comes before the thing itself, as a token or a question where to send it: whatever goes wrong with that, the
 * thing itself has not left.
 */
export async function beforeSending<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw error instanceof AppError ? new AppError(error.failure, { cause: error, unsent: true }) : error
  }
}
