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
/** What a playback does at its start is not what is measured. */
const SETTLE_MS = 1_000
const STEP_MS = 10_000
const PATIENCE_MS = 10_000

/** From the key that goes ten seconds back to the picture from there, app and bare page in turn. */
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
    say(`round ${round + 1}: app ${app} ms, with the session ahead ${ahead} ms, bare page ${bare} ms`)
  }

  const bareMs = median(times.bare)
  return [
    atMost('seek: app / bare page', median(times.app) / bareMs, '', 1.1),
    shown('seek: app', median(times.app), 'ms'),
    shown('seek: bare page', bareMs, 'ms'),
    atMost('seek with the next session ahead: app / bare page', median(times.ahead) / bareMs, '', 0.7),
    shown('seek with the next session ahead: app', median(times.ahead), 'ms'),
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

/** Paused, steps back once more: the step after that finds its session made ahead. */
async function thirdStepBack(stage: Stage): Promise<number> {
  await stage.page.keyboard.press('Space')
  await untilTiles(stage, 'still')
  await untilAhead(stage, await standingClock(stage))
  await stepBack(stage)
  await untilTiles(stage, 'still')
  const nextMs = (await standingClock(stage)) - STEP_MS
  const ahead = await untilAhead(stage, nextMs)
  const ms = await stepBack(stage)
  const used = (await sessionsAt(stage, nextMs)).filter(({ answered }) => answered)
  if (used.some(({ id }) => id !== ahead)) throw new Error('the step opened another session than the one ahead')
  return ms
}

/** Waits for a session of this moment that has not been answered, and until its offer is in the page. */
async function untilAhead(stage: Stage, atMs: number): Promise<string> {
  const until = Date.now() + PATIENCE_MS
  for (;;) {
    const ahead = (await sessionsAt(stage, atMs)).find(({ answered }) => !answered)
    await wait(SETTLE_MS / 2)
    if (ahead) return ahead.id
    if (Date.now() > until) throw new Error('no session is made ahead')
  }
}

const sessionsAt = async (stage: Stage, atMs: number) =>
  (await stateOf(stage)).sessions.filter(({ playback }) => Date.parse(playback?.time ?? '') === atMs)
