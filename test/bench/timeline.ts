import { chromium, type Browser } from '@playwright/test'
import { openGallery } from '../house/gallery/site.ts'
import { atMost, median, shown, type Bench } from './figure.ts'

/** One frame of a display of 60 Hz. */
const LIMIT_MS = 16.7
const FRAMES = 300
const size = { width: 1_920, height: 1_080 }

/** What a frame costs the page while a hand pans and zooms a timeline of a year. */
export const timelineBench: Bench = {
  name: 'timeline',
  what: '100,000 sequences and 10,000 bookmarks, panned and zoomed from a year to a week and back',
  async run(say) {
    const gallery = await openGallery()
    const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
    try {
      const frames = await framesOf(browser, `${gallery.origin}/index.html?scene=timeline-crowded`)
      const bare = await framesOf(browser, `${gallery.origin}/index.html?scene=timeline-doubled-hour`)
      const worst = Math.max(...frames)
      say(`${frames.length} frames, median ${median(frames).toFixed(1)} ms, worst ${worst.toFixed(1)} ms`)
      return [
        atMost('timeline, 100,000 sequences: pan and zoom, p95 of script and paint', p95(frames), 'ms', LIMIT_MS),
        shown('timeline, 100,000 sequences: pan and zoom, median', median(frames), 'ms'),
        // What the machine itself adds at this moment: a timeline with nothing on it takes it too.
        shown('timeline with nothing on it: the same, p95', p95(bare), 'ms'),
      ]
    } finally {
      await browser.close()
      await gallery.close()
    }
  },
}

async function framesOf(browser: Browser, url: string): Promise<number[]> {
  const page = await browser.newPage({ viewport: size })
  await page.goto(url)
  await page.locator('.timeline canvas').waitFor()
  await page.evaluate(turnWheel, FRAMES / 3) // the engine compiles what it has met often enough
  const frames = await page.evaluate(turnWheel, FRAMES)
  await page.close()
  return frames
}

const p95 = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1]!

/**
 * Turns the wheel once a frame and gives what each took of the page's thread: the turn itself with all it sets off, and the
 * frame, from its first callback until a message sent there comes back, which is after style, layout and paint. One pixel
 * is read back after, so that the canvas is truly drawn and not only noted; that too counts.
 *
 * Runs as it stands inside the page: it may use nothing from this file.
 */
async function turnWheel(frames: number): Promise<number[]> {
  const canvas = document.querySelector<HTMLCanvasElement>('.timeline canvas')!
  const { left, width } = canvas.getBoundingClientRect()
  const brush = canvas.getContext('2d')!
  const turn = (at: number): WheelEventInit => {
    // Zooms in 60 frames, pans in 30, zooms out in 60, pans back in 30: at a year all that there is lies in sight.
    const phase = at % 180
    if (phase < 60) return { deltaY: -40 }
    if (phase < 90) return { deltaX: 25 }
    return phase < 150 ? { deltaY: 40 } : { deltaX: -25 }
  }
  const oneFrame = (at: number): Promise<number> =>
    new Promise((resolve) => {
      const clientX = left + width * 0.45
      const channel = new MessageChannel()
      let frameMs = 0
      let turnMs = 0
      channel.port1.onmessage = () => {
        brush.getImageData(0, 0, 1, 1)
        resolve(turnMs + performance.now() - frameMs)
      }
      requestAnimationFrame(() => {
        frameMs = performance.now()
        channel.port2.postMessage(null)
      })
      const beganMs = performance.now()
      canvas.dispatchEvent(new WheelEvent('wheel', { clientX, bubbles: true, cancelable: true, ...turn(at) }))
      // What waits for the turn to be over, as the framework does, still belongs to it.
      queueMicrotask(() => queueMicrotask(() => (turnMs = performance.now() - beganMs)))
    })

  const taken: number[] = []
  for (let at = 0; at < frames; at++) taken.push(await oneFrame(at))
  return taken
}
