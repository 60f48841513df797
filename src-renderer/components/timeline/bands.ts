import { firstEndingAfter, type Spans } from '../../time/ranges.ts'
import type { Scale } from '../../time/scale.ts'
import type { Mark } from './model.ts'

/** Pixels of a row that are to be filled: from, to, from, to … */
export type Bands = readonly number[]

/**
 * Where spans lie on a scale. What lies in less than a pixel is shown as one pixel, and bands that meet are one, so there
 * are never more bands than pixels. Nor are more spans looked at than that: those that end where it is filled are skipped.
 */
export function bandsOf(spans: Spans, { span, widthPx }: Scale): Bands {
  const pxPerMs = widthPx / (span.endMs - span.beginMs)
  const bands: number[] = []
  let rightPx = -1
  let at = firstEndingAfter(spans, span.beginMs)
  while (at < spans.length) {
    const { beginMs, endMs } = spans[at]!
    if (beginMs >= span.endMs) break
    const fromPx = Math.max(0, (beginMs - span.beginMs) * pxPerMs)
    const toPx = Math.max(fromPx + 1, Math.min(widthPx, (endMs - span.beginMs) * pxPerMs))
    if (fromPx > rightPx) bands.push(fromPx, toPx)
    else if (toPx > rightPx) bands[bands.length - 1] = toPx
    rightPx = Math.max(rightPx, toPx)
    const rightMs = span.beginMs + rightPx / pxPerMs
    at = (spans[at + 1]?.endMs ?? 0) > rightMs ? at + 1 : Math.max(at + 1, firstEndingAfter(spans, rightMs))
  }
  return bands
}

/** Where marks stand; of those nearer than `apartPx` to one that is shown, none. */
export function placesOf(marks: readonly Mark[], scale: Scale, apartPx: number): number[] {
  const places: number[] = []
  const reachMs = (apartPx * (scale.span.endMs - scale.span.beginMs)) / scale.widthPx
  let at = firstMarkFrom(marks, scale.span.beginMs - reachMs)
  while (at < marks.length && marks[at]!.atMs < scale.span.endMs + reachMs) {
    const { atMs } = marks[at]!
    places.push(scale.x(atMs))
    at = firstMarkFrom(marks, Math.max(atMs + reachMs, atMs + 1))
  }
  return places
}

/** The mark nearest to a moment, if it stands within so many pixels of it. */
export function markNear(
  marks: readonly Mark[],
  { span, widthPx }: Scale,
  atMs: number,
  withinPx: number,
): Mark | null {
  const reachMs = (withinPx * (span.endMs - span.beginMs)) / widthPx
  const next = firstMarkFrom(marks, atMs)
  const near = [marks[next - 1], marks[next]].filter((mark) => mark !== undefined)
  const [nearest] = near.sort((one, other) => Math.abs(one.atMs - atMs) - Math.abs(other.atMs - atMs))
  return nearest && Math.abs(nearest.atMs - atMs) <= reachMs ? nearest : null
}

/** The place of the first mark at or after a moment. */
function firstMarkFrom(marks: readonly Mark[], fromMs: number): number {
  let low = 0
  let high = marks.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (marks[middle]!.atMs < fromMs) low = middle + 1
    else high = middle
  }
  return low
}
