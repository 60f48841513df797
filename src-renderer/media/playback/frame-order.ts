/** The same frame may be named a millisecond apart: its moment is rounded by the server and by the page. */
export const SAME_MS = 2

/** One frame on, or one back. */
export type Step = 1 | -1

/**
 * The place of the frame that stands at a moment: the last at or before it; -1 where all come later. `moments` are
 * ascending, epoch milliseconds.
 */
export function placeAt(moments: readonly number[], atMs: number): number {
  let [low, high] = [0, moments.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (moments[middle]! <= atMs) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** The moment of the frame next to the one of a moment; `null` where there is none on that side. */
export function momentBeside(moments: readonly number[], ofMs: number, step: Step): number | null {
  const place = step > 0 ? placeAt(moments, ofMs + SAME_MS) + 1 : placeAt(moments, ofMs - SAME_MS - 1)
  return moments[place] ?? null
}
