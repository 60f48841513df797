/** So many seeks go out at once … */
const BURST = 2
/** … and then one in this time: each is a session the server has to make (xprotect-api.md 3.5). */
const EVERY_MS = 850

export interface SeekPace {
  readonly left: number
  readonly atMs: number
}

export const freshPace: SeekPace = { left: BURST, atMs: 0 }

/** Whether a seek may go out now, else how long it has to wait. `now` is any clock that only goes forward. */
export function takeSeek(pace: SeekPace, now: number): { pace: SeekPace; waitMs: number } {
  const left = Math.min(BURST, pace.left + Math.max(0, now - pace.atMs) / EVERY_MS)
  if (left >= 1) return { pace: { left: left - 1, atMs: now }, waitMs: 0 }
  return { pace: { left, atMs: now }, waitMs: Math.ceil((1 - left) * EVERY_MS) }
}
