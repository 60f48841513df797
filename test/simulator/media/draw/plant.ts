import { gradient, type Canvas } from './canvas.ts'
import { mixed, type Colour } from './colour.ts'
import { litAt, type Lighting } from './lighting.ts'
import { fill } from './polygon.ts'
import { Random } from './random.ts'
import { capsule } from './round.ts'
import { shadow } from './solid.ts'
import type { Place, View } from './view.ts'

/** A plant in its pot. */
export interface Plant {
  place: Place
  heightM: number
}

/** Draws a plant; its leaves follow from where it stands. */
export function drawPlant(canvas: Canvas, view: View, lighting: Lighting, { place, heightM }: Plant): void {
  const lit = (at: Place, colour: Colour): Colour => litAt(lighting, at, colour)
  const random = new Random(place[0] * 10 + 90)
  const size = view.unitsPerMetre(place)
  const [x, foot] = view.point(place)
  shadow(canvas, view, [place[0], place[1], 0.01], 0.55, 0.4, 0.55)
  const pot = lit([place[0], place[1] - 0.3, 0.4], [0.4, 0.38, 0.36])
  fill(
    canvas,
    [
      [x - size * 0.26, foot - size * 0.5],
      [x + size * 0.26, foot - size * 0.5],
      [x + size * 0.19, foot],
      [x - size * 0.19, foot],
    ],
    gradient([x - size * 0.25, foot], mixed(pot, [0, 0, 0], 0.35), [x + size * 0.25, foot], pot),
  )
  for (let leaf = 0; leaf < 46; leaf++) {
    const angle = random.between(-1.25, 1.25)
    const length = size * heightM * random.between(0.35, 0.72)
    const root = foot - size * 0.5
    const tip: [number, number] = [x + Math.sin(angle) * length * 0.75, root - Math.cos(angle) * length]
    const green = lit([place[0], place[1], 1.2], mixed([0.07, 0.16, 0.09], [0.17, 0.3, 0.14], random.next()))
    capsule(canvas, [x, root], tip, size * 0.014, size * 0.055, green)
  }
}
