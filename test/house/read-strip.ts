import type { Locator } from '@playwright/test'
import { ageMs, readStrip } from '../simulator/media/strip.ts'

/** Reads the machine-readable strip of the frame a tile shows now: its number, and how long ago it was sent. */
export async function readTileStrip(tile: Locator): Promise<{ counter: number; ageMs: number }> {
  const { pixels, widthPx, now } = await tile.evaluate((element) => {
    // While a stream changes there are two; the one that is seen has a picture.
    const video = [...element.querySelectorAll('video')].findLast((one) => one.videoWidth > 0)!
    const canvas = new OffscreenCanvas(video.videoWidth, 32)
    const context = canvas.getContext('2d')!
    context.drawImage(video, 0, 0)
    const { data } = context.getImageData(0, 0, video.videoWidth, 32)
    return { pixels: [...data], widthPx: video.videoWidth, now: Date.now() }
  })
  const reading = readStrip(pixels, widthPx)
  if (!reading) throw new Error('the tile shows no readable strip')
  return { counter: reading.counter, ageMs: ageMs(reading, now) }
}
