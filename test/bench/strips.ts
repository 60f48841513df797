import type { Page } from '@playwright/test'
import { ageMs, readStrip, STRIP_TOP_PX, STRIP_WIDTH_PX } from '../simulator/media/strip.ts'
import { TILE } from './playback-stage.ts'

/**
 * Which moment each tile of a playback shows at one instant, epoch milliseconds, read from the strips of the pictures that
 * are on the screen then; `null` where a tile shows none.
 */
export async function shownMoments(page: Page): Promise<(number | null)[]> {
  const size = { widthPx: STRIP_WIDTH_PX, heightPx: 2 * STRIP_TOP_PX }
  const { pictures, nowMs } = await page.locator(TILE).evaluateAll(lookAtStrips, size)
  return pictures.map((pixels) => {
    const reading = pixels && readStrip(pixels, STRIP_WIDTH_PX, 1)
    return reading ? nowMs - ageMs(reading, nowMs) : null
  })
}

/** Runs inside the page: it may use nothing from this file. The strip is grey, so one of its three colours says it all. */
function lookAtStrips(tiles: Element[], { widthPx, heightPx }: { widthPx: number; heightPx: number }) {
  const brushes = tiles.map(() =>
    new OffscreenCanvas(widthPx, heightPx).getContext('2d', { willReadFrequently: true })!,
  )
  // All of them before any is read, which takes longer.
  const isSeen = tiles.map((tile, index) => {
    const frozen = [...tile.querySelectorAll('canvas')].find(({ style }) => style.display !== 'none')
    // While one waits for its first picture the other stands, paused, and is seen.
    const playing = [...tile.querySelectorAll('video')].filter(({ srcObject }) => srcObject !== null)
    const source = frozen ?? playing.find(({ paused }) => paused) ?? playing[0]
    if (!source) return false
    if (getComputedStyle(source).visibility === 'hidden') return false
    brushes[index]!.drawImage(source, 0, 0)
    return true
  })
  const nowMs = Date.now()
  const pictures = brushes.map((brush, index) => {
    if (!isSeen[index]) return null
    return [...brush.getImageData(0, 0, widthPx, heightPx).data].filter((_, at) => at % 4 === 1)
  })
  return { pictures, nowMs }
}
