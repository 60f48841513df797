import { DAY_MS, MINUTE_MS } from './scale.ts'

/** Where no more than this is seen, recordings are told apart one by one. */
const ONE_BY_ONE_MS = 1.1 * DAY_MS
/** As many steps as a wide timeline has pixels: finer ones could not be seen. */
const MOST_STEPS = 1_500
/** Few, so that what was asked for at one width serves the next. */
const STEPS_MS = [1, 5, 10, 30, 60, 180, 360].map((minutes) => minutes * MINUTE_MS)

/** In which steps recordings are enough where so much time is seen; `null`: one by one. */
export function coarseStep(seenMs: number): number | null {
  if (seenMs <= ONE_BY_ONE_MS) return null
  return STEPS_MS.find((stepMs) => seenMs / stepMs <= MOST_STEPS) ?? STEPS_MS.at(-1)!
}
