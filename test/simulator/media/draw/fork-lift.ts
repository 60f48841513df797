import type { Canvas } from './canvas.ts'
import type { Colour } from './colour.ts'
import { litAt, type Lighting } from './lighting.ts'
import { drawPerson } from './person.ts'
import { capsule, glow } from './round.ts'
import { box, drawFaces, prism, shadow, standing, type Face, type Light } from './solid.ts'
import type { Place, View } from './view.ts'

/** A fork lift with its driver, looking away from the camera. */
export interface ForkLift {
  right: number
  ahead: number
  colour: Colour
  isLoaded: boolean
  /** Its lamp is at the bright moment. */
  isBlinking: boolean
}

/** Draws the load first and the driver's cabin last: the camera stands behind it. */
export function drawForkLift(canvas: Canvas, view: View, lift: ForkLift, lighting: Lighting, light: Light): void {
  const { right, ahead, colour, isLoaded, isBlinking } = lift
  const stand = { right, ahead, headingDeg: 0 }
  const lit = (place: Place, own: Colour): Colour => litAt(lighting, place, own)
  const body = lit([right, ahead, 1.2], colour)
  const dark = lit([right, ahead, 1], [0.24, 0.25, 0.27])
  const carton = lit([right, ahead, 1], [0.58, 0.45, 0.3])
  shadow(canvas, view, [right, ahead, 0.01], 1.2, 1.6, 0.6)
  const load: Face[] = isLoaded ? box([-0.55, 1.15, 0.2], [0.55, 2.15, 1.25], carton) : []
  const forks = [-0.32, 0.32].flatMap((x) => box([x - 0.05, 1.1, 0.12], [x + 0.05, 2.1, 0.18], dark))
  const mast = [-0.42, 0.42].flatMap((x) => box([x - 0.05, 0.98, 0.1], [x + 0.05, 1.1, 2.3], dark))
  const rear = prism(
    [
      [-1.2, 0.25],
      [0.95, 0.25],
      [0.95, 0.75],
      [-0.2, 0.8],
      [-0.35, 1.05],
      [-1.2, 1],
    ],
    () => 0.55,
    body,
  )
  const roof = [
    ...box([-0.5, -0.65, 2.02], [0.5, 0.75, 2.1], dark),
    ...[-0.46, 0.46].flatMap((x) =>
      [-0.6, 0.7].flatMap((y) => box([x - 0.03, y - 0.03, 0.9], [x + 0.03, y + 0.03, 2.04], dark)),
    ),
  ]
  for (const part of [load, forks, mast]) drawFaces(canvas, view, standing(part, stand), light)
  drawPerson(
    canvas,
    view,
    {
      place: [right, ahead - 0.1, -0.05],
      heightM: 1.75,
      coat: [0.2, 0.24, 0.32],
      legs: [0.1, 0.1, 0.1],
      stride: null,
      sideways: 0,
      vest: [0.75, 0.85, 0.1],
      isSeated: true,
    },
    lit([right, ahead, 1.5], [1, 1, 1]),
  )
  for (const part of [rear, roof]) drawFaces(canvas, view, standing(part, stand), light)
  const beacon = view.point([right, ahead, 2.2])
  const size = view.unitsPerMetre([right, ahead, 2.2])
  capsule(canvas, beacon, beacon, size * 0.07, size * 0.07, isBlinking ? [1, 0.6, 0.1] : [0.4, 0.22, 0.05])
  if (isBlinking) glow(canvas, beacon, size * 0.7, size * 0.7, [1, 0.5, 0.08], 0.5)
}
