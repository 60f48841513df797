import { gradient, type Canvas } from '../draw/canvas.ts'
import { drawCar, type Car } from '../draw/car.ts'
import { mixed, type Colour } from '../draw/colour.ts'
import { inHaze } from '../draw/haze.ts'
import { litAt, matt, type Lighting } from '../draw/lighting.ts'
import { drawPerson } from '../draw/person.ts'
import { fill } from '../draw/polygon.ts'
import { Random } from '../draw/random.ts'
import { capsule, glow } from '../draw/round.ts'
import { box, drawFaces, type Light } from '../draw/solid.ts'
import { drawSurface } from '../draw/surface.ts'
import { across, level } from '../draw/rectangle.ts'
import { View, type Place } from '../draw/view.ts'
import type { Scene } from './scene.ts'

const paints: readonly Colour[] = [
  [0.55, 0.57, 0.6],
  [0.2, 0.29, 0.4],
  [0.32, 0.33, 0.35],
  [0.36, 0.17, 0.15],
  [0.68, 0.69, 0.68],
  [0.16, 0.17, 0.2],
  [0.25, 0.33, 0.31],
]

const BAY = { width: 2.7, length: 5.4, lane: 3.4 } as const
const line: Colour = [0.62, 0.63, 0.6]
const asphalt: Colour = [0.27, 0.28, 0.295]
const haze = { colour: [0.035, 0.045, 0.06] as Colour, perMetre: 0.012 }

/** A car park at night: lamps, parked cars, one car looking for a place, somebody on the way to theirs. */
export function carPark(variant: number): Scene {
  const random = new Random(11 + variant * 7)
  const side = variant % 2 === 0 ? 1 : -1
  const view = new View({ position: [side * 1.2, 0, 6.2], turnDeg: side * -5, tiltDeg: 15, fieldDeg: 66 })
  const lampColour: Colour = [
    [1, 0.86, 0.62],
    [0.8, 0.9, 1],
    [1, 0.74, 0.42],
  ][variant % 3] as [number, number, number]
  const masts: Place[] = [13, 27, 43].flatMap((y) => [-1, 1].map((at): Place => [at * (BAY.lane + BAY.length), y, 7]))
  const lighting: Lighting = {
    ambient: [0.13, 0.155, 0.2],
    lamps: masts.map((place) => ({ place, colour: lampColour, power: 3.4, reach: 7.5 })),
  }
  const light: Light = { from: [0.2, -0.5, 1], ambient: 0.42, haze }
  const parked = parkedCars(random)

  const carIn = (canvas: Canvas, car: Car): void => {
    const colour = litAt(lighting, [car.right, car.ahead, 1], car.colour)
    drawCar(canvas, view, { ...car, colour }, light)
  }

  return {
    drawBackdrop(canvas) {
      fill(
        canvas,
        [
          [0, 0],
          [640, 0],
          [640, 120],
          [0, 120],
        ],
        gradient([0, 0], [0.02, 0.03, 0.045], [0, 110], [0.075, 0.09, 0.115]),
      )
      drawSkyline(canvas, view, random)
      drawSurface(canvas, view, level(-60, 60, 0.5, 95, 0), inHaze(view, haze, matt(lighting, asphalt, 0.5, markings)))
      for (const mast of masts.toReversed()) drawMast(canvas, view, mast, lampColour)
      for (const car of parked) carIn(canvas, car)
    },
    drawMoment(canvas, loop) {
      drawDriving(canvas, loop)
      drawWalking(canvas, loop)
    },
  }

  function drawDriving(canvas: Canvas, loop: number): void {
    const comes = variant % 2 === 0
    const ahead = comes ? 74 - loop * 72 : 2 + loop * 72
    const right = comes ? -1.5 : 1.5
    const place = view.point([right, ahead - (comes ? 5 : -5), 0])
    const size = view.unitsPerMetre([right, ahead, 0])
    if (ahead > 6) glow(canvas, place, size * 3.4, size * 1.5, [0.5, 0.47, 0.38], 0.38)
    const colour = paints[(variant * 2 + 4) % paints.length]!
    carIn(canvas, { right, ahead, headingDeg: comes ? 180 : 0, colour, isDriving: true, isVan: variant === 2 })
  }

  function drawWalking(canvas: Canvas, loop: number): void {
    const part = (loop + 0.35 * variant) % 1
    const place: Place = [side * (part * 10.5 - 5.2), 19 + variant * 3 + part * 2, 0]
    const opacity = Math.min(1, part * 12, (1 - part) * 12)
    drawPerson(
      canvas,
      view,
      {
        place,
        heightM: 1.78,
        coat: [0.3, 0.33, 0.42],
        legs: [0.17, 0.18, 0.22],
        stride: part * 7,
        sideways: side,
        opacity,
      },
      litAt(lighting, place, [1, 1, 1]),
    )
  }

  function markings(x: number, y: number): Colour {
    const across = Math.abs(x)
    const inBays = across > BAY.lane && across < BAY.lane + BAY.length * 2
    if (!inBays || y > 62) return asphalt
    const fromLine = Math.abs(((((y / BAY.width) % 1) + 1) % 1) - 0.5) * BAY.width
    if (fromLine > BAY.width / 2 - 0.07 || Math.abs(across - BAY.lane - BAY.length) < 0.07) return line
    return asphalt
  }
}

/** Farthest first, so that nearer cars stand before them. */
function parkedCars(random: Random): Car[] {
  const cars: Car[] = []
  for (let bay = 22; bay >= 3; bay--) {
    const ahead = bay * BAY.width
    for (const row of [-1.5, 1.5, -0.5, 0.5]) {
      if (random.next() < 0.36) continue
      cars.push({
        right: Math.sign(row) * (BAY.lane + BAY.length * Math.abs(row)) + random.between(-0.2, 0.2),
        ahead: ahead + random.between(-0.1, 0.1),
        headingDeg: (random.next() < 0.5 ? 90 : -90) + random.between(-2, 2),
        colour: random.pick(paints),
        isVan: random.next() < 0.14,
      })
    }
  }
  return cars
}

function drawSkyline(canvas: Canvas, view: View, random: Random): void {
  for (let x = -85; x < 85;) {
    const width = random.between(7, 17)
    const height = random.between(5, 15)
    const colour: Colour = mixed([0.045, 0.055, 0.07], [0.06, 0.07, 0.085], random.next())
    drawFaces(canvas, view, box([x, 96, 0], [x + width, 106, height], colour), { from: [0, -1, 0], ambient: 1 })
    for (let up = 2; up < height - 1.5; up += 2.2) {
      for (let at = x + 1; at < x + width - 1.4; at += 1.9) {
        if (random.next() > 0.2) continue
        const bright = random.between(0.25, 0.7)
        const window: Place[] = across(at, at + 0.9, 95.9, up, up + 1.1)
        fill(canvas, view.outline(window), [0.85 * bright, 0.7 * bright, 0.42 * bright])
      }
    }
    x += width + random.between(0, 5)
  }
}

function drawMast(canvas: Canvas, view: View, [x, y, up]: Place, colour: Colour): void {
  const foot = view.point([x, y, 0])
  const head = view.point([x, y, up])
  const size = view.unitsPerMetre([x, y, up])
  capsule(canvas, foot, head, size * 0.11, size * 0.07, [0.11, 0.12, 0.14])
  const inward = view.point([x - Math.sign(x) * 0.9, y, up + 0.1])
  capsule(canvas, head, inward, size * 0.07, size * 0.12, [0.14, 0.15, 0.17])
  capsule(canvas, inward, inward, size * 0.16, size * 0.16, [1, 0.98, 0.92])
  glow(canvas, inward, size * 1.1, size * 1.1, colour, 0.9)
  glow(canvas, inward, size * 5, size * 5, colour, 0.16)
}
