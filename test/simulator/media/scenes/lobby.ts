import { gradient, type Canvas } from '../draw/canvas.ts'
import { mixed, type Colour } from '../draw/colour.ts'
import { litAt, matt, type Lighting } from '../draw/lighting.ts'
import { noise } from '../draw/noise.ts'
import { drawPerson, type Person } from '../draw/person.ts'
import { drawPlant } from '../draw/plant.ts'
import { fill } from '../draw/polygon.ts'
import { Random } from '../draw/random.ts'
import { capsule, ellipse, glow } from '../draw/round.ts'
import { box, drawFaces, drawFlat, shadow, type Light } from '../draw/solid.ts'
import { drawSurface } from '../draw/surface.ts'
import { across, along, level } from '../draw/rectangle.ts'
import { View, type Place } from '../draw/view.ts'
import type { Scene } from './scene.ts'

const BACK = 15
const HEIGHT = 4.6
const light: Light = { from: [-0.6, -0.5, 1], ambient: 0.5 }
/** What stands outside: dusk, morning, overcast. */
const skies: readonly { high: Colour; low: Colour; day: Colour }[] = [
  { high: [0.13, 0.18, 0.26], low: [0.42, 0.36, 0.34], day: [0.25, 0.28, 0.36] },
  { high: [0.4, 0.47, 0.53], low: [0.6, 0.6, 0.57], day: [0.48, 0.52, 0.56] },
  { high: [0.05, 0.07, 0.11], low: [0.13, 0.15, 0.2], day: [0.14, 0.16, 0.2] },
]
const coats: readonly Colour[] = [
  [0.16, 0.19, 0.27],
  [0.4, 0.36, 0.3],
  [0.3, 0.13, 0.13],
  [0.46, 0.47, 0.48],
]

/** A lobby: a wall of glass, the reception, plants and a sofa, visitors crossing. */
export function lobby(variant: number): Scene {
  const sky = skies[variant % skies.length]!
  const mirror = variant % 2 === 0 ? 1 : -1
  const view = new View({ position: [0, 0, 3.7], turnDeg: mirror * 3, tiltDeg: 13, fieldDeg: 68 })
  const deskLamps = [2.6, 4.4, 6.2].map((x) => ({
    place: [mirror * x, 10.6, 3] as Place,
    colour: [1, 0.84, 0.6] as Colour,
    power: 0.75,
    reach: 2.4,
  }))
  const lighting: Lighting = {
    ambient: [0.27, 0.28, 0.3],
    lamps: [
      { place: [mirror * -8.5, 11, 3], colour: sky.day, power: 2.4, reach: 6 },
      { place: [0, 6, 4.4], colour: [1, 0.92, 0.8], power: 0.9, reach: 5.2 },
      ...deskLamps,
    ],
  }
  const at = (x: number, y: number, z: number): Place => [mirror * x, y, z]
  const lit = (place: Place, colour: Colour) => litAt(lighting, place, colour)

  return {
    drawBackdrop(canvas) {
      drawRoom(canvas)
      drawWindows(canvas)
      drawPicture(canvas)
      drawSofa(canvas)
      drawPlant(canvas, view, lighting, { place: at(-1.6, 13.6, 0), heightM: 1.9 })
      drawPlant(canvas, view, lighting, { place: at(7.6, 13.2, 0), heightM: 2.2 })
      drawPersonAt(canvas, {
        place: at(4.6, 11.6, 0),
        heightM: 1.72,
        coat: [0.2, 0.24, 0.31],
        legs: [0.1, 0.1, 0.12],
        stride: null,
        sideways: 0,
        isSeated: true,
      })
      drawDesk(canvas)
    },
    drawMoment(canvas, loop) {
      const people = [
        walker(loop, 0.15 * variant, 12.6, 1, 0),
        walker(loop, 0.5 + 0.1 * variant, 9.2, -1, 1),
        walker(loop, 0.78, 6.4, 1, 2),
      ]
      for (const person of people) drawPersonAt(canvas, person)
      drawGuest(canvas, loop)
      drawDesk(
        canvas,
        people.some(({ place }) => place[1] < 10),
      )
      for (const person of people) if (person.place[1] < 10) drawPersonAt(canvas, person)
    },
  }

  /** Crosses from one side to the other; out of sight at both ends of the loop. */
  function walker(loop: number, phase: number, ahead: number, to: 1 | -1, dress: number): Person {
    const part = (loop + phase) % 1
    const half = ahead * 0.74 + 1
    return {
      place: [to * mirror * (part * 2 - 1) * half, ahead + part * 0.6, 0],
      heightM: 1.68 + dress * 0.06,
      coat: coats[(dress + variant) % coats.length]!,
      legs: [0.13, 0.14, 0.17],
      stride: part * Math.round(half * 1.25),
      sideways: to * mirror > 0 ? 1 : -1,
    }
  }

  function drawPersonAt(canvas: Canvas, person: Person): void {
    drawPerson(canvas, view, person, lit([person.place[0], person.place[1], 1.4], [1.15, 1.15, 1.15]))
  }

  /** Waits before the desk, shifting from foot to foot. */
  function drawGuest(canvas: Canvas, loop: number): void {
    const sway = Math.sin(loop * 2 * Math.PI) * 0.07
    drawPersonAt(canvas, {
      place: at(2 + sway, 10.3, 0),
      heightM: 1.8,
      coat: coats[(variant + 3) % coats.length]!,
      legs: [0.12, 0.13, 0.16],
      stride: null,
      sideways: 0,
    })
  }

  function drawRoom(canvas: Canvas): void {
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
  function drawWindows(canvas: Canvas): void {
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

  function drawPicture(canvas: Canvas): void {
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

  function drawSofa(canvas: Canvas): void {
    const cloth = lit(at(-6.5, 12, 0.6), [0.3, 0.33, 0.36])
    const part = (x0: number, y0: number, z0: number, x1: number, y1: number, z1: number) => {
      const [left, right] = [Math.min(mirror * x0, mirror * x1), Math.max(mirror * x0, mirror * x1)]
      drawFaces(canvas, view, box([left, y0, z0], [right, y1, z1], cloth), light)
    }
    shadow(canvas, view, at(-6.2, 12.4, 0.01), 2, 0.9, 0.5)
    part(-7.7, 12.8, 0.1, -4.7, 13.2, 0.95)
    part(-7.7, 12, 0.1, -7.4, 13.1, 0.68)
    part(-7.4, 12, 0.1, -5, 12.8, 0.45)
    part(-5, 12, 0.1, -4.7, 13.1, 0.68)
    shadow(canvas, view, at(-6.2, 10.7, 0.01), 0.9, 0.5, 0.4)
    drawFaces(
      canvas,
      view,
      box(
        [Math.min(mirror * -6.9, mirror * -5.5), 10.4, 0.32],
        [Math.max(mirror * -6.9, mirror * -5.5), 11, 0.4],
        lit(at(-6.2, 10.7, 0.4), [0.35, 0.25, 0.17]),
      ),
      light,
    )
  }

  function drawDesk(canvas: Canvas, isNeeded = true): void {
    if (!isNeeded) return
    const [left, right] = [Math.min(mirror * 2.6, mirror * 7), Math.max(mirror * 2.6, mirror * 7)]
    shadow(canvas, view, [(left + right) / 2, 10.9, 0.01], 2.7, 0.8, 0.45)
    const front: Place[] = across(left, right, 10.8, 0, 1.1)
    drawSurface(
      canvas,
      view,
      front,
      matt(lighting, [0.38, 0.27, 0.18], 0.2, (x) =>
        Math.abs((x + 40) % 0.55) < 0.02 ? [0.16, 0.11, 0.07] : [0.38, 0.27, 0.18],
      ),
    )
    const end = mirror > 0 ? left : right
    drawSurface(canvas, view, along(end, 10.8, 11.5, 0, 1.1), matt(lighting, [0.27, 0.19, 0.13], 0.2))
    drawFaces(
      canvas,
      view,
      box([left - 0.08, 10.7, 1.1], [right + 0.08, 11.55, 1.17], lit([(left + right) / 2, 11, 1.2], [0.6, 0.58, 0.55])),
      light,
    )
    drawFlat(canvas, view, across(left, right, 10.78, 0.02, 0.06), [0.8, 0.65, 0.42], 0.55, 'add')
    const screen = at(5.4, 11.2, 1.18)
    drawFaces(
      canvas,
      view,
      box([screen[0] - 0.28, 11.2, 1.2], [screen[0] + 0.28, 11.25, 1.55], [0.07, 0.08, 0.09]),
      light,
    )
  }
}
