import type { Clock } from './clock.ts'

/** Where the true offset (server clock minus ours) must lie, milliseconds. */
export interface Interval {
  fromMs: number
  toMs: number
}

/** What is believed, and the last answer that contradicted it. */
export interface Estimate {
  range: Interval
  doubt?: Interval
}

/** IMF-fixdate (RFC 9110 5.6.7), from this millennium on. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} 2\d{3} \d{2}:\d{2}:\d{2} GMT$/

/** An answer that took longer tells too little. */
const SLOWEST_MS = 5000
/** An offset is told anew when it moved by more than this. */
const NOTABLE_MS = 50
/** More than this between the two clocks' idea of one exchange means that the wall clock was set meanwhile. */
const STEP_MS = 50

/**
 * The offset one answer allows: the server wrote its `Date`, cut to whole seconds, somewhere between our sending and
 * our receiving (security.md 4.6). Undefined where the header is missing or makes no sense.
 */
export function offsetOf(dateHeader: string | undefined, sentMs: number, receivedMs: number): Interval | undefined {
  // Before 2000 is a server without a clock; and the parser would read the year 0001 as 2001.
  const dateMs = HTTP_DATE.test(dateHeader ?? '') ? Date.parse(dateHeader ?? '') : Number.NaN
  if (Number.isNaN(dateMs)) return undefined
  if (receivedMs < sentMs || receivedMs - sentMs > SLOWEST_MS) return undefined
  return { fromMs: dateMs - receivedMs, toMs: dateMs + 1000 - sentMs }
}

const meet = (a: Interval, b: Interval): Interval | undefined => {
  const both = { fromMs: Math.max(a.fromMs, b.fromMs), toMs: Math.min(a.toMs, b.toMs) }
  return both.fromMs <= both.toMs ? both : undefined
}

/** Narrows what is believed. One contradicting answer is doubted; two that agree mean a clock was set: start anew. */
export function narrow(estimate: Estimate | undefined, sample: Interval): Estimate {
  if (!estimate) return { range: sample }
  const range = meet(estimate.range, sample)
  if (range) return { range }
  const fresh = estimate.doubt && meet(estimate.doubt, sample)
  return fresh ? { range: fresh } : { range: estimate.range, doubt: sample }
}

const middle = ({ fromMs, toMs }: Interval): number => Math.round((fromMs + toMs) / 2)

/** Watches the answers of one server and tells its clock's offset when it moves notably. */
export class ClockOffset {
  #estimate: Estimate | undefined
  #told: number | undefined
  readonly #clock: Clock
  readonly #tell: (offsetMs: number) => void

  constructor(clock: Clock, tell: (offsetMs: number) => void) {
    this.#clock = clock
    this.#tell = tell
  }

  /** Call before sending; call the result with the answer's `Date`. */
  measure(): (dateHeader: string | undefined) => void {
    const sentMs = this.#clock.now()
    const startedMs = this.#clock.monotonic()
    return (dateHeader) => {
      const receivedMs = this.#clock.now()
      const tookMs = this.#clock.monotonic() - startedMs
      if (Math.abs(receivedMs - sentMs - tookMs) > STEP_MS) return
      const sample = offsetOf(dateHeader, sentMs, receivedMs)
      if (sample) this.#learn(sample)
    }
  }

  #learn(sample: Interval): void {
    this.#estimate = narrow(this.#estimate, sample)
    const offsetMs = middle(this.#estimate.range)
    if (this.#told !== undefined && Math.abs(offsetMs - this.#told) < NOTABLE_MS) return
    this.#told = offsetMs
    this.#tell(offsetMs)
  }
}
