import type { Canvas, Point } from './canvas.ts'
import type { Colour } from './colour.ts'
import type { Paint } from './canvas.ts'
import { fill } from './polygon.ts'

/** A thick line with round ends, which may be of different thickness: limbs, cables, poles. */
export function capsule(
  canvas: Canvas,
  a: Point,
  b: Point,
  radiusA: number,
  radiusB: number,
  paint: Paint,
  opacity = 1,
): void {
  const { scale } = canvas
  const [ax, ay] = [a[0] * scale, a[1] * scale]
  const dx = b[0] * scale - ax
  const dy = b[1] * scale - ay
  const square = dx * dx + dy * dy || 1
  const reach = Math.max(radiusA, radiusB) * scale + 1
  const top = Math.max(0, Math.floor(Math.min(ay, ay + dy) - reach))
  const bottom = Math.min(canvas.heightPx, Math.ceil(Math.max(ay, ay + dy) + reach))
  const left = Math.max(0, Math.floor(Math.min(ax, ax + dx) - reach))
  const right = Math.min(canvas.widthPx, Math.ceil(Math.max(ax, ax + dx) + reach))
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const px = x + 0.5 - ax
      const py = y + 0.5 - ay
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) / square))
      const distance = Math.hypot(px - along * dx, py - along * dy)
      const radius = (radiusA + (radiusB - radiusA) * along) * scale
      canvas.coverage[x] = Math.min(1, Math.max(0, radius - distance + 0.5))
    }
    canvas.blendRow(y, left, right, paint, opacity, 'over')
  }
}

/** An ellipse with edges smoothed. */
export function ellipse(
  canvas: Canvas,
  centre: Point,
  radiusX: number,
  radiusY: number,
  paint: Paint,
  opacity = 1,
): void {
  const corners = 40
  const points = Array.from({ length: corners }, (_, i): Point => {
    const angle = (i / corners) * 2 * Math.PI
    return [centre[0] + Math.cos(angle) * radiusX, centre[1] + Math.sin(angle) * radiusY]
  })
  fill(canvas, points, paint, opacity)
}

/** Light around a lamp: strongest in the middle, nothing at the rim. */
export function glow(
  canvas: Canvas,
  centre: Point,
  radiusX: number,
  radiusY: number,
  colour: Colour,
  strength = 1,
): void {
  const { scale, rgb, widthPx, heightPx } = canvas
  const [cx, cy] = [centre[0] * scale, centre[1] * scale]
  const [rx, ry] = [radiusX * scale, radiusY * scale]
  for (let y = Math.max(0, Math.floor(cy - ry)); y < Math.min(heightPx, cy + ry); y++) {
    for (let x = Math.max(0, Math.floor(cx - rx)); x < Math.min(widthPx, cx + rx); x++) {
      const square = ((x + 0.5 - cx) / rx) ** 2 + ((y + 0.5 - cy) / ry) ** 2
      if (square >= 1) continue
      const light = (1 - square) ** 2 * strength
      const at = (y * widthPx + x) * 3
      rgb[at]! += colour[0] * light
      rgb[at + 1]! += colour[1] * light
      rgb[at + 2]! += colour[2] * light
    }
  }
}
