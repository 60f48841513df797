import type { Canvas } from './canvas.ts'
import { mixed, scaled, type Colour } from './colour.ts'
import { capsule, glow } from './round.ts'
import { drawFaces, prism, shadow, standing, type Face, type Light, type Stand } from './solid.ts'
import type { Place, View } from './view.ts'

/** A car on the ground, driving or parked. */
export interface Car extends Stand {
  colour: Colour
  /** Lamps on. */
  isDriving?: boolean
  /** Taller, longer, and closed behind. */
  isVan?: boolean
}

const glass: Colour = [0.07, 0.09, 0.11]

const bodyOutline = [
  [-2.2, 0.32],
  [2.15, 0.32],
  [2.2, 0.68],
  [1.1, 0.92],
  [-2.05, 0.98],
  [-2.25, 0.75],
] as const
const cabinOutline = [
  [-1.85, 0.95],
  [1.05, 0.92],
  [0.3, 1.44],
  [-1.35, 1.46],
] as const
const vanOutline = [
  [-2.6, 0.35],
  [2.3, 0.35],
  [2.35, 0.95],
  [1.75, 1.15],
  [-2.6, 1.15],
] as const
const vanCabinOutline = [
  [-2.6, 1.13],
  [1.75, 1.13],
  [1.2, 2.05],
  [-2.5, 2.1],
] as const

/** Draws the car in light that already has its place's colour. */
export function drawCar(canvas: Canvas, view: View, car: Car, light: Light): void {
  shadow(canvas, view, [car.right, car.ahead, 0.01], 1.9, 1.9, 0.55)
  const [body, cabin] = car.isVan ? [vanOutline, vanCabinOutline] : [bodyOutline, cabinOutline]
  const lower = prism(body, () => 0.88, car.colour)
  const upper = prism(cabin, (up) => 0.84 - (up - 0.95) * 0.3, car.colour)
  drawFaces(canvas, view, standing([...lower, ...face(car), ...wheels()], car), light)
  drawFaces(canvas, view, standing([...upper, ...windows(cabin, car)], car), light)
  drawLamps(canvas, view, car)
}

/** The cabin's glass: panes a little outside of its walls. */
function windows(cabin: readonly (readonly [number, number])[], car: Car): Face[] {
  const [rearLow, frontLow, frontTop, rearTop] = cabin as [
    readonly [number, number],
    readonly [number, number],
    readonly [number, number],
    readonly [number, number],
  ]
  const paneColour = mixed(glass, scaled(car.colour, 0.3), 0.2)
  const width = (up: number) => 0.845 - (up - 0.95) * 0.3
  const at = (side: number, [y, z]: readonly [number, number], y2: readonly [number, number], part: number): Place => {
    const up = z + (y2[1] - z) * part
    return [side * width(up), y + (y2[0] - y) * part, up]
  }
  const rear = car.isVan ? ([0.1, rearLow[1]] as const) : ([rearLow[0] + 0.25, rearLow[1]] as const)
  const rearUp = car.isVan ? ([0.1, rearTop[1]] as const) : ([rearTop[0] + 0.12, rearTop[1]] as const)
  const front = [frontLow[0] - 0.3, frontLow[1]] as const
  const frontUp = [frontTop[0] - 0.1, frontTop[1]] as const
  const pane = (side: number): Place[] => [
    at(side, rear, rearUp, 0.15),
    at(side, front, frontUp, 0.15),
    at(side, front, frontUp, 0.86),
    at(side, rear, rearUp, 0.86),
  ]
  const screen = (low: readonly [number, number], top: readonly [number, number], out: number): Place[] =>
    [0.1, 0.9].flatMap((part) =>
      [-0.9, 0.9].map((side): Place => {
        const [x, y, z] = at(side, low, top, part)
        return [x, y + out, z + 0.01]
      }),
    )
  const [a, b, c, d] = screen(frontLow, frontTop, 0.02) as [Place, Place, Place, Place]
  const [e, f, g, h] = screen(rearLow, rearTop, -0.02) as [Place, Place, Place, Place]
  return [pane(1), pane(-1).toReversed(), [b, a, c, d], ...(car.isVan ? [] : [[e, f, h, g]])].map((places) => ({
    places,
    colour: paneColour,
  }))
}

/** The grille and the number plate. */
function face({ isVan }: Car): Face[] {
  const before = isVan ? 2.36 : 2.21
  const plane = (half: number, low: number, high: number, out: number): Place[] => [
    [half, before + out, low],
    [-half, before + out, low],
    [-half, before + out, high],
    [half, before + out, high],
  ]
  return [
    { places: plane(0.5, 0.58, 0.74, 0.005), colour: [0.05, 0.055, 0.06] },
    { places: plane(0.26, 0.41, 0.52, 0.01), colour: [0.62, 0.62, 0.58] },
  ]
}

function wheels(): Face[] {
  return [-1.35, 1.35].flatMap((y) =>
    [-1, 1].flatMap((side) => [
      wheel(side, y, 0.33, [0.03, 0.03, 0.035]),
      wheel(side * 1.005, y, 0.17, [0.3, 0.31, 0.33]),
    ]),
  )
}

function wheel(side: number, middle: number, radius: number, colour: Colour): Face {
  const corners = 14
  const places = Array.from({ length: corners }, (_, i): Place => {
    const angle = (i / corners) * 2 * Math.PI
    return [side * 0.89, middle + Math.cos(angle) * radius, 0.33 + Math.sin(angle) * radius]
  })
  return { places: side > 0 ? places : places.toReversed(), colour }
}

/** White before, red behind, each where the camera can see it. */
function drawLamps(canvas: Canvas, view: View, car: Car): void {
  const radians = (car.headingDeg * Math.PI) / 180
  const [sin, cos] = [Math.sin(radians), Math.cos(radians)]
  const put = (x: number, y: number, z: number): Place => [
    car.right + x * cos + y * sin,
    car.ahead + y * cos - x * sin,
    z,
  ]
  const [px, py] = view.position
  const comesCloser = (px - car.right) * sin + (py - car.ahead) * cos > 0
  const length = car.isVan ? 2.4 : 2.24
  for (const side of [-0.66, 0.66]) {
    const place = put(side, comesCloser ? length : -length, 0.72)
    const size = view.unitsPerMetre(place)
    const [x, y] = view.point(place)
    const colour: Colour = comesCloser ? [1, 0.95, 0.82] : [0.9, 0.08, 0.05]
    const shown = car.isDriving ? colour : mixed([0.2, 0.2, 0.2], colour, 0.22)
    capsule(canvas, [x - size * 0.09, y], [x + size * 0.09, y], size * 0.07, size * 0.07, shown)
    if (!car.isDriving) continue
    const reach = comesCloser ? 1.5 : 0.8
    glow(canvas, [x, y], size * reach, size * reach * 0.75, colour, comesCloser ? 0.5 : 0.35)
    if (comesCloser) glow(canvas, [x, y], size * 0.4, size * 0.35, [1, 0.97, 0.9], 0.9)
  }
}
