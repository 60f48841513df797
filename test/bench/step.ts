import { setTimeout as wait } from 'node:timers/promises'
import { atMost, median, shown, type Bench } from './figure.ts'
import { enterPlayback, openPlaybackStage, untilTiles } from './playback-stage.ts'

/** One frame of a display of 60 Hz. */
const LIMIT_MS = 16.7
const STEPS = 120
/** Steps in one direction: as many frames as a slow machine too has painted by the time it pauses. */
const AT_ONCE = 20
const PLAYS_MS = 4_000

/** What one step from frame to frame costs the page, by the frames it keeps. */
export const stepBench: Bench = {
  name: 'step',
  what: `${STEPS} steps back and on, four cameras, by the frames that are kept`,
  async run(say) {
    const stage = await openPlaybackStage({ rows: 2, columns: 2 })
    try {
      const { page } = stage
      await enterPlayback(stage)
      await wait(PLAYS_MS)
      await page.keyboard.press('Space')
      await untilTiles(stage, 'still')
      const all: number[] = []
      while (all.length < STEPS) {
        const back = await page.evaluate(pressAndPaint, { key: ',', times: AT_ONCE })
        if (back.length === 0) throw new Error('nothing is kept to be stepped through')
        all.push(...back, ...(await page.evaluate(pressAndPaint, { key: '.', times: back.length })))
      }
      say(`${all.length} steps, median ${median(all).toFixed(1)} ms, worst ${Math.max(...all).toFixed(1)} ms`)
      return [
        atMost('frame step from the ring, four cameras, p95 of script and paint', p95(all), 'ms', LIMIT_MS),
        shown('frame step from the ring, four cameras, median', median(all), 'ms'),
      ]
    } finally {
      await stage.close()
    }
  },
}

const p95 = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1]!

/**
 * Presses a key as fast as one repeats that is held, and gives what each press took of the page's thread: from the press, in the frame's first callback,
 * where the browser too delivers keys, with all it sets off, until a message sent there comes back, which is after style,
 * layout and paint. One pixel of each picture is read back after, so that it is truly drawn and not only noted; that too
 * counts. It ends before its time where a press leads to no other frame.
 *
 * Runs as it stands inside the page: it may use nothing from this file.
 */
async function pressAndPaint({ key, times }: { key: string; times: number }): Promise<number[]> {
  const tiles = [...document.querySelectorAll('.playback [data-tile]')]
  const standing = () =>
    tiles.map((tile) => [...tile.querySelectorAll('canvas')].find(({ style }) => style.display === ''))
  const shows = () => document.querySelector('.playback [data-tile] time')?.getAttribute('datetime')
  const oneStep = (): Promise<number | null> =>
    new Promise((resolve) => {
      const before = { says: shows(), canvases: standing() }
      const channel = new MessageChannel()
      let beganMs = 0
      channel.port1.onmessage = () => {
        const canvases = standing()
        for (const canvas of canvases) canvas?.getContext('2d')!.getImageData(0, 0, 1, 1)
        const tookMs = performance.now() - beganMs
        if (shows() === before.says) {
          resolve(null)
          return
        }
        if (canvases[0] === before.canvases[0]) throw new Error('another frame is told of than is drawn')
        resolve(tookMs)
      }
      requestAnimationFrame(() => {
        beganMs = performance.now()
        channel.port2.postMessage(null)
        window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
      })
    })

  /** Thirty a second, the fastest a keyboard is set to. */
  const repeat = () => new Promise((resolve) => setTimeout(resolve, 33))
  const taken: number[] = []
  while (taken.length < times) {
    await repeat()
    const tookMs = await oneStep()
    if (tookMs === null) break
    taken.push(tookMs)
  }
  return taken
}
