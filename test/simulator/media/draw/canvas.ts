import type { Colour } from './colour.ts'

/** A place in the picture, in design units: every scene is drawn as if it were 640 by 360. */
export type Point = readonly [x: number, y: number]

/** One colour, or one for each place. */
export type Paint = Colour | ((x: number, y: number, into: Float32Array) => void)

/** `over` covers what is there, `add` shines on it. */
export type Blend = 'over' | 'add'

export const DESIGN_WIDTH = 640
export const DESIGN_HEIGHT = 360

/** A picture being drawn: floating point RGB, so that light can add up before it is clipped once, at the end. */
export class Canvas {
  readonly widthPx: number
  readonly heightPx: number
  /** Pixels per design unit. */
  readonly scale: number
  readonly rgb: Float32Array
  /** How much of each pixel of the row at hand is covered; all zero between rows. */
  readonly coverage: Float32Array

  constructor(widthPx: number, heightPx: number) {
    this.widthPx = widthPx
    this.heightPx = heightPx
    this.scale = widthPx / DESIGN_WIDTH
    this.rgb = new Float32Array(widthPx * heightPx * 3)
    this.coverage = new Float32Array(widthPx + 2)
  }

  /** Takes over what another canvas of the same size shows. */
  copyFrom(other: Canvas): void {
    this.rgb.set(other.rgb)
  }

  /** Puts paint on pixels [from, to) of row `y`, each as far as it is covered, and clears the coverage. */
  blendRow(y: number, from: number, to: number, paint: Paint, opacity: number, blend: Blend): void {
    const { rgb, coverage, scale, widthPx } = this
    const each = typeof paint === 'function' ? paint : null
    if (!each) scratch.set(paint as Colour)
    for (let x = from; x < to; x++) {
      const alpha = Math.min(1, coverage[x]!) * opacity
      coverage[x] = 0
      if (alpha <= 0) continue
      each?.((x + 0.5) / scale, (y + 0.5) / scale, scratch)
      const keep = blend === 'over' ? 1 - alpha : 1
      const at = (y * widthPx + x) * 3
      rgb[at] = rgb[at]! * keep + scratch[0]! * alpha
      rgb[at + 1] = rgb[at + 1]! * keep + scratch[1]! * alpha
      rgb[at + 2] = rgb[at + 2]! * keep + scratch[2]! * alpha
    }
  }
}

const scratch = new Float32Array(3)

/** From `a` at one place to `b` at another, straight, and no further. */
export function gradient(from: Point, a: Colour, to: Point, b: Colour): Paint {
  const dx = to[0] - from[0]
  const dy = to[1] - from[1]
  const square = dx * dx + dy * dy || 1
  return (x, y, into) => {
    const part = Math.min(1, Math.max(0, ((x - from[0]) * dx + (y - from[1]) * dy) / square))
    into[0] = a[0] + (b[0] - a[0]) * part
    into[1] = a[1] + (b[1] - a[1]) * part
    into[2] = a[2] + (b[2] - a[2]) * part
  }
}
