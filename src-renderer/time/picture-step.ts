/** Nobody sees a difference of so many pixels, and a picture that is kept answers for all of them. */
const STEP_PX = 4
const LEAST_MS = 1_000

/** The moment to ask a picture for where the pointer rests: at it or a little before, epoch milliseconds. */
export function pictureMoment(atMs: number, msPerPx: number): number {
  const stepMs = Math.max(LEAST_MS, Math.round(STEP_PX * msPerPx))
  return Math.floor(atMs / stepMs) * stepMs
}
