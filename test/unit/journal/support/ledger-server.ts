import { AppError } from '../../../../src-preload/contract/failure.ts'
import type { Clock } from '../../../../src-main/journal/clock.ts'
import type { Outcome } from '../../../../src-main/journal/outcome.ts'
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

export const delaysMs = [0, 5_000, 30_000, Infinity] as const

/**
 * A server that takes its time over every command, and loses three of ten answers. What it is asked for it does when it
 * would answer; of what it never answers it does every other.
 */
export class TardyServer {
  readonly done = new Map<string, number>()
  /** How often it took how long. */
  readonly took = new Map<number, number>()
  lost = 0
  readonly #clock: Clock
  readonly #chance: () => number
  #neverAnswered = 0

  constructor(clock: Clock, chance: () => number) {
    this.#clock = clock
    this.#chance = chance
  }

  get twice(): string[] {
    return [...this.done].filter(([, times]) => times > 1).map(([reference]) => reference)
  }

  performer(canLookUp: boolean): Performer {
    return {
      send: ({ reference }) => this.#send(reference),
      ...(canLookUp && {
        lookUp: async ({ reference }) =>
          this.done.has(reference) ? { is: 'found', said: reference } : { is: 'absent' },
      }),
    }
  }

  async #send(reference: string): Promise<Outcome> {
    const delayMs = delaysMs[Math.floor(this.#chance() * delaysMs.length)]!
    this.took.set(delayMs, (this.took.get(delayMs) ?? 0) + 1)
    const isLost = this.#chance() < 0.3
    if (isLost) this.lost += 1
    if (delayMs !== Infinity) this.#clock.after(delayMs, () => this.#do(reference))
    else if (this.#neverAnswered++ % 2 === 0) this.#do(reference)
    await new Promise<void>((over) => this.#clock.after(Math.min(delayMs, CLIENT_PATIENCE_MS), over))
    if (delayMs > CLIENT_PATIENCE_MS) throw unreachable('timeout')
    if (isLost) throw unreachable('reset')
    return { is: 'done', said: reference }
  }

  #do(reference: string): void {
    this.done.set(reference, (this.done.get(reference) ?? 0) + 1)
  }
}

/** Chance that is the same in every run: a linear congruential generator (Numerical Recipes). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
}
