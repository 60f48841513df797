import type { IceCandidate } from '../../src-preload/contract/models/session.ts'
import { MAX_CANDIDATES } from './sdp-limits.ts'

/**
 * The page's candidates on their way to the server: held until the answer has gone ahead of them, then sent together
 * as they pile up, one message under way at a time.
 */
export class Outbox {
  readonly #send: (candidates: IceCandidate[]) => Promise<void>
  #waiting: IceCandidate[] = []
  /** Sends all that waits, once the message before has arrived. */
  #round: Promise<void> | undefined
  #before: Promise<void>
  #open!: () => void
  #taken = 0

  constructor(send: (candidates: IceCandidate[]) => Promise<void>) {
    this.#send = send
    this.#before = new Promise((resolve) => {
      this.#open = resolve
    })
  }

  /** The answer is with the server. */
  open(): void {
    this.#open()
  }

  /** Nothing is wanted any more: who waits is let go. */
  close(): void {
    this.#waiting = []
    this.#taken = MAX_CANDIDATES
    this.#open()
  }

  /** Resolves when the candidate has left. Candidates beyond the limit stay here: they would not help. */
  add(candidate: IceCandidate): Promise<void> {
    if (this.#taken >= MAX_CANDIDATES) return Promise.resolve()
    this.#taken++
    this.#waiting.push(candidate)
    this.#round ??= this.#before.then(() => this.#flush())
    return this.#round
  }

  #flush(): Promise<void> {
    const batch = this.#waiting
    this.#waiting = []
    this.#round = undefined
    const sent = batch.length === 0 ? Promise.resolve() : this.#send(batch)
    this.#before = sent.catch(() => undefined) // whoever added the candidate is told
    return sent
  }
}
