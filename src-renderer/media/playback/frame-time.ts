/** RTP timestamps are 32 bits wide: in milliseconds they begin anew after 49.7 days. */
const SPAN_MS = 2 ** 32

/**
 * The moments the frames of one session show, epoch milliseconds: what was asked for plus the RTP timestamp, which counts
 * milliseconds of recording since then, whatever the speed, and leaps over gaps (xprotect-api.md 3.6).
 */
export class FrameTime {
  readonly #askedMs: number
  #turns = 0
  #last = 0

  constructor(askedMs: number) {
    this.#askedMs = askedMs
  }

  of(rtpTimestamp: number): number {
    // A frame a little older than the last is out of order; one that seems to be weeks older comes after a new beginning.
    if (this.#last - rtpTimestamp > SPAN_MS / 2) this.#turns++
    if (rtpTimestamp - this.#last > SPAN_MS / 2 && this.#turns > 0) this.#turns--
    this.#last = rtpTimestamp
    return this.#askedMs + this.#turns * SPAN_MS + rtpTimestamp
  }
}
