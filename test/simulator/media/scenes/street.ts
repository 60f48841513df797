import { gradient, type Canvas } from '../draw/canvas.ts'
import { drawCar } from '../draw/car.ts'
import { mixed, type Colour } from '../draw/colour.ts'
import { hazed, inHaze } from '../draw/haze.ts'
import { litAt, matt, type Lighting } from '../draw/lighting.ts'
import { noise } from '../draw/noise.ts'
import { drawPerson } from '../draw/person.ts'
import { fill } from '../draw/polygon.ts'
import { Random } from '../draw/random.ts'
import { capsule, glow } from '../draw/round.ts'
import type { Light } from '../draw/solid.ts'
import { drawSurface } from '../draw/surface.ts'
import { level } from '../draw/rectangle.ts'
import { View, type Place } from '../draw/view.ts'
import { drawHouses, type Surroundings } from './houses.ts'
import type { Scene } from './scene.ts'

const ROAD = 4.6
/** Metres to where the street is lost in haze. */
const END = 120
const moods: readonly { high: Colour; low: Colour; ambient: Colour; lit: number }[] = [
  { high: [0.17, 0.22, 0.28], low: [0.36, 0.39, 0.41], ambient: [0.36, 0.4, 0.46], lit: 0.34 },
  { high: [0.06, 0.08, 0.13], low: [0.22, 0.19, 0.2], ambient: [0.2, 0.22, 0.29], lit: 0.5 },
  { high: [0.32, 0.38, 0.43], low: [0.52, 0.53, 0.53], ambient: [0.58, 0.61, 0.65], lit: 0.12 },
]
const cars: readonly Colour[] = [
  [0.5, 0.15, 0.13],
  [0.6, 0.62, 0.64],
  [0.17, 0.25, 0.36],
  [0.3, 0.31, 0.32],
]

/** A street between houses: windows lit here and there, lamps, cars both ways, somebody on each pavement. */
export function street(variant: number): Scene {
  const random = new Random(21 + variant * 3)
  const mood = moods[variant % moods.length]!
  const side = variant % 2 === 0 ? 1 : -1
  const view = new View({ position: [side * 2.4, 0, 5.8], turnDeg: side * -8, tiltDeg: 8, fieldDeg: 62 })
  const haze = { colour: mixed(mood.low, mood.high, 0.25), perMetre: 0.0125 }
  const light: Light = { from: [0.3, -0.6, 1], ambient: 0.5, haze }
  const heads: Place[] = [10, 26, 42, 60, 80].flatMap((y, i) => [
    [(i % 2 === 0 ? -1 : 1) * (ROAD + 0.3), y, 5.6] as const,
  ])
  const lighting: Lighting = {
    ambient: mood.ambient,
    lamps: heads.map((place) => ({ place, colour: [1, 0.8, 0.52], power: 1.5 - mood.ambient[0], reach: 5.5 })),
  }
  const lit = (place: Place, colour: Colour) => litAt(lighting, place, colour)

  const around: Surroundings = { view, lighting, haze, low: mood.low, litWindows: mood.lit, random }

  return {
    drawBackdrop(canvas) {
      drawSky(canvas)
      drawGround(canvas)
      for (const row of [-1, 1] as const) drawHouses(canvas, around, row)
      drawParked(canvas)
      for (const head of heads.toReversed()) drawLamp(canvas, head)
    },
    drawMoment(canvas, loop) {
      const shift = 0.21 * variant
      const traffic = [
        { part: (loop + shift) % 1, comes: true, colour: cars[variant % cars.length]! },
        { part: (loop + shift + 0.48) % 1, comes: false, colour: cars[(variant + 1) % cars.length]! },
      ]
      const placed = traffic.map((car) => ({
        ...car,
        right: car.comes ? -1.75 : 1.75,
        ahead: car.comes ? 104 - car.part * 103 : 1 + car.part * 103,
      }))
      drawWalker(canvas, (loop + shift) % 1, -1)
      for (const { right, ahead, comes, colour } of placed.sort((a, b) => b.ahead - a.ahead)) {
        const wet = view.point([right, ahead - (comes ? 3.5 : 2.6), 0])
        const size = view.unitsPerMetre([right, ahead, 0])
        drawCar(
          canvas,
          view,
          {
            right,
            ahead,
            headingDeg: comes ? 180 : 0,
            colour: lit([right, ahead, 1], colour),
            isDriving: true,
            isVan: variant === 1 && !comes,
          },
          light,
        )
        if (ahead > 8)
          glow(canvas, wet, size * 1.2, size * 1.8, comes ? [0.6, 0.56, 0.45] : [0.5, 0.05, 0.03], comes ? 0.16 : 0.12)
      }
      drawWalker(canvas, (loop + shift + 0.4) % 1, 1)
    },
  }

  function drawWalker(canvas: Canvas, part: number, row: 1 | -1): void {
    const ahead = row > 0 ? 26 - part * 14 : 14 + part * 14
    const place: Place = [row * (ROAD + 1.5), ahead, 0.12]
    const opacity = Math.min(1, part * 14, (1 - part) * 14)
    drawPerson(
      canvas,
      view,
      {
        place,
        heightM: 1.75,
        coat: row > 0 ? [0.5, 0.36, 0.16] : [0.2, 0.25, 0.33],
        legs: [0.12, 0.13, 0.16],
        stride: part * 9,
        isTurnedAway: row < 0,
        sideways: 0,
        opacity,
      },
      lit([place[0], ahead, 1.4], [1, 1, 1]),
    )
  }

  function drawSky(canvas: Canvas): void {
    fill(
      canvas,
      [
        [0, 0],
        [640, 0],
        [640, 230],
        [0, 230],
      ],
      (x, y, into) => {
        const cloud = noise(x * 0.007 + variant * 5, y * 0.025) * 0.65 + noise(x * 0.02, y * 0.07) * 0.35
        const part = Math.min(1, y / 140)
        for (const i of [0, 1, 2] as const)
          into[i] = (mood.high[i] + (mood.low[i] - mood.high[i]) * part) * (0.88 + cloud * 0.24)
      },
    )
  }

  function drawGround(canvas: Canvas): void {
    const tar: Colour = [0.29, 0.3, 0.315]
    const surface = matt(lighting, tar, 0.4, (x, y) => {
      const across = Math.abs(x)
      if (across > ROAD)
        return across < ROAD + 0.22 ? [0.5, 0.5, 0.49] : Math.abs(y % 1.2) < 0.03 ? [0.33, 0.33, 0.34] : [0.4, 0.4, 0.4]
      if (across < 0.075 && y % 5 < 2.6) return [0.66, 0.66, 0.63]
      return y > 7 && y < 10 && across < ROAD - 0.3 && (x + 40) % 1.1 < 0.55 ? [0.62, 0.62, 0.6] : tar
    })
    drawSurface(canvas, view, level(-40, 40, 0.5, END + 60, 0), inHaze(view, haze, surface))
  }

  function drawParked(canvas: Canvas): void {
    for (const ahead of [88, 71, 55, 49, 36, 22, 15]) {
      if (random.next() < 0.25) continue
      const right = side * (ROAD - 0.95)
      drawCar(
        canvas,
        view,
        { right, ahead, headingDeg: side > 0 ? 0 : 180, colour: lit([right, ahead, 1], random.pick(cars)) },
        light,
      )
    }
  }

  function drawLamp(canvas: Canvas, [x, y, up]: Place): void {
    const size = view.unitsPerMetre([x, y, up])
    const post = hazed([0.1, 0.11, 0.12], view.distance([x, y, up]), haze)
    const head: Place = [x - Math.sign(x) * 1.1, y, up + 0.15]
    capsule(canvas, view.point([x, y, 0]), view.point([x, y, up]), size * 0.08, size * 0.05, post)
    capsule(canvas, view.point([x, y, up]), view.point(head), size * 0.045, size * 0.06, post)
    const point = view.point(head)
    fill(
      canvas,
      [
        [point[0] - size * 0.3, point[1]],
        [point[0] + size * 0.3, point[1]],
        [point[0] + size * 0.2, point[1] + size * 0.1],
        [point[0] - size * 0.2, point[1] + size * 0.1],
      ],
      gradient([0, point[1]], [1, 0.95, 0.8], [0, point[1] + 4], [1, 0.85, 0.6]),
    )
    glow(canvas, point, size * 2.2, size * 2, [1, 0.78, 0.45], 0.42)
  }
}
