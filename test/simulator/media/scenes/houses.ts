import type { Canvas } from '../draw/canvas.ts'
import { mixed, scaled, type Colour } from '../draw/colour.ts'
import { hazed, inHaze, type Haze } from '../draw/haze.ts'
import { litAt, matt, type Lighting } from '../draw/lighting.ts'
import type { Random } from '../draw/random.ts'
import { across, along } from '../draw/rectangle.ts'
import { drawFlat } from '../draw/solid.ts'
import { drawSurface } from '../draw/surface.ts'
import type { Place, View } from '../draw/view.ts'

/** From the middle of the street to the houses, in metres; and how far the rows go. */
const PAVEMENT = 7.3
const END = 120

/** The street that the houses stand in. */
export interface Surroundings {
  view: View
  lighting: Lighting
  haze: Haze
  /** The sky's colour near the horizon: dark windows show a little of it. */
  low: Colour
  /** Share of windows with light in them, 0 to 1. */
  litWindows: number
  random: Random
}

/** One house: where its front begins and ends, its height, its plaster. */
interface House {
  near: number
  far: number
  up: number
  colour: Colour
}

const plasters: readonly Colour[] = [
  [0.38, 0.32, 0.28],
  [0.33, 0.35, 0.37],
  [0.45, 0.41, 0.35],
  [0.32, 0.27, 0.26],
  [0.4, 0.42, 0.41],
]

/** One row, its last house first: fronts to the street, and the gable that stands free of the next. */
export function drawHouses(canvas: Canvas, around: Surroundings, row: 1 | -1): void {
  const { random } = around
  const houses: House[] = []
  for (let near = 2; near < END;) {
    const far = near + random.between(7, 13)
    houses.push({ near, far, up: random.pick([6.4, 8.8, 9.4, 11.8]), colour: random.pick(plasters) })
    near = far + (random.next() < 0.25 ? 2.5 : 0)
  }
  for (const house of houses.toReversed()) drawHouse(canvas, around, row, house)
}

function drawHouse(canvas: Canvas, around: Surroundings, row: 1 | -1, { near, far, up, colour }: House): void {
  const { view, lighting, haze } = around
  const lit = (place: Place, paint: Colour) => litAt(lighting, place, paint)
  const x = row * PAVEMENT
  const wall = (z: number): Colour =>
    z < 0.5 ? scaled(colour, 0.6) : Math.abs(z - 3.2) < 0.09 ? scaled(colour, 1.25) : colour
  drawSurface(
    canvas,
    view,
    across(x, x + row * 9, near, 0, up),
    inHaze(view, haze, matt(lighting, scaled(colour, 0.62), 0.25)),
  )
  drawSurface(
    canvas,
    view,
    along(x, near, far, 0, up),
    inHaze(
      view,
      haze,
      matt(lighting, colour, 0.2, (_x, _y, z) => wall(z)),
    ),
  )
  const roof = hazed(lit([x, near, up], [0.16, 0.15, 0.16]), view.distance([x, near, up]), haze)
  drawFlat(
    canvas,
    view,
    [
      [x - row * 0.35, near - 0.2, up],
      [x - row * 0.35, far, up],
      [x + row * 4, far, up + 2.6],
      [x + row * 4, near - 0.2, up + 2.6],
    ],
    roof,
  )
  drawFlat(
    canvas,
    view,
    [
      [x, near, up],
      [x + row * 9, near, up],
      [x + row * 4, near, up + 2.6],
    ],
    hazed(lit([x, near, up], scaled(colour, 0.62)), view.distance([x, near, up]), haze),
  )
  drawFlat(canvas, view, along(x - row * 0.35, near - 0.2, far, up - 0.18, up + 0.03), scaled(roof, 0.7))
  for (let floor = 0; floor * 2.9 + 3 < up + 0.2; floor++) {
    for (let y = near + 0.9; y + 1.1 < far - 0.3; y += 2.1) drawWindow(canvas, around, row, y, floor * 2.9 + 0.95)
  }
}

function drawWindow(canvas: Canvas, around: Surroundings, row: 1 | -1, y: number, up: number): void {
  const { view, lighting, haze, random } = around
  const lit = (place: Place, paint: Colour) => litAt(lighting, place, paint)
  const x = row * (PAVEMENT - 0.03)
  const isLit = random.next() < around.litWindows
  const warmth = mixed([0.95, 0.74, 0.42], [0.8, 0.82, 0.72], random.next())
  const bright = random.between(0.45, 0.95)
  const far = view.distance([x, y, up])
  const pane = (inset: number, bottom: number, top: number, colour: Colour, opacity = 1) =>
    drawFlat(
      canvas,
      view,
      along(x, y + inset, y + 1.1 - inset, up + bottom, up + top),
      hazed(colour, far, haze),
      opacity,
    )
  pane(-0.08, -0.1, 1.55, lit([x, y, up], [0.5, 0.49, 0.47]))
  pane(0, 0, 1.45, isLit ? scaled(warmth, bright) : mixed([0.06, 0.07, 0.09], around.low, 0.18))
  if (isLit && random.next() < 0.5) pane(0, 0.8, 1.45, scaled(warmth, bright * 0.6), 0.8)
  drawFlat(
    canvas,
    view,
    along(x, y + 0.52, y + 0.58, up, up + 1.45),
    hazed(lit([x, y, up], [0.4, 0.39, 0.38]), far, haze),
  )
}
