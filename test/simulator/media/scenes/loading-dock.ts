import type { Canvas } from '../draw/canvas.ts'
import { mixed, scaled, type Colour } from '../draw/colour.ts'
import { drawForkLift, type ForkLift } from '../draw/fork-lift.ts'
import { litAt, matt, type Lighting } from '../draw/lighting.ts'
import { drawPerson } from '../draw/person.ts'
import { Random } from '../draw/random.ts'
import { capsule, glow } from '../draw/round.ts'
import { box, drawFaces, drawFlat, shadow, type Light } from '../draw/solid.ts'
import { drawSurface } from '../draw/surface.ts'
import { across, along, level } from '../draw/rectangle.ts'
import { View, type Place } from '../draw/view.ts'
import type { Scene } from './scene.ts'

const WALL = 15
const DOOR = { width: 3.4, height: 3.7 } as const
const doorMiddles = [-9.6, -4.8, 0, 4.8, 9.6]
const yellow: Colour = [0.78, 0.58, 0.12]
const shutters: readonly Colour[] = [
  [0.42, 0.47, 0.51],
  [0.36, 0.44, 0.5],
  [0.5, 0.48, 0.43],
]
const light: Light = { from: [0.2, -0.8, 1], ambient: 0.5 }

/** A loading dock inside: shutters, one open with a lorry behind it, a fork lift at work, somebody with a list. */
export function loadingDock(variant: number): Scene {
  const random = new Random(5 + variant)
  const side = variant % 2 === 0 ? 1 : -1
  const view = new View({ position: [side * -2.2, 0, 4.6], turnDeg: side * 9, tiltDeg: 11, fieldDeg: 57 })
  const openDoor = doorMiddles[variant % 2 === 0 ? 3 : 1]!
  const lighting: Lighting = {
    ambient: [0.3, 0.315, 0.34],
    lamps: doorMiddles.map((x, i) => ({
      place: [x + 2.4, 10.5, 5.6],
      colour: [1, 0.94, 0.82] as Colour,
      power: i === 1 + variant ? 0.35 : 1.5,
      reach: 5.4,
    })),
  }
  const lit = (place: Place, colour: Colour) => litAt(lighting, place, colour)

  return {
    drawBackdrop(canvas) {
      drawSurface(canvas, view, level(-40, 40, 0.5, WALL, 0), matt(lighting, [0.36, 0.37, 0.38], 0.36, floorColour))
      drawOpenDoor(canvas, openDoor)
      drawWall(canvas)
      drawFrame(canvas, openDoor)
      doorMiddles.forEach((middle, i) => {
        if (middle !== openDoor) drawShutter(canvas, middle, i)
      })
      drawStock(canvas)
      for (const { place } of lighting.lamps) drawLamp(canvas, place)
    },
    drawMoment(canvas, loop) {
      const walker = (loop + 0.3 * variant) % 1
      const there = walker < 0.5
      const along = there ? walker * 2 : 2 - walker * 2
      const place: Place = [side * (-5.5 + along * 5.5), 8.2, 0]
      drawForkLift(canvas, view, forkLiftAt(loop), lighting, light)
      drawPerson(
        canvas,
        view,
        {
          place,
          heightM: 1.8,
          coat: [0.13, 0.15, 0.19],
          legs: [0.14, 0.15, 0.18],
          stride: walker * 12,
          sideways: there === side > 0 ? 1 : -1,
          vest: [0.95, 0.42, 0.07],
        },
        lit([place[0], place[1], 1.4], [1, 1, 1]),
      )
    },
  }

  /** All of the wall but the open door. */
  function drawWall(canvas: Canvas): void {
    const panel: Colour = [0.42, 0.44, 0.47]
    const paint = matt(lighting, panel, 0.12, (x, _y, z) => {
      if (Math.abs(z - 5.1) < 0.1) return [0.26, 0.28, 0.31]
      return Math.abs((x + 80) % 2.4) < 0.03 ? [0.34, 0.36, 0.39] : panel
    })
    const [left, right] = [openDoor - DOOR.width / 2, openDoor + DOOR.width / 2]
    const piece = (x0: number, x1: number, low: number, high: number) =>
      drawSurface(canvas, view, across(x0, x1, WALL, low, high), paint)
    piece(-40, left, 0, 8)
    piece(right, 40, 0, 8)
    piece(left, right, DOOR.height, 8)
  }

  function floorColour(x: number, y: number): Colour {
    const concrete: Colour = [0.36, 0.37, 0.38]
    if (Math.abs(y - 12.1) < 0.09) return yellow
    if (y > 12.2 && doorMiddles.some((middle) => Math.abs(Math.abs(x - middle) - 1.9) < 0.06)) return yellow
    if (y > 12.2 && Math.abs(x - openDoor) < 1.8 && Math.floor((x + y) / 0.55) % 2 === 0) return [0.5, 0.42, 0.18]
    return Math.abs((x + 60) % 5) < 0.02 || Math.abs(y % 5) < 0.025 ? [0.27, 0.28, 0.29] : concrete
  }

  function doorway(middle: number, at: number): Place[] {
    const [left, right] = [middle - DOOR.width / 2, middle + DOOR.width / 2]
    return across(left, right, at, 0, DOOR.height)
  }

  function drawShutter(canvas: Canvas, middle: number, number: number): void {
    const colour = shutters[(number + variant) % shutters.length]!
    drawSurface(
      canvas,
      view,
      doorway(middle, WALL - 0.03),
      matt(lighting, colour, 0.1, (_x, _y, z) => scaled(colour, 0.62 + 0.42 * (((z * 3.1) % 1) + 0))),
    )
    drawFrame(canvas, middle)
    const plate: Place[] = across(middle - 0.28, middle + 0.28, WALL - 0.05, 4, 4.5)
    drawSurface(canvas, view, plate, matt(lighting, [0.75, 0.76, 0.74], 0))
    const lampPlace = view.point([middle + 2.05, WALL - 0.1, 2.2])
    const size = view.unitsPerMetre([middle, WALL, 2])
    capsule(canvas, lampPlace, lampPlace, size * 0.07, size * 0.07, [0.75, 0.1, 0.07])
    glow(canvas, lampPlace, size * 0.35, size * 0.35, [0.7, 0.08, 0.05], 0.4)
  }

  function drawFrame(canvas: Canvas, middle: number): void {
    for (const edge of [-1, 1]) {
      const x = middle + edge * (DOOR.width / 2 + 0.12)
      drawFaces(
        canvas,
        view,
        box(
          [x - 0.12, WALL - 0.35, 0],
          [x + 0.12, WALL, DOOR.height + 0.2],
          lit([x, WALL - 0.4, 2], [0.2, 0.21, 0.22]),
        ),
        light,
      )
      drawFaces(
        canvas,
        view,
        box([x - 0.14, WALL - 0.5, 0], [x + 0.14, WALL - 0.2, 0.9], lit([x, WALL - 0.4, 0.5], yellow)),
        light,
      )
    }
    drawFaces(
      canvas,
      view,
      box(
        [middle - 1.95, WALL - 0.4, DOOR.height],
        [middle + 1.95, WALL, DOOR.height + 0.28],
        lit([middle, WALL - 0.4, 3.8], [0.26, 0.27, 0.29]),
      ),
      light,
    )
  }

  /** The inside of a lorry, lit by its own lamp, with what is left to unload. */
  function drawOpenDoor(canvas: Canvas, middle: number): void {
    const inside: Lighting = {
      ambient: [0.09, 0.1, 0.12],
      lamps: [{ place: [middle, WALL + 2, 3], colour: [0.9, 0.95, 1], power: 0.55, reach: 2.2 }],
    }
    const [left, right, back, top] = [middle - 1.35, middle + 1.35, WALL + 8, 3.1]
    drawFlat(canvas, view, doorway(middle, WALL), [0.035, 0.04, 0.045])
    const wall = matt(inside, [0.62, 0.63, 0.64], 0.1, (_x, y) =>
      Math.abs(y % 0.8) < 0.05 ? [0.45, 0.46, 0.47] : [0.62, 0.63, 0.64],
    )
    drawSurface(canvas, view, across(left, right, back, 0, top), wall)
    drawSurface(canvas, view, level(left, right, WALL, back, 0), matt(inside, [0.36, 0.29, 0.22], 0.3))
    for (const x of [left, right]) drawSurface(canvas, view, along(x, WALL, back, 0, top), wall)
    for (const [x, y, height] of [
      [-0.7, WALL + 5, 1.6],
      [0.65, WALL + 4.4, 2],
      [-0.6, WALL + 3, 1],
    ] as const) {
      const place: Place = [middle + x - 0.55, y, 0]
      drawFaces(
        canvas,
        view,
        box(place, [middle + x + 0.55, y + 1, height], litAt(inside, [middle + x, y, height], [0.62, 0.48, 0.32])),
        light,
      )
    }
  }

  function drawStock(canvas: Canvas): void {
    for (const [x, y] of [
      [-11.5, 12.6],
      [-8, 13.1],
      [side * 7.4 + 4, 13.2],
      [side * 9 + 4, 12.7],
      [-side * 6, 13.3],
    ] as const) {
      const levels = 1 + Math.floor(random.next() * 3)
      if (Math.abs(x - openDoor) < DOOR.width) continue
      shadow(canvas, view, [x, y + 0.5, 0.01], 1.1, 0.9, 0.5)
      for (let level = 0; level < levels; level++) {
        const carton: Colour = mixed([0.5, 0.38, 0.25], [0.6, 0.5, 0.36], random.next())
        const wide = random.between(0.48, 0.6)
        const low = level * 0.85
        drawFaces(
          canvas,
          view,
          box([x - 0.6, y, low], [x + 0.6, y + 1, low + 0.12], lit([x, y, 1], [0.34, 0.26, 0.17])),
          light,
        )
        drawFaces(
          canvas,
          view,
          box([x - wide, y + 0.05, low + 0.12], [x + wide, y + 0.95, low + 0.82], lit([x, y, 1 + level], carton)),
          light,
        )
      }
    }
  }

  function drawLamp(canvas: Canvas, [x, y, z]: Place): void {
    const size = view.unitsPerMetre([x, y, z])
    const point = view.point([x, y, z])
    glow(canvas, point, size * 2.2, size * 1.5, [1, 0.94, 0.8], 0.2)
  }

  /** To the open door without a load and back with one, in one loop. */
  function forkLiftAt(loop: number): ForkLift {
    const ease = (part: number) => part * part * (3 - 2 * part)
    const isLoaded = loop >= 0.5
    const out = isLoaded ? ease((loop - 0.5) * 2) : 1 - ease(loop * 2)
    return {
      right: openDoor - side * 0.4 * out,
      ahead: 7.4 + (1 - out) * 8.8,
      colour: yellow,
      isLoaded,
      isBlinking: Math.sin(loop * 16 * Math.PI) > 0,
    }
  }
}
