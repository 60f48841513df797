import PQueue from 'p-queue'
import { failureOf } from '../../src-preload/contract/failure.ts'
import type { Clock } from './clock.ts'

/** Sessions asked for at the same time; a fresh gateway sets up about six a second (security.md 4.3 [X]). */
const MOST_AT_ONCE = 6
const CLEAN_MS = 1000

/**
 * How many sessions may be asked for at once: six where all is well, half of that each time the server groans, one
 * more after each clean second (security.md 4.3; FORUM-13914 wants a stagger).
 */
export class Pace {
  readonly #queue = new PQueue({ concurrency: MOST_AT_ONCE })
  readonly #clock: Clock
  #changedMs = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get atOnce(): number {
    return this.#queue.concurrency
  }

  /** Runs the work when there is room. Given up while waiting, it never starts. */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    // The queue is not given the signal: it would let go of work under way, and nobody would end its session.
    return this.#queue.add(async () => {
      signal.throwIfAborted()
      try {
        const result = await work()
        this.#faster()
        return result
      } catch (error) {
        if (!signal.aborted && isGroan(error)) this.#slower()
        throw error
      }
    })
  }

  #slower(): void {
    this.#queue.concurrency = Math.max(1, Math.floor(this.#queue.concurrency / 2))
    this.#changedMs = this.#clock.monotonic()
  }

  #faster(): void {
    if (this.#queue.concurrency >= MOST_AT_ONCE) return
    if (this.#clock.monotonic() - this.#changedMs < CLEAN_MS) return
    this.#queue.concurrency++
    this.#changedMs = this.#clock.monotonic()
  }
}

/** The server has too much to do, not too little to say. */
function isGroan(error: unknown): boolean {
  const failure = failureOf(error)
  if (failure.kind === 'busy') return true
  return failure.kind === 'unreachable' && failure.how === 'timeout'
}
