import { BAND_HEIGHT_PX } from '../band/band.ts'
import { Canvas } from '../draw/canvas.ts'
import { Finisher, type Planes } from '../draw/finish.ts'
import { sceneMakers } from '../scenes/index.ts'
import { sceneNames } from '../scenes/scene.ts'
import type { ClipSpec } from './spec.ts'

/** Draws the pictures of a clip one by one, and the still top of the scene that the band shows behind its text. */
export function drawClip(spec: ClipSpec): { backdrop: Planes; pictures: Iterable<Planes> } {
  const scene = sceneMakers[spec.scene](spec.variant)
  const still = new Canvas(spec.widthPx, spec.heightPx)
  scene.drawBackdrop(still)
  const seed = sceneNames.indexOf(spec.scene) * 100 + spec.variant
  const backdrop = topOf(new Finisher(spec, seed, 0).finish(still), spec.widthPx)
  return { backdrop, pictures: moments() }

  function* moments(): Generator<Planes> {
    const canvas = new Canvas(spec.widthPx, spec.heightPx)
    const finisher = new Finisher(spec, seed)
    for (let i = 0; i < spec.pictures; i++) {
      canvas.copyFrom(still)
      scene.drawMoment(canvas, i / spec.pictures)
      yield finisher.finish(canvas)
    }
  }
}

function topOf({ luma, cb, cr }: Planes, widthPx: number): Planes {
  const size = widthPx * BAND_HEIGHT_PX
  return { luma: luma.slice(0, size), cb: cb.slice(0, size / 4), cr: cr.slice(0, size / 4) }
}
