import type { Canvas } from '../draw/canvas.ts'
import type { Colour } from '../draw/colour.ts'
import { litAt, matt } from '../draw/lighting.ts'
import { across, along } from '../draw/rectangle.ts'
import { box, drawFaces, drawFlat, shadow } from '../draw/solid.ts'
import { drawSurface } from '../draw/surface.ts'
import type { Place } from '../draw/view.ts'
import { light, type Lobby } from './lobby-room.ts'

export function drawSofa(canvas: Canvas, { view, lighting, mirror }: Lobby): void {
  const at = (x: number, y: number, z: number): Place => [mirror * x, y, z]
  const lit = (place: Place, colour: Colour) => litAt(lighting, place, colour)
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

export function drawDesk(canvas: Canvas, { view, lighting, mirror }: Lobby): void {
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
    box(
      [left - 0.08, 10.7, 1.1],
      [right + 0.08, 11.55, 1.17],
      litAt(lighting, [(left + right) / 2, 11, 1.2], [0.6, 0.58, 0.55]),
    ),
    light,
  )
  drawFlat(canvas, view, across(left, right, 10.78, 0.02, 0.06), [0.8, 0.65, 0.42], 0.55, 'add')
  const screen = mirror * 5.4
  drawFaces(canvas, view, box([screen - 0.28, 11.2, 1.2], [screen + 0.28, 11.25, 1.55], [0.07, 0.08, 0.09]), light)
}
