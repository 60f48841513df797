import { setTimeout as wait } from 'node:timers/promises'
import { atMost, median, shown, type Bench, type Figure } from './figure.ts'
import { framesAfter } from './first-frames.ts'
import {
  standingClock,
  enterPlayback,
  leavePlayback,
  openPlaybackStage,
  stateOf,
  TILE,
  untilTiles,
} from './playback-stage.ts'
import { untilQuiet, type Stage } from './stage.ts'
import { openOnBare, replaceOnBare, type Picture } from './wall-of-sixteen.ts'

const ROUNDS = 20
/** What a playback does at its start, as opening its channel for commands after a second, is not what is measured. */
const SETTLE_MS = 1_500
const STEP_MS = 10_000
const PATIENCE_MS = 10_000
/** A recording has a picture within this. */
const FRAMES_MS = 2_000

/**
 * From the key that goes ten seconds back to the picture from there, app and bare page in turn.
 *
 * Paused, who stepped twice finds the third step's picture fetched: its session was opened, and ended, ahead. That picture is
 * on a canvas; it counts as painted when the frame after the one that drew it begins.
 */
export const seekBench: Bench = {
  name: 'seek',
  what: 'from a step of ten seconds in a recording to its first painted frame',
  async run(say) {
    const stage = await openPlaybackStage({ rows: 1, columns: 1 })
    try {
      return await seeks(stage, say)
    } finally {
      await stage.close()
    }
  },
}

async function seeks(stage: Stage, say: (line: string) => void): Promise<Figure[]> {
  const times = { app: [] as number[], ahead: [] as number[], bare: [] as number[] }
  await enterPlayback(stage)
  const picture = await pictureOf(stage)
  await leavePlayback(stage)
  await untilQuiet(stage)

  const inApp = async () => {
    await enterPlayback(stage)
    await wait(SETTLE_MS)
    times.app.push(await stepBack(stage))
    times.ahead.push(await thirdStepBack(stage))
    await leavePlayback(stage)
  }
  const onBarePage = async () => {
    const [first, second] = [30_000, 30_000 + STEP_MS].map((agoMs) => ({ ...picture, playback: ago(agoMs) }))
    await openOnBare(stage, 'click', [first!], async () => {
      await wait(SETTLE_MS)
      const [ms] = await replaceOnBare(stage, [second!])
      times.bare.push(ms!)
    })
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const turn of round % 2 === 0 ? [inApp, onBarePage] : [onBarePage, inApp]) {
      await turn()
      await untilQuiet(stage)
    }
    const [app, ahead, bare] = [times.app, times.ahead, times.bare].map((list) => list.at(-1)!.toFixed(0))
    say(`round ${round + 1}: app ${app} ms, with the picture ahead ${ahead} ms, bare page ${bare} ms`)
  }

  const bareMs = median(times.bare)
  return [
    atMost('seek: app / bare page', median(times.app) / bareMs, '', 1.1),
    shown('seek: app', median(times.app), 'ms'),
    shown('seek: bare page', bareMs, 'ms'),
    atMost('seek with the next picture fetched ahead: app / bare page', median(times.ahead) / bareMs, '', 0.7),
    shown('seek with the next picture fetched ahead: app', median(times.ahead), 'ms'),
  ]
}

/** The same camera at the same place, as the app asks for it. */
async function pictureOf(stage: Stage): Promise<Omit<Picture, 'playback'>> {
  const { left, top, width, height } = await stage.page
    .locator(TILE)
    .evaluate((tile) => tile.getBoundingClientRect().toJSON() as DOMRect)
  const { sessions } = await stateOf(stage)
  const cameraId = sessions.find(({ playback }) => playback)?.camera.id
  if (cameraId === undefined) throw new Error('the app plays no recording')
  const place = { leftPx: left, topPx: top, widthPx: width, heightPx: height }
  return { siteId: stage.siteId, cameraId, streamId: null, place }
}

const ago = (ms: number) => ({ timeIso: new Date(Date.now() - ms).toISOString(), speed: 1, skipGaps: true })

/** Presses the key, and gives the milliseconds to the first painted frame. */
async function stepBack({ page }: Stage): Promise<number> {
  const wish = { event: 'keydown', pictures: 1, isArriving: true } as const
  const [ms] = await framesAfter(page, wish, () => page.keyboard.press('ArrowLeft'))
  return ms!
}

/** Paused, steps back once more: the step after that finds its picture fetched ahead. */
async function thirdStepBack(stage: Stage): Promise<number> {
  await stage.page.keyboard.press('Space')
  await untilTiles(stage, 'still')
  await untilReady(stage, await standingClock(stage))
  await stepBack(stage)
  await untilTiles(stage, 'still')
  const nowMs = await standingClock(stage)
  // What going on from here needs is made once the picture of the next step is there.
  await untilReady(stage, nowMs)
  await stage.page.evaluate(watchStanding, PATIENCE_MS)
  await stage.page.keyboard.press('ArrowLeft')
  const { ms, saysMs } = await stage.page.evaluate(() => (window as unknown as StandingWatch).standing)
  const offMs = saysMs - (nowMs - STEP_MS)
  if (offMs < 0 || offMs > FRAMES_MS) throw new Error(`the step leads ${offMs} ms beside where it should`)
  const { sessions } = await stateOf(stage)
  if (sessions.some(({ playback }) => Date.parse(playback?.time ?? '') === nowMs - STEP_MS))
    throw new Error('the step opened a session')
  return ms
}

/** Waits for a session of this moment that waits for its answer, and until its offer is in the page. */
async function untilReady(stage: Stage, atMs: number): Promise<void> {
  const until = Date.now() + PATIENCE_MS
  for (;;) {
    const { sessions } = await stateOf(stage)
    const isReady = sessions.some(({ playback, answered }) => !answered && Date.parse(playback?.time ?? '') === atMs)
    await wait(SETTLE_MS / 2)
    if (isReady) return
    if (Date.now() > until) throw new Error('nothing is made ready')
  }
}

interface StandingWatch {
  standing: Promise<{ ms: number; saysMs: number }>
}

/**
 * Keeps the milliseconds from the next key to another picture that stands, and which moment the tile says that is. Runs
 * inside the page: it may use nothing from this file.
 */
function watchStanding(patienceMs: number): void {
  const tile = document.querySelector('.playback [data-tile]')!
  const canvas = () => [...tile.querySelectorAll('canvas')].find(({ style }) => style.display === '')
  const before = canvas()
  const standing = new Promise<{ ms: number; saysMs: number }>((resolve, reject) => {
    const onKey = ({ timeStamp }: KeyboardEvent) => {
      const look = (): void => {
        const now = canvas()
        if (!now || now === before) return void requestAnimationFrame(look)
        requestAnimationFrame(() => {
          const ms = performance.now() - timeStamp
          resolve({ ms, saysMs: Date.parse(tile.querySelector('time')?.dateTime ?? '') })
        })
      }
      requestAnimationFrame(look)
    }
    window.addEventListener('keydown', onKey, { capture: true, once: true })
    setTimeout(() => reject(new Error('no other picture stands')), patienceMs)
  })
  standing.catch(() => undefined) // it may fail before anybody asks
  Object.assign(window, { standing })
}
