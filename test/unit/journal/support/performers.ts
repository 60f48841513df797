import { failureOf, type Failure } from '../../../../src-preload/contract/failure.ts'
import type { Look } from '../../../../src-main/journal/job-course.ts'
import type { Outbox } from '../../../../src-main/journal/outbox.ts'
import type { Outcome } from '../../../../src-main/journal/outcome.ts'
import type { Performer } from '../../../../src-main/journal/performer.ts'
import { pending } from '../../support/fake-bridge.ts'
import { until } from './fake-clock.ts'
import { only } from './room.ts'

export const timeout: Failure = { kind: 'unreachable', what: 'server', how: 'timeout' }
export const refused: Failure = { kind: 'unreachable', what: 'server', how: 'refused' }
export const done: Outcome = { is: 'done', said: { id: '1' } }

/** A performer that answers as told, in turn; the last answer stays. */
export function performing(outcomes: (Outcome | Error)[], looks?: (Look | Error)[]) {
  const sent: string[] = []
  let asked = 0
  const answer = <T>(answers: (T | Error)[], at: number): Promise<T> => {
    const one = answers[Math.min(at, answers.length - 1)]!
    return one instanceof Error ? Promise.reject(one) : Promise.resolve(one)
  }
  const performer: Performer = {
    send: ({ deviceId }) => {
      sent.push(deviceId)
      return answer(outcomes, sent.length - 1)
    },
    ...(looks && { lookUp: () => answer(looks, asked++) }),
  }
  return {
    performer,
    sent,
    get asked() {
      return asked
    },
  }
}
/** A performer whose answers a test gives when it likes. */
export function held() {
  const waiting: { device: string; answer: (outcome: Outcome) => void; signal: AbortSignal }[] = []
  const performer: Performer = {
    send: (job, signal) => {
      const { promise, resolve } = pending<Outcome>()
      waiting.push({ device: job.deviceId, answer: resolve, signal })
      return promise
    },
  }
  return { performer, waiting }
}
export const reach = (outbox: Outbox, phase: string): Promise<void> =>
  until(
    () => only(outbox).state.phase === phase,
    `phase ${phase}, of ${JSON.stringify(outbox.jobs.map(({ state }) => state))}`,
  )
export const problemOf = async (work: Promise<unknown>): Promise<Failure | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => failureOf(error),
  )
