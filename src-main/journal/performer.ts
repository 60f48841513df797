import { AppError, failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { Clock } from './clock.ts'
import type { Look } from './job-course.ts'
import type { Job } from './job.ts'
import { outcomeOfError, type Outcome } from './outcome.ts'

/** Does one kind of command at its server. */
export interface Performer {
  /** Why nothing can leave now, as known without asking the server; looked at before every sending. */
  heldBack?: (job: Job) => Failure | undefined
  /** Whether somebody else is signed in than the one it is to be sent as (`senderOf`); asked before every sending. */
  isOfAnother?: (job: Job) => boolean
  /** Sends it once. An error counts as `outcomeOfError` has it. Once `signal` is aborted it must not leave any more. */
  send: (job: Job, signal: AbortSignal) => Promise<Outcome>
  /** Asks whether it is there. Absent where no server can be asked. An error means that no answer came. */
  lookUp?: (job: Job, signal: AbortSignal) => Promise<Look>
}

/** Sends, and stops listening when the time in which it may leave is over or the program ends. Never rejects. */
export async function perform(
  performer: Performer,
  job: Job,
  { clock, ending, leftMs }: { clock: Clock; ending: AbortSignal; leftMs: number },
): Promise<Outcome> {
  const late = new AbortController()
  const expire = (): void => late.abort(new Error('too late'))
  const callOff = leftMs === Infinity ? () => undefined : clock.after(leftMs, expire)
  const signal = AbortSignal.any([ending, late.signal])
  try {
    return await Promise.race([performer.send(job, signal), cutShort(signal)])
  } catch (error) {
    return outcomeOfError(error)
  } finally {
    callOff()
  }
}

/** Looks it up on the server. Never rejects. */
export async function lookUp(performer: Performer, job: Job, ending: AbortSignal): Promise<Look> {
  if (!performer.lookUp) return { is: 'cannot-tell' }
  const signal = AbortSignal.any([ending])
  try {
    return await Promise.race([performer.lookUp(job, signal), cutShort(signal)])
  } catch (error) {
    return { is: 'no-answer', because: failureOf(error) }
  }
}

/** A performer that does not listen must not keep the program from ending. */
const cutShort = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const stop = (): void => reject(new AppError({ kind: 'unreachable', what: 'server', how: 'closed' }))
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
