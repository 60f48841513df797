import type { Blend, Canvas, Paint, Point } from './canvas.ts'
import { scaled, type Colour } from './colour.ts'
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
}

/** Draws the faces the camera can see, the farthest first. */
export function drawFaces(canvas: Canvas, view: View, faces: readonly Face[], light: Light): void {
  const seen = faces
    .map((face) => ({ face, normal: normalOf(face.places), distance: view.distance(middleOf(face.places)) }))
    .filter(({ face, normal }) => view.sees(face.places, normal))
    .sort((a, b) => b.distance - a.distance)
  for (const { face, normal } of seen) {
    const colour = face.shines ? face.colour : scaled(face.colour, brightness(normal, light))
    fill(canvas, view.outline(face.places), colour)
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

/** Light on the ground below a lamp, fading outwards. */
export function pool(canvas: Canvas, view: View, centre: Place, radius: number, colour: Colour, strength = 1): void {
  const rings = 14
  for (let ring = 1; ring <= rings; ring++) {
    drawFlat(canvas, view, circle(centre, (radius * ring) / rings), colour, strength / rings, 'add')
  }
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

/** Where a row of places appears: for what is drawn flat on the picture. */
export const pointsOf = (view: View, places: readonly Place[]): Point[] => places.map((place) => view.point(place))
