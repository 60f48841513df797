import { AppError } from '../../../../src-preload/contract/failure.ts'
import type { Clock } from '../../../../src-main/journal/clock.ts'
import type { Performer } from '../../../../src-main/journal/performer.ts'

export const faults = ['refused', 'busy', 'lost-request', 'lost-reply', 'slow'] as const
export type Fault = (typeof faults)[number]

const CLIENT_PATIENCE_MS = 15_000
const SLOW_MS = 20_000

/** A server that writes down what it has done, and how often; it outlives whoever asks. */
export class LedgerServer {
  readonly done = new Map<string, number>()
  readonly suffered = new Map<Fault | 'none', number>()
  readonly #clock: Clock
  readonly #fault: () => Fault | 'none'

  constructor(clock: Clock, fault: () => Fault | 'none') {
    this.#clock = clock
    this.#fault = fault
  }

  /** What it holds twice or more. */
  get twice(): string[] {
    return [...this.done].filter(([, times]) => times > 1).map(([reference]) => reference)
  }

  performer(canLookUp: boolean): Performer {
    return {
      send: async ({ reference }) => {
        const fault = this.#fault()
        this.suffered.set(fault, (this.suffered.get(fault) ?? 0) + 1)
        if (fault === 'refused') throw unreachable('refused')
        if (fault === 'busy') throw new AppError({ kind: 'busy', status: 503 })
        if (fault === 'lost-request') throw unreachable('reset')
        if (fault === 'slow') {
          this.#clock.after(SLOW_MS, () => this.#do(reference))
          await new Promise<void>((over) => this.#clock.after(CLIENT_PATIENCE_MS, over))
          throw unreachable('timeout')
        }
        this.#do(reference)
        if (fault === 'lost-reply') throw unreachable('reset')
        return { is: 'done', said: reference }
      },
      ...(canLookUp && {
        lookUp: async ({ reference }) => {
          if (this.#fault() === 'refused') throw unreachable('refused')
          return this.done.has(reference) ? { is: 'found', said: reference } : { is: 'absent' }
        },
      }),
    }
  }

  #do(reference: string): void {
    this.done.set(reference, (this.done.get(reference) ?? 0) + 1)
  }
}

const unreachable = (how: 'refused' | 'reset' | 'timeout'): AppError =>
  new AppError({ kind: 'unreachable', what: 'server', how })

/** Chance that is the same in every run: a linear congruential generator (Numerical Recipes). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
}
