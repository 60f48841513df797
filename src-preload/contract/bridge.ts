import type { CallName, Input, Output } from './calls.ts'
import type { EventName, Events } from './events.ts'
import type { Result } from './failure.ts'

/** What the page finds as `window.bridge`. Two verbs, and nothing that changes when a call is added. */
export interface Bridge {
  call<K extends CallName>(name: K, input: Input<K>): Promise<Result<Output<K>>>
  /** Listens to a fact; the returned function stops listening. */
  on<K extends EventName>(name: K, listener: (fact: Events[K]) => void): () => void
}
