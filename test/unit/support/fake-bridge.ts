import type { Bridge } from '../../../src-preload/contract/bridge.ts'
import type { CallName, Handlers, Input, Output } from '../../../src-preload/contract/calls.ts'
import type { EventName, Events } from '../../../src-preload/contract/events.ts'
import { failureOf, type Result } from '../../../src-preload/contract/failure.ts'

/**
 * A bridge whose far side is written in the test.
 *
 * Handlers return a value or throw an `AppError`, as main's do; a call without one answers `bug`.
 */
export class FakeBridge implements Bridge {
  /** Every call so far, in order. */
  readonly asked: { name: CallName; input: unknown }[] = []
  readonly #handlers: Partial<Handlers>
  readonly #listeners = new Map<EventName, Set<(fact: never) => void>>()

  constructor(handlers: Partial<Handlers> = {}) {
    this.#handlers = { ...handlers }
  }

  async call<K extends CallName>(name: K, input: Input<K>): Promise<Result<Output<K>>> {
    this.asked.push({ name, input })
    const handler = this.#handlers[name]
    if (!handler) return { ok: false, failure: { kind: 'bug', message: `the test answers no ${name}` } }
    try {
      return { ok: true, value: await handler(structuredClone(input)) }
    } catch (error) {
      return { ok: false, failure: failureOf(error) }
    }
  }

  on<K extends EventName>(name: K, listener: (fact: Events[K]) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners.add(listener))
    return () => void listeners.delete(listener)
  }

  /** Announces a fact to whoever listens. */
  announce<K extends EventName>(name: K, fact: Events[K]): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(structuredClone(fact) as never)
  }

  /** Answers a call differently from now on. */
  answer<K extends CallName>(name: K, handler: Handlers[K]): void {
    Object.assign(this.#handlers, { [name]: handler })
  }

  /** How often a call was made. */
  times(name: CallName): number {
    return this.asked.filter((call) => call.name === name).length
  }
}

/** A promise with its ends in the test's hands: an answer that has not come yet. */
export function pending<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (error: unknown) => void } {
  let resolve!: (value: T) => void
  let reject!: (error: unknown) => void
  const promise = new Promise<T>((...ends) => ([resolve, reject] = ends))
  return { promise, resolve, reject }
}
