import type { Canvas } from '../draw/canvas.ts'
import type { Colour } from '../draw/colour.ts'
import { litAt, type Lighting } from '../draw/lighting.ts'
import { drawPerson, type Person } from '../draw/person.ts'
import { drawPlant } from '../draw/plant.ts'
import { View, type Place } from '../draw/view.ts'
import { drawDesk, drawSofa } from './lobby-furniture.ts'
import { drawPicture, drawRoom, drawWindows, type Lobby } from './lobby-room.ts'
import type { Scene } from './scene.ts'

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

  const room: Lobby = { view, lighting, mirror, sky, variant, deskLamps }

  return {
    drawBackdrop(canvas) {
      drawRoom(canvas, room)
      drawWindows(canvas, room)
      drawPicture(canvas, room)
      drawSofa(canvas, room)
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
      drawDesk(canvas, room)
    },
    drawMoment(canvas, loop) {
      const people = [
        walker(loop, 0.15 * variant, 12.6, 1, 0),
        walker(loop, 0.5 + 0.1 * variant, 9.2, -1, 1),
        walker(loop, 0.78, 6.4, 1, 2),
      ]
      for (const person of people) drawPersonAt(canvas, person)
      drawGuest(canvas, loop)
      const before = people.filter(({ place }) => place[1] < 10)
      if (before.length > 0) drawDesk(canvas, room)
      for (const person of before) drawPersonAt(canvas, person)
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
}
