import type { Blend, Canvas, Paint, Point } from './canvas.ts'

/** Rows of samples in each pixel row; across, coverage is exact. */
const SAMPLES = 4

/** Fills a polygon (even-odd rule), its edges smoothed. */
export function fill(canvas: Canvas, points: readonly Point[], paint: Paint, opacity = 1, blend: Blend = 'over'): void {
  if (points.length < 3) return
  const { scale, widthPx, heightPx } = canvas
  const xs = points.map(([x]) => x * scale)
  const ys = points.map(([, y]) => y * scale)
  const top = Math.max(0, Math.floor(Math.min(...ys)))
  const bottom = Math.min(heightPx, Math.ceil(Math.max(...ys)))
  const left = Math.max(0, Math.floor(Math.min(...xs)))
  const right = Math.min(widthPx, Math.ceil(Math.max(...xs)) + 1)
  if (left >= right) return

  for (let y = top; y < bottom; y++) {
    for (let sample = 0; sample < SAMPLES; sample++) {
      const found = crossings(xs, ys, y + (sample + 0.5) / SAMPLES)
      for (let i = 0; i + 1 < found.length; i += 2) cover(canvas, found[i]!, found[i + 1]!)
    }
    canvas.blendRow(y, left, right, paint, opacity, blend)
  }
}

/** Where a horizontal line meets the outline, left to right. */
function crossings(xs: readonly number[], ys: readonly number[], y: number): number[] {
  const found: number[] = []
  for (let i = 0, before = xs.length - 1; i < xs.length; before = i++) {
    const y0 = ys[before]!
    const y1 = ys[i]!
    if (y0 <= y === y1 <= y) continue
    found.push(xs[before]! + ((y - y0) / (y1 - y0)) * (xs[i]! - xs[before]!))
  }
  return found.length > 2
    ? found.sort((a, b) => a - b)
    : found.length === 2 && found[0]! > found[1]!
      ? found.reverse()
      : found
}

/** Adds one sample row's span to the coverage, its ends by the part of the pixel they take. */
function cover({ coverage, widthPx }: Canvas, from: number, to: number): void {
  const start = Math.max(0, from)
  const end = Math.min(widthPx, to)
  if (start >= end) return
  const first = Math.floor(start)
  const last = Math.floor(end)
  if (first === last) {
    coverage[first]! += (end - start) / SAMPLES
    return
  }
  coverage[first]! += (first + 1 - start) / SAMPLES
  for (let x = first + 1; x < last; x++) coverage[x]! += 1 / SAMPLES
  coverage[last]! += (end - last) / SAMPLES
}
