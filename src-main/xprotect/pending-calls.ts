import { AppError, type Failure } from '../../src-preload/contract/failure.ts'
import type { Clock } from './clock.ts'
import type { RpcId } from './wire/rpc.ts'

const ANSWER_TIMEOUT_MS = 10_000
/** An honest answer is rarely slower than this once the server has started to complain. */
const DOUBT_MS = 1500

interface Pending<Result> {
  resolve: (result: Result) => void
  reject: (error: AppError) => void
  callOff: () => void
}

/**
 * Questions that wait for their answer, each with a deadline.
 *
 * XProtect reports errors in messages that name no question (xprotect-api.md 3.3 [V PROTO]). So a refusal is given to
 * whoever is left once the other questions have been answered.
 */
export class PendingCalls<Result = unknown> {
  readonly #clock: Clock
  readonly #waiting = new Map<RpcId, Pending<Result>>()
  /** Refusals nobody has been given yet. */
  #refusals: Failure[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  wait(id: RpcId): Promise<Result> {
    return new Promise((resolve, reject) => {
      const timeout: Failure = { kind: 'unreachable', what: 'server', how: 'timeout' }
      const callOff = this.#clock.after(ANSWER_TIMEOUT_MS, () => this.reject(id, timeout))
      this.#waiting.set(id, { resolve, reject, callOff })
    })
  }

  resolve(id: RpcId, result: Result): void {
    this.#take(id)?.resolve(result)
    this.#shareOut()
  }

  reject(id: RpcId, because: Failure): void {
    this.#take(id)?.reject(new AppError(because))
    this.#shareOut()
  }

  rejectAll(because: Failure): void {
    for (const id of [...this.#waiting.keys()]) this.#take(id)?.reject(new AppError(because))
    this.#refusals = []
  }

  /** One of those waiting is refused for sure, but which? */
  refuseOne(because: Failure): void {
    if (this.#waiting.size === 0) return
    this.#refusals.push(because)
    this.#shareOut()
  }

  /** One of those waiting may have been meant: whoever has no answer soon takes it for theirs. */
  doubt(because: Failure): void {
    for (const [id, pending] of this.#waiting) {
      pending.callOff()
      pending.callOff = this.#clock.after(DOUBT_MS, () => this.reject(id, because))
    }
  }

  #shareOut(): void {
    if (this.#waiting.size === 0) this.#refusals = []
    if (this.#refusals.length < this.#waiting.size) return
    for (const id of [...this.#waiting.keys()]) {
      const because = this.#refusals.shift()
      if (because) this.#take(id)?.reject(new AppError(because))
    }
  }

  #take(id: RpcId): Pending<Result> | undefined {
    // Ids of ours are numbers; a server that answers "7" to 7 is understood.
    const key = typeof id === 'string' && /^\d{1,9}$/.test(id) ? Number(id) : id
    const pending = this.#waiting.get(key)
    this.#waiting.delete(key)
    pending?.callOff()
    return pending
  }
}
