import type { Canvas, Point } from './canvas.ts'
import { scaled, type Colour } from './colour.ts'
import { fill } from './polygon.ts'
import { capsule, ellipse } from './round.ts'
import { shadow } from './solid.ts'
import type { Place, View } from './view.ts'

/** Somebody on foot. */
export interface Person {
  place: Place
  heightM: number
  coat: Colour
  legs: Colour
  /** How the walk goes: two steps from 0 to 1. null stands. */
  stride: number | null
  /** 1 walks to the right, -1 to the left, 0 straight to or from the camera. */
  sideways: -1 | 0 | 1
  /** Shows the back of the head. */
  isTurnedAway?: boolean
  /** A bright vest over the coat. */
  vest?: Colour
  /** Sits behind something: no legs, no shadow. */
  isSeated?: boolean
  opacity?: number
}

const skin: Colour = [0.5, 0.38, 0.31]
const hair: Colour = [0.07, 0.06, 0.055]

/** Draws the person, `light` being how bright the place is. */
export function drawPerson(canvas: Canvas, view: View, person: Person, light: Colour): void {
  const { place, heightM, sideways, opacity = 1 } = person
  const unit = view.unitsPerMetre(place) * heightM
  const [x, foot] = view.point(place)
  const lit = ([r, g, b]: Colour): Colour => [r * light[0], g * light[1], b * light[2]]
  const at = (right: number, up: number): Point => [x + right * unit, foot - up * unit]
  const swing = person.stride === null ? 0 : Math.sin(person.stride * 2 * Math.PI)
  const reach = sideways === 0 ? 0.02 : 0.13
  const lift = sideways === 0 && person.stride !== null ? 0.035 : 0
  const bob = person.stride === null ? 0 : Math.abs(swing) * 0.012

  if (!person.isSeated) {
    shadow(canvas, view, [place[0], place[1], place[2] + 0.01], 0.42, 0.3, 0.6 * opacity)
    for (const side of [-1, 1]) {
      const step = swing * side
      const hip = at(side * (sideways === 0 ? 0.05 : 0.015), 0.5 - bob)
      const knee = at(
        side * 0.05 * (sideways === 0 ? 1 : 0.2) + step * reach * 0.6 + sideways * 0.015,
        0.26 + Math.max(0, step) * lift,
      )
      const ankle = at(side * 0.05 * (sideways === 0 ? 1 : 0.2) + step * reach, 0.03 + Math.max(0, step) * lift * 1.6)
      const shade = lit(scaled(person.legs, side < 0 ? 0.8 : 1))
      capsule(canvas, hip, knee, unit * 0.052, unit * 0.042, shade, opacity)
      capsule(canvas, knee, ankle, unit * 0.042, unit * 0.03, shade, opacity)
      const toe = at(
        sideways === 0 ? side * 0.055 : step * reach + sideways * 0.05,
        0.015 + Math.max(0, step) * lift * 1.6,
      )
      capsule(canvas, ankle, toe, unit * 0.028, unit * 0.022, lit([0.05, 0.05, 0.055]), opacity)
    }
  }
  const coat = lit(person.coat)
  const shoulder = sideways === 0 ? 0.115 : 0.085
  const arm = (side: 1 | -1, shade: number): void => {
    const step = -swing * side
    const top = at(side * (sideways === 0 ? shoulder : 0.01), 0.79 - bob)
    const elbow = at(side * (sideways === 0 ? shoulder + 0.03 : 0.01) + step * reach * 0.4, 0.62 - bob)
    const hand = at(
      side * (sideways === 0 ? shoulder + 0.02 : 0.01) + step * reach * 0.75 + sideways * 0.03,
      0.47 - bob,
    )
    capsule(canvas, top, elbow, unit * 0.036, unit * 0.03, scaled(coat, shade), opacity)
    capsule(canvas, elbow, hand, unit * 0.03, unit * 0.022, scaled(coat, shade), opacity)
    capsule(canvas, hand, hand, unit * 0.024, unit * 0.024, lit(skin), opacity)
  }
  arm(-1, 0.72)
  const torso: Point[] = [
    at(-shoulder, 0.8 - bob),
    at(-shoulder * 0.5, 0.835 - bob),
    at(shoulder * 0.5, 0.835 - bob),
    at(shoulder, 0.8 - bob),
    at(shoulder * 0.86, 0.6 - bob),
    at(shoulder * 0.9, 0.46 - bob),
    at(-shoulder * 0.9, 0.46 - bob),
    at(-shoulder * 0.86, 0.6 - bob),
  ]
  fill(canvas, torso, coat, opacity)
  if (person.vest) drawVest(canvas, at, shoulder, lit(person.vest), bob)
  arm(1, 0.9)
  capsule(canvas, at(0, 0.83 - bob), at(0, 0.87 - bob), unit * 0.03, unit * 0.03, lit(scaled(skin, 0.85)), opacity)
  ellipse(
    canvas,
    at(sideways * 0.008, 0.925 - bob),
    unit * 0.052,
    unit * 0.066,
    lit(person.isTurnedAway ? hair : skin),
    opacity,
  )
  ellipse(canvas, at(sideways * -0.012, 0.948 - bob), unit * 0.055, unit * 0.05, lit(hair), opacity)
}

function drawVest(
  canvas: Canvas,
  at: (right: number, up: number) => Point,
  shoulder: number,
  vest: Colour,
  bob: number,
): void {
  const s = shoulder * 0.82
  fill(canvas, [at(-s, 0.8 - bob), at(s, 0.8 - bob), at(s, 0.5 - bob), at(-s, 0.5 - bob)], vest)
  const band = (up: number) =>
    fill(
      canvas,
      [at(-s, up - bob), at(s, up - bob), at(s, up - 0.03 - bob), at(-s, up - 0.03 - bob)],
      [0.75, 0.77, 0.72],
    )
  band(0.66)
  band(0.57)
}
