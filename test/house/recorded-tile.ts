import { expect, type Locator, type Page } from '@playwright/test'
import { readStrip, STRIP_TOP_PX, STRIP_WIDTH_PX } from '../simulator/media/strip.ts'

const CLOCK_SPAN_MS = 2 ** 28
/** As much of a picture as the strip takes: more would hold up a slow machine. */
const strip = { widthPx: STRIP_WIDTH_PX, heightPx: 2 * STRIP_TOP_PX }

/** The tiles of the playback wall. */
export const recordedTiles = (page: Page) => page.locator('.playback [data-tile]')

/** What every tile of a playback says, in order. */
export const recordedStates = (page: Page) =>
  recordedTiles(page).evaluateAll((tiles) => tiles.map((one) => one.getAttribute('data-state')))

export const allRecorded = (page: Page, state: 'opening' | 'playing' | 'still', count: number) =>
  expect.poll(() => recordedStates(page), { timeout: 30_000 }).toEqual(Array.from({ length: count }, () => state))

export interface Seen {
  /** What the tile says that its picture shows, epoch milliseconds. */
  saysMs: number
  /** What the picture's strip says: the moment that was recorded. */
  stripMs: number
  /** Which frame of the recording that is, as the strip counts them. */
  counter: number
  /** When it was painted, by any clock of the page. */
  atMs: number
}

/** The picture a tile shows and what it says of it, of the very same frame. Waits while it shows none of the two. */
export const seeFrame = (page: Page, index: number): Promise<Seen> => seeFrameOf(recordedTiles(page).nth(index))

/** The same of any tile that shows recorded video. */
export async function seeFrameOf(tile: Locator): Promise<Seen> {
  let seen: Seen | null = null
  await expect.poll(async () => (seen = await tryToSee(tile)), { timeout: 30_000 }).not.toBeNull()
  return seen!
}

async function tryToSee(tile: Locator): Promise<Seen | null> {
  const { pixels, says, atMs } = await tile.evaluate(lookAtFrame, strip)
  const reading = pixels.length > 0 ? readStrip(pixels, STRIP_WIDTH_PX, 1) : null
  const saysMs = Date.parse(says)
  if (!reading || Number.isNaN(saysMs)) return null
  const offMs = ((reading.sentMs - (saysMs % CLOCK_SPAN_MS) + CLOCK_SPAN_MS * 1.5) % CLOCK_SPAN_MS) - CLOCK_SPAN_MS / 2
  return { saysMs, stripMs: saysMs + offMs, counter: reading.counter, atMs }
}

/**
 * Runs in the page. A moving picture is looked at in the very moment its next frame is painted. The strip is grey, so one of
 * its three colours says it all.
 */
async function lookAtFrame(tile: Element, { widthPx, heightPx }: { widthPx: number; heightPx: number }) {
  // While one waits for its first picture the other stands, paused, and is seen.
  const playing = [...tile.querySelectorAll('video')].filter(({ srcObject }) => srcObject !== null)
  const video = playing.find(({ paused }) => paused) ?? playing[0]
  const frozen = () => [...tile.querySelectorAll('canvas')].find(({ style }) => style.display !== 'none')
  const isFrozen = () => frozen() !== undefined
  const says = () => tile.querySelector('time')?.dateTime ?? ''
  const look = (source: HTMLCanvasElement | VideoFrame): number[] => {
    const context = new OffscreenCanvas(widthPx, heightPx).getContext('2d', { willReadFrequently: true })!
    context.drawImage(source, 0, 0)
    return [...context.getImageData(0, 0, widthPx, heightPx).data].filter((_, at) => at % 4 === 1)
  }
  const standing = () => ({ pixels: isFrozen() ? look(frozen()!) : [], says: says(), atMs: performance.now() })
  if (isFrozen() || !video) return standing()
  if (video.paused) {
    const frame = new VideoFrame(video)
    const seen = { pixels: look(frame), says: says(), atMs: performance.now() }
    frame.close()
    return seen
  }
  return new Promise<{ pixels: number[]; says: string; atMs: number }>((resolve) => {
    const onFrame: VideoFrameRequestCallback = (_now, { expectedDisplayTime: atMs, mediaTime }) => {
      // Of a new session the tile hears after this, and still shows what it showed.
      if (isFrozen()) return resolve(standing())
      const frame = new VideoFrame(video)
      const isTheOneTold = Math.abs(frame.timestamp - mediaTime * 1_000_000) < 1_000
      if (isTheOneTold) resolve({ pixels: look(frame), says: says(), atMs })
      // Where the page is late, the video has gone on meanwhile.
      else video.requestVideoFrameCallback(onFrame)
      frame.close()
    }
    // The stream may end before there is another: then what stands is seen.
    for (const event of ['emptied', 'pause']) video.addEventListener(event, () => resolve(standing()), { once: true })
    // Asked for once the tile has asked for its next frame, and so told after it: the page has said what it shows then.
    video.requestVideoFrameCallback(() => setTimeout(() => video.requestVideoFrameCallback(onFrame)))
  })
}

/** How far tiles are apart, in milliseconds of recording, whenever each of them was looked at. */
export async function spread(page: Page, count: number, speed = 1): Promise<number> {
  const seen = await Promise.all(Array.from({ length: count }, (_, index) => seeFrame(page, index)))
  const starts = seen.map(({ stripMs, atMs }) => stripMs - speed * atMs)
  return Math.max(...starts) - Math.min(...starts)
}

/** Resolves once a tile has painted so many frames of one session, that many of which can be stepped through. */
export const paintedInARow = (tile: Locator, count: number): Promise<void> => tile.evaluate(countPainted, count)

/** Runs in the page. */
function countPainted(tile: Element, count: number): Promise<void> {
  return new Promise((resolve) => {
    // Each session has one of two videos.
    for (const video of tile.querySelectorAll('video')) {
      let painted = 0
      video.addEventListener('emptied', () => (painted = 0))
      const onFrame = () => {
        painted++
        if (painted >= count) resolve()
        else video.requestVideoFrameCallback(onFrame)
      }
      video.requestVideoFrameCallback(onFrame)
    }
  })
}
