import { gradient, type Canvas } from '../draw/canvas.ts'
import { mixed, type Colour } from '../draw/colour.ts'
import { matt, type Lighting } from '../draw/lighting.ts'
import { noise } from '../draw/noise.ts'
import { fill } from '../draw/polygon.ts'
import { Random } from '../draw/random.ts'
import { across, level } from '../draw/rectangle.ts'
import { capsule, ellipse, glow } from '../draw/round.ts'
import { box, drawFaces, drawFlat, type Light } from '../draw/solid.ts'
import { drawSurface } from '../draw/surface.ts'
import type { Place, View } from '../draw/view.ts'

const BACK = 15
const HEIGHT = 4.6

/** What all in the lobby is drawn with. */
export interface Lobby {
  view: View
  lighting: Lighting
  /** 1, or -1 for the lobby seen in a mirror. */
  mirror: number
  sky: { high: Colour; low: Colour }
  variant: number
  deskLamps: readonly { place: Place }[]
}

/** How the light falls on things that stand here. */
export const light: Light = { from: [-0.6, -0.5, 1], ambient: 0.5 }

export function drawRoom(canvas: Canvas, lobby: Lobby): void {
  const { view, lighting, mirror } = lobby
  const stone: Colour = [0.44, 0.44, 0.45]
  const floor = matt(lighting, stone, 0.14, (x, y) =>
    Math.abs((x + 60) % 1.5) < 0.016 || Math.abs(y % 1.5) < 0.022
      ? [0.3, 0.3, 0.31]
      : Math.floor((x + 60) / 1.5 + 40) % 2 === Math.floor(y / 1.5) % 2
        ? stone
        : [0.41, 0.41, 0.42],
  )
  drawSurface(
    canvas,
    view,
    across(-14, 14, BACK, 0, HEIGHT),
    matt(lighting, [0.5, 0.48, 0.45], 0.06, (x) =>
      mirror * x > 1.4 && Math.abs((x + 40) % 0.32) < 0.04
        ? [0.24, 0.18, 0.13]
        : mirror * x > 1.4
          ? [0.4, 0.29, 0.2]
          : [0.5, 0.49, 0.47],
    ),
  )
  drawSurface(canvas, view, level(-14, 14, 0.5, BACK, HEIGHT), matt(lighting, [0.4, 0.41, 0.42], 0.05))
  drawSurface(canvas, view, level(-14, 14, 0.5, BACK, 0), floor)
}

/** Glass from floor to ceiling, the town behind it, and its light again on the floor. */
export function drawWindows(canvas: Canvas, lobby: Lobby): void {
  const { view, mirror, sky, variant } = lobby
  const at = (x: number, y: number, z: number): Place => [mirror * x, y, z]
  const random = new Random(40 + variant)
  const pane = across(mirror * -12, mirror * -2.6, BACK - 0.02, 0.1, 4)
  const low = view.point(pane[0]!)[1]
  const high = view.point(pane[2]!)[1]
  fill(canvas, view.outline(pane), gradient([0, high], sky.high, [0, low - 20], sky.low))
  for (let x = -11.8; x < -3.2; x += random.between(0.9, 1.7)) {
    const width = Math.min(random.between(0.8, 1.5), -2.7 - x)
    const up = random.between(1.2, 3)
    drawFlat(
      canvas,
      view,
      across(mirror * x, mirror * (x + width), BACK - 0.03, 0.1, up),
      mixed(sky.high, [0.05, 0.06, 0.08], 0.55),
    )
    for (let floor = 0.5; floor < up - 0.25; floor += 0.32) {
      if (random.next() < 0.55) continue
      const left = x + random.between(0.1, width - 0.2)
      drawFlat(
        canvas,
        view,
        across(mirror * left, mirror * (left + 0.13), BACK - 0.04, floor, floor + 0.16),
        [0.75, 0.6, 0.36],
        0.8,
      )
    }
  }
  for (const x of [-12, -9.65, -7.3, -4.95, -2.6])
    drawFaces(
      canvas,
      view,
      box([mirror * x - 0.05, BACK - 0.2, 0], [mirror * x + 0.05, BACK, 4.05], [0.12, 0.13, 0.14]),
      light,
    )
  for (const z of [0.05, 2.5, 4])
    drawFlat(canvas, view, across(mirror * -12, mirror * -2.6, BACK - 0.2, z, z + 0.08), [0.12, 0.13, 0.14])
  for (const x of [-10.8, -8.5, -6.1, -3.8]) {
    for (const wider of [0, 0.2, 0.4]) {
      drawFlat(
        canvas,
        view,
        [
          at(x - 0.9 - wider, BACK - 0.3, 0),
          at(x + 0.9 + wider, BACK - 0.3, 0),
          at(x + 1.3 + wider, 6.5 - wider, 0),
          at(x - 0.4 - wider, 6.5 - wider, 0),
        ],
        sky.low,
        0.05,
        'add',
      )
    }
  }
}

/** The picture behind the desk, and the lamps that hang before it. */
export function drawPicture(canvas: Canvas, lobby: Lobby): void {
  const { view, mirror, variant, deskLamps } = lobby
  const frame = across(mirror * 2.9, mirror * 6.6, BACK - 0.05, 1.9, 3.3)
  drawSurface(canvas, view, frame, (x, _y, z, into) => {
    const wave = noise(x * 1.3 + variant * 7, z * 2.2) * 0.7 + noise(x * 4, z * 5) * 0.3
    const colour = mixed([0.1, 0.16, 0.22], [0.45, 0.4, 0.32], wave)
    into.set(colour)
  })
  for (const { place } of deskLamps) {
    const size = view.unitsPerMetre(place)
    const point = view.point(place)
    capsule(canvas, view.point([place[0], place[1], HEIGHT]), point, size * 0.012, size * 0.012, [0.08, 0.08, 0.08])
    ellipse(canvas, point, size * 0.17, size * 0.12, [1, 0.93, 0.78])
    glow(canvas, point, size * 1, size * 0.9, [1, 0.8, 0.5], 0.35)
  }
}
