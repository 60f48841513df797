/** Frames may be so much off where they were counted at another speed: rounding, once on either side. */
const SAME_MS = 3
/** An interval longer than this many usual ones lacks a frame … */
const LACKS = 1.6
/** … and one of so many, and longer than a second, is where nothing was recorded. */
const GAP_INTERVALS = 3
const GAP_MS = 1_000

/** A stretch is long enough when it is so long: several seconds, in which a server that leaves frames out does so. */
const ENOUGH_MS = 4_000

/** Which frames there are in a stretch of a recording, as played in its own time. */
export class Stretch {
  readonly #moments: number[] = []

  /** The next frame; none is added once there are enough. */
  add(atMs: number): void {
    if (!this.isEnough) this.#moments.push(atMs)
  }

  get isEnough(): boolean {
    return (this.#moments.at(-1) ?? 0) - (this.#moments[0] ?? 0) >= ENOUGH_MS
  }

  /** The usual time from frame to frame; 0 where nobody knows. */
  get usualMs(): number {
    const steps = this.#moments.slice(1).map((atMs, index) => atMs - this.#moments[index]!)
    return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0
  }

  /** Counts along with another session of the same stretch: `false` as soon as that one does not send the same frames. */
  compare(): (atMs: number) => boolean {
    let index = 0
    return (atMs) => {
      const expected = this.#moments[index++]
      return expected === undefined || Math.abs(expected - atMs) <= SAME_MS
    }
  }
}

/** How many frames are lacking in an interval, where frames come in a usual one. */
export function lacking(intervalMs: number, usualMs: number): number {
  if (usualMs <= 0 || intervalMs <= LACKS * usualMs) return 0
  return Math.max(1, Math.round(intervalMs / usualMs) - 1)
}

/** Nothing was recorded for so long, it seems. */
export const isGap = (intervalMs: number, usualMs: number): boolean =>
  intervalMs > GAP_MS && intervalMs > GAP_INTERVALS * usualMs
