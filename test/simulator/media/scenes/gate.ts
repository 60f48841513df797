import { gradient, type Canvas } from '../draw/canvas.ts'
import { drawCar } from '../draw/car.ts'
import { mixed, scaled, type Colour } from '../draw/colour.ts'
import { inHaze } from '../draw/haze.ts'
import { matt, type Lighting } from '../draw/lighting.ts'
import { noise } from '../draw/noise.ts'
import { drawPerson } from '../draw/person.ts'
import { fill } from '../draw/polygon.ts'
import { capsule, glow } from '../draw/round.ts'
import { box, drawFaces, drawFlat, shadow, type Light } from '../draw/solid.ts'
import { drawSurface, type Shade } from '../draw/surface.ts'
import { across, along, level } from '../draw/rectangle.ts'
import { View, type Place } from '../draw/view.ts'
import type { Scene } from './scene.ts'

/** Overcast morning, dusk, and a brighter noon. */
const hours: readonly { high: Colour; low: Colour; day: Colour; lamps: boolean }[] = [
  { high: [0.3, 0.35, 0.39], low: [0.47, 0.5, 0.51], day: [0.78, 0.82, 0.86], lamps: false },
  { high: [0.1, 0.13, 0.19], low: [0.36, 0.3, 0.29], day: [0.38, 0.39, 0.46], lamps: true },
  { high: [0.36, 0.42, 0.47], low: [0.56, 0.57, 0.56], day: [0.88, 0.89, 0.87], lamps: false },
]
const cars: readonly Colour[] = [
  [0.56, 0.58, 0.6],
  [0.2, 0.3, 0.42],
  [0.5, 0.2, 0.16],
]

const BARRIER = { right: 3.3, ahead: 13, up: 1 } as const

/** A gate: the guard's house, a barrier that opens for the car before it and closes behind. */
export function gate(variant: number): Scene {
  const hour = hours[variant % hours.length]!
  const view = new View({ position: [2.4, 0, 4.2], turnDeg: -10 + variant * 2, tiltDeg: 9, fieldDeg: 60 })
  const haze = { colour: mixed(hour.low, hour.high, 0.3), perMetre: 0.011 }
  const light: Light = { from: [0.5, -0.7, 1], ambient: 0.62, haze }
  const houseLamp = {
    place: [-2.6, 11.4, 2.9] as Place,
    colour: [1, 0.85, 0.6] as Colour,
    power: hour.lamps ? 1.3 : 0.12,
    reach: 4.5,
  }
  const lighting: Lighting = { ambient: hour.day, lamps: [houseLamp] }
  const tinted = (colour: Colour): Colour => [colour[0] * hour.day[0], colour[1] * hour.day[1], colour[2] * hour.day[2]]

  return {
    drawBackdrop(canvas) {
      drawSky(canvas)
      drawHills(canvas)
      drawSurface(canvas, view, level(-160, 160, 0.5, 140, 0), ground())
      drawFence(canvas)
      drawHouse(canvas)
      drawFaces(
        canvas,
        view,
        box(
          [BARRIER.right - 0.1, BARRIER.ahead - 0.2, 0],
          [BARRIER.right + 0.35, BARRIER.ahead + 0.25, 1.15],
          tinted([0.75, 0.5, 0.14]),
        ),
        light,
      )
    },
    drawMoment(canvas, loop) {
      const ahead = carAhead(loop)
      const open = barrierOpen(loop)
      const drawArm = () => drawBarrier(canvas, open)
      if (ahead < BARRIER.ahead) drawArm()
      if (ahead > 1 && ahead < 78) {
        drawCar(
          canvas,
          view,
          {
            right: 1.1,
            ahead,
            headingDeg: 180,
            colour: tinted(cars[variant % cars.length]!),
            isDriving: hour.lamps,
          },
          light,
        )
      }
      if (ahead >= BARRIER.ahead) drawArm()
      const guard = Math.sin(loop * 2 * Math.PI)
      drawPerson(
        canvas,
        view,
        {
          place: [-1.15 + guard * 0.5, 12.6, 0],
          heightM: 1.8,
          coat: [0.16, 0.2, 0.3],
          legs: [0.12, 0.13, 0.16],
          stride: loop * 4,
          sideways: Math.cos(loop * 2 * Math.PI) > 0 ? 1 : -1,
        },
        scaled(hour.day, 1.15),
      )
    },
  }

  /** Comes, waits before the barrier, goes on below the camera. */
  function carAhead(loop: number): number {
    const stop = BARRIER.ahead + 4.3
    if (loop < 0.32) return stop + ((0.32 - loop) / 0.32) ** 1.6 * 64
    if (loop < 0.5) return stop
    return stop - ((loop - 0.5) / 0.4) ** 1.7 * 19
  }

  function barrierOpen(loop: number): number {
    const ease = (part: number) => part * part * (3 - 2 * part)
    if (loop < 0.38 || loop > 0.96) return 0
    if (loop < 0.5) return ease((loop - 0.38) / 0.12)
    return loop < 0.82 ? 1 : ease((0.96 - loop) / 0.14)
  }

  function drawSky(canvas: Canvas): void {
    fill(
      canvas,
      [
        [0, 0],
        [640, 0],
        [640, 200],
        [0, 200],
      ],
      (x, y, into) => {
        const cloud = noise(x * 0.008 + variant * 9, y * 0.03) * 0.6 + noise(x * 0.03, y * 0.09 + variant) * 0.4
        const part = Math.min(1, y / 150)
        for (const i of [0, 1, 2] as const)
          into[i] = (hour.high[i] + (hour.low[i] - hour.high[i]) * part) * (0.9 + cloud * 0.2)
      },
    )
  }

  function drawHills(canvas: Canvas): void {
    const horizon = view.point([0, 4000, 0])[1]
    for (const [height, rough, shade] of [
      [26, 0.006, 0.75],
      [15, 0.013, 0.5],
    ] as const) {
      const ridge = Array.from({ length: 65 }, (_, i): [number, number] => [
        i * 10,
        horizon - height * noise(i * 10 * rough + variant * 5 + height, 3) - 2,
      ])
      fill(
        canvas,
        [...ridge, [640, horizon + 20], [0, horizon + 20]],
        mixed(tinted([0.2, 0.27, 0.24]), haze.colour, shade),
      )
    }
  }

  function ground(): Shade {
    const grass: Colour = [0.24, 0.28, 0.21]
    const road: Colour = [0.33, 0.335, 0.345]
    const surface = matt(lighting, road, 0.34, (x, y) => {
      if (x < -0.9 || x > 3.2) return x > -4.4 && x < -0.9 && y < 18 ? [0.38, 0.38, 0.375] : grass
      if (Math.abs(x + 0.75) < 0.06 || Math.abs(x - 3.05) < 0.06) return [0.7, 0.7, 0.67]
      return Math.abs(y - BARRIER.ahead - 1.6) < 0.18 ? [0.72, 0.72, 0.69] : road
    })
    return inHaze(view, haze, surface)
  }

  function drawFence(canvas: Canvas): void {
    const wire = tinted([0.42, 0.44, 0.45])
    for (const [from, to] of [
      [-26, -4.6],
      [4.2, 30],
    ] as const) {
      for (let x = from; x <= to; x += 2.2) {
        const size = view.unitsPerMetre([x, BARRIER.ahead + 1, 1])
        capsule(
          canvas,
          view.point([x, BARRIER.ahead + 1, 0]),
          view.point([x, BARRIER.ahead + 1, 2.1]),
          size * 0.035,
          size * 0.035,
          wire,
        )
      }
      for (let up = 0.2; up <= 2.1; up += 0.19) {
        const size = view.unitsPerMetre([from, BARRIER.ahead + 1, up])
        capsule(
          canvas,
          view.point([from, BARRIER.ahead + 1, up]),
          view.point([to, BARRIER.ahead + 1, up]),
          size * 0.008,
          size * 0.008,
          wire,
          0.75,
        )
      }
    }
  }

  function drawHouse(canvas: Canvas): void {
    shadow(canvas, view, [-2.9, 12.6, 0.01], 2.3, 1.8, 0.5)
    const wall = tinted([0.55, 0.58, 0.6])
    drawFaces(canvas, view, box([-4, 11.3, 0], [-1.9, 13.6, 2.7], wall), light)
    drawFaces(canvas, view, box([-4.25, 11, 2.7], [-1.65, 13.9, 2.92], tinted([0.3, 0.32, 0.34])), light)
    const lit: Colour = hour.lamps ? [0.95, 0.8, 0.52] : tinted([0.5, 0.62, 0.68])
    drawFlat(canvas, view, across(-3.7, -2.2, 11.28, 1.15, 2.25), gradient([0, 100], lit, [0, 230], scaled(lit, 0.6)))
    drawFlat(canvas, view, along(-1.88, 11.7, 13.1, 1.15, 2.25), scaled(lit, 0.8))
    drawFlat(canvas, view, across(-2.98, -2.92, 11.27, 1.15, 2.25), scaled(wall, 0.6))
    if (hour.lamps) glow(canvas, view.point([-2.9, 11.3, 1.8]), 70, 50, [0.9, 0.65, 0.35], 0.3)
  }

  function drawBarrier(canvas: Canvas, open: number): void {
    const angle = (open * 74 * Math.PI) / 180
    const at = (along: number): Place => [
      BARRIER.right - along * Math.cos(angle),
      BARRIER.ahead,
      BARRIER.up + along * Math.sin(angle),
    ]
    const size = view.unitsPerMetre(at(2))
    const parts = 10
    for (let i = 0; i < parts; i++) {
      const colour = tinted(i % 2 === 0 ? [0.95, 0.95, 0.93] : [0.85, 0.13, 0.1])
      const [a, b] = [view.point(at((i / parts) * 4.3)), view.point(at(((i + 1) / parts) * 4.3))]
      fill(
        canvas,
        [
          [a[0], a[1] - size * 0.07],
          [b[0], b[1] - size * 0.07],
          [b[0] - size * 0.07 * Math.sin(angle), b[1] + size * 0.07],
          [a[0] - size * 0.07 * Math.sin(angle), a[1] + size * 0.07],
        ],
        colour,
      )
    }
    const tip = view.point(at(4.3))
    const blink: Colour = open > 0 && open < 1 ? [1, 0.55, 0.1] : [0.5, 0.05, 0.04]
    capsule(canvas, tip, tip, size * 0.06, size * 0.06, blink)
    if (open > 0 && open < 1) glow(canvas, tip, size * 0.6, size * 0.6, blink, 0.5)
  }
}
