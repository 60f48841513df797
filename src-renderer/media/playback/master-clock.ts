/**
 * The one clock all tiles of a playback follow. Media instants are epoch milliseconds by the server's clock, `now` is
 * `nowMs()`.
 */
export interface MasterClock {
  /** What it showed … */
  readonly mediaMs: number
  /** … at this instant. */
  readonly atMs: number
  /** Milliseconds of recording in a millisecond of ours, while it runs. */
  readonly speed: number
  readonly runs: boolean
}

/** A clock that stands at this moment. */
export const standingAt = (mediaMs: number, speed: number): MasterClock => ({ mediaMs, atMs: 0, speed, runs: false })

/** What it shows now. */
export const mediaNow = ({ mediaMs, atMs, speed, runs }: MasterClock, now: number): number =>
  runs ? mediaMs + (now - atMs) * speed : mediaMs

/** Goes on from what it shows. */
export const started = (clock: MasterClock, now: number): MasterClock =>
  clock.runs ? clock : { ...clock, atMs: now, runs: true }

/** Stands at what it shows. */
export const stopped = (clock: MasterClock, now: number): MasterClock => ({
  ...clock,
  mediaMs: mediaNow(clock, now),
  runs: false,
})

/** The same moment at another speed. */
export const atSpeed = (clock: MasterClock, speed: number, now: number): MasterClock => ({
  ...clock,
  mediaMs: mediaNow(clock, now),
  atMs: now,
  speed,
})

/** Shows so much more, or less, from now on. */
export const shifted = (clock: MasterClock, byMs: number): MasterClock => ({ ...clock, mediaMs: clock.mediaMs + byMs })

/** A frame of a tile: what it shows, and since when it is on the screen (`nowMs()`). */
export interface ShownFrame {
  readonly mediaMs: number
  readonly atMs: number
}

/**
 * How far a tile is ahead of the clock, in milliseconds of recording; negative where it is behind. A picture that moves
 * shows its frame when it is due, however seldom frames come, so the frame is carried on to now.
 */
export const lead = (clock: MasterClock, frame: ShownFrame, now: number): number =>
  frame.mediaMs - mediaNow(clock, clock.runs ? frame.atMs : now)

/** The middle one; of two, the one that is behind. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}

/** A tile further off than this says so; at higher speeds the same time on our wall. */
export const NOTABLE_OFFSET_MS = 250

/** The speeds that can be chosen, within the server's range (xprotect-api.md 3.5). */
export const SPEEDS: readonly number[] = [0.25, 0.5, 1, 2, 4, 8, 16, 32]

/** The next speed, up or down; the same at either end. */
export function nextSpeed(speed: number, step: 1 | -1): number {
  const faster = SPEEDS.find((other) => other > speed)
  const slower = SPEEDS.findLast((other) => other < speed)
  return (step > 0 ? faster : slower) ?? speed
}
