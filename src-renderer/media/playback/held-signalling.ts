import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { IceCandidate } from '../../../src-preload/contract/models/session.ts'
import type { Offer, Signalling } from '../signalling.ts'
import { splitOffer } from './offer-candidates.ts'

/**
 * A road that gives its answer, or its own offer, when it is told to, and knows when it is closed to the last.
 *
 * Where to reach the server is not told before the answer goes out: an engine that knows it begins to connect at once, and
 * where the server cannot answer its first packets yet it waits twice as long after each for the next (DTLS; a picture
 * that was held for two seconds came more than a second late, measured).
 */
export class HeldSignalling implements Signalling {
  readonly #road: Signalling
  readonly #untilAnswer: () => Promise<void>
  readonly #answering = Promise.withResolvers<void>()
  readonly #closed = Promise.withResolvers<void>()
  #opening: Promise<Offer> | undefined
  #offered: IceCandidate[] = []
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
    if (offer.sdp === null) return offer
    this.#isHeardOf = true
    const { sdp, candidates } = splitOffer(offer.sdp)
    this.#offered = candidates
    return { ...offer, sdp }
  }

  async answer(sdp: string): Promise<void> {
    await this.#untilAnswer()
    this.#answering.resolve()
    await this.#road.answer(sdp)
  }

  async offer(sdp: string): Promise<string> {
    await this.#untilAnswer()
    this.#isHeardOf = true
    const answer = await this.#road.offer(sdp)
    this.#answering.resolve()
    return answer
  }

  addCandidate(candidate: IceCandidate): Promise<void> {
    return this.#road.addCandidate(candidate)
  }

  async *candidates(signal: AbortSignal): AsyncGenerator<IceCandidate> {
    await this.#answering.promise
    if (signal.aborted) return
    yield* this.#offered
    yield* this.#road.candidates(signal)
  }

  async close(): Promise<void> {
    this.#answering.resolve()
    // One that was still being asked for ends when its offer comes.
    await Promise.allSettled([this.#road.close(), this.#opening])
    this.#closed.resolve()
  }
}
