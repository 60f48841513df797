import type { Scale } from '../../time/scale.ts'

/** All of them divide a second, which is what its label counts. */
const STEPS_MS = [1_000, 500, 250, 200, 100, 50]

/**
 * Where a cursor that runs is drawn: it moves in steps that are no longer than a pixel, and on every full second. A playback
 * tells of its moment ten times a second, and most of what would be drawn anew for that would be the same picture.
 */
export function drawnAt(cursorMs: number, { span, widthPx }: Scale): number {
  const msPerPx = (span.endMs - span.beginMs) / widthPx
  const stepMs = STEPS_MS.find((step) => step <= msPerPx) ?? 1
  return Math.floor(cursorMs / stepMs) * stepMs
}
