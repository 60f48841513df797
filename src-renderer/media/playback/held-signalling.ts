import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { IceCandidate } from '../../../src-preload/contract/models/session.ts'
import type { Offer, Signalling } from '../signalling.ts'

/** A road that gives its answer, or its own offer, when it is told to, and knows when it is closed to the last. */
export class HeldSignalling implements Signalling {
  readonly #road: Signalling
  readonly #untilAnswer: () => Promise<void>
  readonly #closed = Promise.withResolvers<void>()
  #opening: Promise<Offer> | undefined
  #isHeardOf = false

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

  /** The server knows of the session: it made the offer, or is being told ours. */
  get isHeardOf(): boolean {
    return this.#isHeardOf
  }

  async open(signal: AbortSignal): Promise<Offer> {
    this.#opening = this.#road.open(signal)
    const offer = await this.#opening
    this.#isHeardOf = offer.sdp !== null
    return offer
  }

  async answer(sdp: string): Promise<void> {
    await this.#untilAnswer()
    await this.#road.answer(sdp)
  }

  async offer(sdp: string): Promise<string> {
    await this.#untilAnswer()
    this.#isHeardOf = true
    return this.#road.offer(sdp)
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
