import type { IceCandidate } from '../../src-preload/contract/models/session.ts'
import { candidateOf } from './offer.ts'
import { isAllowedCandidate, MAX_CANDIDATES, type CandidateRules, type LimitedOffer } from './sdp-limits.ts'

/**
 * The server's candidates of one session on their way to the page: each once, only allowed ones, never more than the
 * limit, and an end that is told once and for all.
 */
export class Candidates {
  readonly #offer: LimitedOffer
  readonly #rules: CandidateRules
  readonly #seen = new Set<string>()
  #left: number
  #waiting: IceCandidate[] = []
  #ended: boolean
  readonly #waiters = new Set<() => void>()

  constructor(offer: LimitedOffer, rules: CandidateRules) {
    this.#offer = offer
    this.#rules = rules
    this.#left = MAX_CANDIDATES - offer.candidates
    this.#ended = offer.complete
  }

  get ended(): boolean {
    return this.#ended
  }

  /** Takes one as the server wrote it. What is not allowed, not of this offer or not new is dropped in silence. */
  take(wire: unknown): void {
    if (this.#ended) return
    const candidate = candidateOf(wire)
    if (candidate === undefined) return
    if (candidate === 'end') return this.end()
    const key = `${candidate.sdpMid ?? ''} ${candidate.sdpMLineIndex ?? ''} ${candidate.candidate}`
    if (this.#seen.has(key) || this.#seen.size >= 16 * MAX_CANDIDATES) return
    this.#seen.add(key)
    if (!this.#isOfThisOffer(candidate) || !isAllowedCandidate(candidate.candidate, this.#rules)) return
    if (this.#left-- <= 0) return this.end()
    this.#waiting.push(candidate)
    this.#wake()
  }

  end(): void {
    this.#ended = true
    this.#wake()
  }

  #wake(): void {
    for (const wake of [...this.#waiters]) wake()
  }

  /** What came since the last time, at once. */
  drain(): IceCandidate[] {
    const waiting = this.#waiting
    this.#waiting = []
    return waiting
  }

  /** Waits until there is something, the end, or the signal. */
  async next(signal: AbortSignal): Promise<IceCandidate[]> {
    if (this.#waiting.length > 0 || this.#ended || signal.aborted) return this.drain()
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake)
        this.#waiters.delete(wake)
        resolve()
      }
      this.#waiters.add(wake)
      signal.addEventListener('abort', wake)
    })
    return this.drain()
  }

  #isOfThisOffer({ sdpMid, sdpMLineIndex }: IceCandidate): boolean {
    if (sdpMid !== null && this.#offer.mids.length > 0) return this.#offer.mids.includes(sdpMid)
    return sdpMLineIndex === null || sdpMLineIndex < Math.max(1, this.#offer.mids.length)
  }
}
