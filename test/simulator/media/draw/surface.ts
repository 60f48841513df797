import type { Blend, Canvas } from './canvas.ts'
import { fill } from './polygon.ts'
import type { Place, View } from './view.ts'

/** Gives the colour of a surface at one of its places, in metres. */
export type Shade = (right: number, ahead: number, up: number, into: Float32Array) => void

/** Draws a flat surface whose colour is found for each pixel by where on the surface it is. */
export function drawSurface(
  canvas: Canvas,
  view: View,
  places: readonly Place[],
  shade: Shade,
  opacity = 1,
  blend: Blend = 'over',
): void {
  const [a, b, c] = [places[0]!, places[1]!, places[2]!]
  const u = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as const
  const v = [c[0] - a[0], c[1] - a[1], c[2] - a[2]] as const
  const normal = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]] as const
  const [px, py, pz] = view.position
  const height = (a[0] - px) * normal[0] + (a[1] - py) * normal[1] + (a[2] - pz) * normal[2]
  const ray = new Float64Array(3)

  fill(
    canvas,
    view.outline(places),
    (x, y, into) => {
      view.ray(x, y, ray)
      const away = height / (ray[0]! * normal[0] + ray[1]! * normal[1] + ray[2]! * normal[2])
      shade(px + ray[0]! * away, py + ray[1]! * away, pz + ray[2]! * away, into)
    },
    opacity,
    blend,
  )
}
