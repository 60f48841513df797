/** RTP timestamps are 32 bits wide: counted in milliseconds they begin anew after 49.7 days. */
const TURN_MS = 2 ** 32

/** Frames may come this much out of order. A step further back is one across a gap, or over the end of the 32 bits. */
const OUT_OF_ORDER_MS = 60_000

/**
 * Which moment a frame of one session shows: what was asked for plus its RTP timestamp, which counts milliseconds of
 * recording since then, at whatever speed, and leaps over gaps (xprotect-api.md 3.6). Live, what was asked for is the
 * moment of asking.
 */
export interface FrameClock {
  /** Epoch milliseconds. */
  readonly askedMs: number
  /** How far from there the newest frame lies; `null` before the first, which may come late, after a gap. */
  readonly newestMs: number | null
}

/** The clock of a session that has shown nothing yet. */
export const frameClock = (askedMs: number): FrameClock => ({ askedMs, newestMs: null })

/** The moment a frame shows, epoch milliseconds, and the clock to read the next one by. */
export function readFrame(clock: FrameClock, rtpTimestamp: number): { atMs: number; clock: FrameClock } {
  const { askedMs, newestMs } = clock
  const offsetMs = newestMs === null ? unsigned(rtpTimestamp) : newestMs + step(rtpTimestamp - newestMs)
  return { atMs: askedMs + offsetMs, clock: { askedMs, newestMs: Math.max(newestMs ?? 0, offsetMs) } }
}

/** Playback goes forward only, so a step is one ahead, across a gap of weeks even, unless it is a small one back. */
function step(differenceMs: number): number {
  const aheadMs = unsigned(differenceMs)
  return TURN_MS - aheadMs <= OUT_OF_ORDER_MS ? aheadMs - TURN_MS : aheadMs
}

/** The server counts in signed 32 bits: what it sends past 24.8 days may arrive negative. */
const unsigned = (value: number): number => ((value % TURN_MS) + TURN_MS) % TURN_MS
