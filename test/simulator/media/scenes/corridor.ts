import type { Canvas } from '../draw/canvas.ts'
import type { Colour } from '../draw/colour.ts'
import { litAt, matt, type Lighting } from '../draw/lighting.ts'
import { drawPerson } from '../draw/person.ts'
import { glow } from '../draw/round.ts'
import { drawFlat } from '../draw/solid.ts'
import { drawSurface } from '../draw/surface.ts'
import { across, along, level } from '../draw/rectangle.ts'
import { View, type Place } from '../draw/view.ts'
import type { Scene } from './scene.ts'

const HALF = 1.5
const HEIGHT = 2.8
const LENGTH = 19

const walls: readonly Colour[] = [
  [0.46, 0.5, 0.55],
  [0.52, 0.49, 0.45],
  [0.43, 0.51, 0.48],
]
const doors: readonly Colour[] = [
  [0.25, 0.31, 0.39],
  [0.36, 0.27, 0.2],
  [0.2, 0.33, 0.33],
]

/** A corridor: ceiling lights and their reflection, doors, a sign over the way out, people on their way. */
export function corridor(variant: number): Scene {
  const side = variant % 2 === 0 ? 1 : -1
  const view = new View({ position: [side * 0.55, -0.4, 2.45], turnDeg: side * -3, tiltDeg: 9, fieldDeg: 74 })
  const panels = [2.2, 5.8, 9.4, 13, 16.6].filter((_, i) => i !== 2 + variant)
  const panelColour: Colour = variant === 1 ? [1, 0.93, 0.8] : [0.88, 0.95, 1]
  const lighting: Lighting = {
    ambient: [0.16, 0.17, 0.19],
    lamps: panels.map((y) => ({ place: [0, y, HEIGHT - 0.25], colour: panelColour, power: 1.0, reach: 2.7 })),
  }
  const wall = walls[variant % walls.length]!
  const door = doors[variant % doors.length]!

  return {
    drawBackdrop(canvas) {
      drawRoom(canvas)
      drawReflections(canvas)
      for (const y of [14.5, 9.5, 4.5]) {
        drawDoor(canvas, -HALF + 0.01, y + (variant % 2))
        drawDoor(canvas, HALF - 0.01, y + 1.6)
      }
      for (const y of panels.toReversed()) drawPanel(canvas, y)
      drawExit(canvas)
    },
    drawMoment(canvas, loop) {
      const walkers = [
        { part: loop, comes: variant % 2 === 0, right: -0.45, coat: [0.2, 0.24, 0.31] as Colour, speed: 11 },
        { part: (loop + 0.55) % 1, comes: variant % 2 !== 0, right: 0.55, coat: [0.42, 0.42, 0.4] as Colour, speed: 9 },
      ]
      const placed = walkers.map((walker) => ({
        ...walker,
        ahead: walker.comes ? LENGTH - 1 - walker.part * 18 : walker.part * 18,
      }))
      for (const { right, ahead, coat, part, speed, comes } of placed.sort((a, b) => b.ahead - a.ahead)) {
        if (ahead < 0.9) continue
        const place: Place = [right, ahead, 0]
        const opacity = Math.min(1, (LENGTH - 1 - ahead) * 0.8)
        const person = {
          place,
          heightM: 1.76,
          coat,
          legs: [0.13, 0.14, 0.17] as Colour,
          stride: part * speed,
          isTurnedAway: !comes,
          sideways: 0 as const,
          opacity,
        }
        drawPerson(canvas, view, person, litAt(lighting, [right, ahead, 1.4], [1.1, 1.1, 1.1]))
      }
    },
  }

  function drawRoom(canvas: Canvas): void {
    const floor = matt(lighting, [0.34, 0.35, 0.37], 0.16, (x, y) =>
      Math.abs((x + 9) % 0.6) < 0.015 || Math.abs(y % 0.6) < 0.02 ? [0.25, 0.26, 0.28] : [0.34, 0.35, 0.37],
    )
    const ceiling = matt(lighting, [0.5, 0.51, 0.53], 0.05, (x, y) =>
      Math.abs((x + 9) % 0.6) < 0.02 || Math.abs(y % 0.6) < 0.03 ? [0.38, 0.39, 0.41] : [0.5, 0.51, 0.53],
    )
    const paint = matt(lighting, wall, 0.08, (_x, _y, z) =>
      z < 0.12 ? [0.16, 0.17, 0.19] : z > 0.86 && z < 1 ? [wall[0] * 0.72, wall[1] * 0.72, wall[2] * 0.72] : wall,
    )
    drawSurface(canvas, view, across(-HALF, HALF, LENGTH, 0, HEIGHT), paint)
    drawSurface(canvas, view, level(-HALF, HALF, -1, LENGTH, 0), floor)
    drawSurface(canvas, view, level(-HALF, HALF, -1, LENGTH, HEIGHT), ceiling)
    for (const x of [-HALF, HALF]) drawSurface(canvas, view, along(x, -1, LENGTH, 0, HEIGHT), paint)
    const end = matt(lighting, [0.2, 0.23, 0.27], 0.1, (x, _y, z) =>
      Math.abs(x) < 0.03
        ? [0.08, 0.09, 0.1]
        : z > 1.1 && z < 1.9 && Math.abs(Math.abs(x) - 0.5) < 0.2
          ? [0.5, 0.6, 0.66]
          : [0.2, 0.23, 0.27],
    )
    drawSurface(canvas, view, across(-1, 1, LENGTH - 0.02, 0, 2.15), end)
  }

  /** The ceiling lights again, below the floor as far as they are above it. */
  function drawReflections(canvas: Canvas): void {
    for (const y of panels) {
      for (const grow of [0, 0.12, 0.25, 0.4]) {
        const [x, dy] = [0.42 + grow * 0.6, 0.7 + grow * 2.4]
        drawFlat(canvas, view, level(-x, x, y - dy, y + dy, -HEIGHT), panelColour, 0.055, 'add')
      }
    }
  }

  function drawPanel(canvas: Canvas, y: number): void {
    const up = HEIGHT - 0.02
    drawFlat(canvas, view, level(-0.36, 0.36, y - 0.66, y + 0.66, up), [0.3, 0.31, 0.33])
    drawFlat(canvas, view, level(-0.3, 0.3, y - 0.6, y + 0.6, up), [1, 1, 1])
    const size = view.unitsPerMetre([0, y, up])
    if (size < 160) glow(canvas, view.point([0, y, up]), size * 1.5, size * 0.6, panelColour, 0.22)
  }

  function drawDoor(canvas: Canvas, x: number, y: number): void {
    const inward = x > 0 ? -0.012 : 0.012
    const leaf = (ahead: number, width: number, low: number, high: number, at: number): Place[] =>
      along(at, ahead, ahead + width, low, high)
    drawSurface(canvas, view, leaf(y - 0.09, 1.13, 0, 2.19, x), matt(lighting, [0.2, 0.21, 0.23], 0.05))
    drawSurface(canvas, view, leaf(y, 0.95, 0, 2.1, x + inward), matt(lighting, door, 0.12))
    drawSurface(canvas, view, leaf(y + 0.62, 0.16, 1.1, 1.85, x + inward * 1.5), matt(lighting, [0.6, 0.68, 0.72], 0.1))
    drawSurface(canvas, view, leaf(y + 0.07, 0.13, 1, 1.05, x + inward * 2), matt(lighting, [0.9, 0.9, 0.9], 0))
    drawSurface(canvas, view, leaf(y + 1.15, 0.25, 1.5, 1.62, x + inward), matt(lighting, [0.75, 0.77, 0.8], 0))
  }

  function drawExit(canvas: Canvas): void {
    const y = LENGTH - 6
    drawFlat(canvas, view, across(-0.34, 0.34, y, 2.28, 2.56), [0.05, 0.62, 0.34])
    drawFlat(canvas, view, across(-0.2, 0.1, y - 0.01, 2.38, 2.46), [0.85, 1, 0.92])
    const size = view.unitsPerMetre([0, y, 2.4])
    glow(canvas, view.point([0, y, 2.42]), size * 0.9, size * 0.6, [0.05, 0.5, 0.28], 0.3)
  }
}
