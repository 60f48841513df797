import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { IceCandidate } from '../../../src-preload/contract/models/session.ts'
import type { Offer, Signalling } from '../signalling.ts'

/** A road that gives its answer when it is told to, and knows when it is closed to the last. */
export class HeldSignalling implements Signalling {
  readonly #road: Signalling
  readonly #untilAnswer: () => Promise<void>
  readonly #closed = Promise.withResolvers<void>()
  #opening: Promise<Offer> | undefined

  /** `untilAnswer` is asked when the answer is ready. */
  constructor(road: Signalling, untilAnswer: () => Promise<void>) {
    this.#road = road
    this.#untilAnswer = untilAnswer
  }

  get ended(): Promise<Failure> {
    return this.#road.ended
  }

  /** Nothing of the session is left at the server, as far as it can be told. */
  get closed(): Promise<void> {
    return this.#closed.promise
  }

  open(signal: AbortSignal): Promise<Offer> {
    this.#opening = this.#road.open(signal)
    return this.#opening
  }

  async answer(sdp: string): Promise<void> {
    await this.#untilAnswer()
    await this.#road.answer(sdp)
  }

  addCandidate(candidate: IceCandidate): Promise<void> {
    return this.#road.addCandidate(candidate)
  }

  candidates(signal: AbortSignal): AsyncIterable<IceCandidate> {
    return this.#road.candidates(signal)
  }

  async close(): Promise<void> {
    // One that was still being asked for ends when its offer comes.
    await Promise.allSettled([this.#road.close(), this.#opening])
    this.#closed.resolve()
  }
}
