import type { Blend, Canvas, Paint } from './canvas.ts'
import { scaled, type Colour } from './colour.ts'
import { hazed, type Haze } from './haze.ts'
import { fill } from './polygon.ts'
import type { Place, View } from './view.ts'

/** A flat piece of a thing. Its outward side is where its places run counter-clockwise. */
export interface Face {
  places: readonly Place[]
  colour: Colour
  /** Lamps and windows keep their colour; everything else is shaded by how it stands to the light. */
  shines?: boolean
}

/** Where light comes from, and how much of it there is everywhere. */
export interface Light {
  from: Place
  ambient: number
  /** None if absent. */
  haze?: Haze
}

/** A thing standing on the ground, of faces made around the ground's middle. */
export interface Stand {
  right: number
  ahead: number
  /** Degrees clockwise seen from above; 0 looks ahead, away from the camera. */
  headingDeg: number
}

/** Puts faces made around 0, looking ahead, where the thing stands. */
export function standing(faces: readonly Face[], { right, ahead, headingDeg }: Stand): Face[] {
  const cos = Math.cos((headingDeg * Math.PI) / 180)
  const sin = Math.sin((headingDeg * Math.PI) / 180)
  const put = ([x, y, z]: Place): Place => [right + x * cos + y * sin, ahead + y * cos - x * sin, z]
  return faces.map((face) => ({ ...face, places: face.places.map(put) }))
}

/** A body of one outline (counter-clockwise, in metres ahead and up) from its left to its right side. */
export function prism(
  outline: readonly (readonly [ahead: number, up: number])[],
  halfWidth: (up: number) => number,
  colour: Colour,
): Face[] {
  const side = (sign: 1 | -1) => outline.map(([y, z]): Place => [sign * halfWidth(z), y, z])
  const left = side(-1)
  const right = side(1)
  const around = outline.map((_, i): Face => {
    const j = (i + 1) % outline.length
    return { places: [left[i]!, left[j]!, right[j]!, right[i]!], colour }
  })
  return [{ places: right, colour }, { places: left.toReversed(), colour }, ...around]
}

/** Draws the faces the camera can see, the farthest first. */
export function drawFaces(canvas: Canvas, view: View, faces: readonly Face[], light: Light): void {
  const seen = faces
    .map((face) => ({ face, normal: normalOf(face.places), distance: view.distance(middleOf(face.places)) }))
    .filter(({ face, normal }) => view.sees(face.places, normal))
    .sort((a, b) => b.distance - a.distance)
  for (const { face, normal, distance } of seen) {
    const colour = face.shines ? face.colour : scaled(face.colour, brightness(normal, light))
    fill(canvas, view.outline(face.places), light.haze ? hazed(colour, distance, light.haze) : colour)
  }
}

/** A flat piece drawn as it is, from whichever side: floors, walls, lines on the ground. */
export function drawFlat(
  canvas: Canvas,
  view: View,
  places: readonly Place[],
  paint: Paint,
  opacity = 1,
  blend: Blend = 'over',
): void {
  fill(canvas, view.outline(places), paint, opacity, blend)
}

/** The six sides of a box between two opposite corners. */
export function box(low: Place, high: Place, colour: Colour): Face[] {
  const [x0, y0, z0] = low
  const [x1, y1, z1] = high
  const sides: Place[][] = [
    [
      [x0, y0, z0],
      [x1, y0, z0],
      [x1, y0, z1],
      [x0, y0, z1],
    ],
    [
      [x1, y1, z0],
      [x0, y1, z0],
      [x0, y1, z1],
      [x1, y1, z1],
    ],
    [
      [x0, y1, z0],
      [x0, y0, z0],
      [x0, y0, z1],
      [x0, y1, z1],
    ],
    [
      [x1, y0, z0],
      [x1, y1, z0],
      [x1, y1, z1],
      [x1, y0, z1],
    ],
    [
      [x0, y0, z1],
      [x1, y0, z1],
      [x1, y1, z1],
      [x0, y1, z1],
    ],
    [
      [x0, y1, z0],
      [x1, y1, z0],
      [x1, y0, z0],
      [x0, y0, z0],
    ],
  ]
  return sides.map((places) => ({ places, colour }))
}

/** A shadow on the ground, darkest in the middle. */
export function shadow(canvas: Canvas, view: View, centre: Place, radiusX: number, radiusY: number, depth = 0.5): void {
  const rings = 5
  for (let ring = 1; ring <= rings; ring++) {
    const part = ring / rings
    drawFlat(canvas, view, circle(centre, radiusX * part, radiusY * part), [0, 0, 0], depth / rings)
  }
}

function circle([x, y, z]: Place, radiusX: number, radiusY = radiusX): Place[] {
  const corners = 32
  return Array.from({ length: corners }, (_, i) => {
    const angle = (i / corners) * 2 * Math.PI
    return [x + Math.cos(angle) * radiusX, y + Math.sin(angle) * radiusY, z]
  })
}

function brightness(normal: Place, { from, ambient }: Light): number {
  const length = Math.hypot(...from)
  const facing = (normal[0] * from[0] + normal[1] * from[1] + normal[2] * from[2]) / length
  return ambient + (1 - ambient) * Math.max(0, facing)
}

function normalOf(places: readonly Place[]): Place {
  const [a, b, c] = [places[0]!, places[1]!, places[2]!]
  const u = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as const
  const v = [c[0] - a[0], c[1] - a[1], c[2] - a[2]] as const
  const normal: Place = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]
  const length = Math.hypot(...normal) || 1
  return [normal[0] / length, normal[1] / length, normal[2] / length]
}

function middleOf(places: readonly Place[]): Place {
  const sum = (i: 0 | 1 | 2) => places.reduce((total, place) => total + place[i], 0) / places.length
  return [sum(0), sum(1), sum(2)]
}
