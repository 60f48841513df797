import { setTimeout as wait } from 'node:timers/promises'
import { atMost, type Bench, type Figure } from './figure.ts'
import { enterPlayback, leavePlayback, openPlaybackStage, stateOf, untilTiles } from './playback-stage.ts'
import { liveSessions, type Stage } from './stage.ts'
import { shownMoments } from './strips.ts'

const SEEKS = 100
const EVERY_MS = 50
const STEP_MS = 10_000
/** What was opened by the last of them is there by then, and what the playback makes ahead after it. */
const SETTLE_MS = 5_000
/** Sessions end within this, or are left over. */
const PATIENCE_MS = 20_000
/** A picture stands for a fifteenth of a second, and its moment is rounded. */
const FRAME_MS = 68

/** What a hundred seeks in five seconds leave behind, of a playback that stands and of one that plays. */
export const scrubBench: Bench = {
  name: 'scrub',
  what: `${SEEKS} steps back, one every ${EVERY_MS} ms`,
  async run(say) {
    const stage = await openPlaybackStage({ rows: 1, columns: 1 })
    try {
      return await scrub(stage, say)
    } finally {
      await stage.close()
    }
  },
}

/** What one scrub came to. */
interface Outcome {
  opened: number
  /** How far what is shown in the end is off the moment that was sought last. */
  offMs: number
  left: number
}

async function scrub(stage: Stage, say: (line: string) => void): Promise<Figure[]> {
  const outcomes: Outcome[] = []
  for (const how of ['paused', 'playing'] as const) {
    const outcome = await scrubOnce(stage, how === 'playing', say)
    const { opened, offMs, left } = outcome
    say(`${how}: ${opened} sessions opened, ${offMs.toFixed(0)} ms off the last moment, ${left} sessions left`)
    outcomes.push(outcome)
  }
  const worst = (of: keyof Outcome) => Math.max(...outcomes.map((outcome) => outcome[of]))
  return [
    atMost('scrub, 100 seeks in 5 s: sessions opened', worst('opened'), '', 10),
    atMost('scrub: the painted frame is off the last moment by', worst('offMs'), 'ms', FRAME_MS),
    atMost('scrub: sessions left after', worst('left'), '', 0),
  ]
}

async function scrubOnce(stage: Stage, isPlaying: boolean, say: (line: string) => void): Promise<Outcome> {
  const { page } = stage
  await enterPlayback(stage)
  if (!isPlaying) {
    await page.keyboard.press('Space')
    await untilTiles(stage, 'still')
  }
  // What is made ahead of the next press of Space is there, so that it is not counted below.
  await wait(SETTLE_MS)
  const { sessionsEverOpened: before } = await stateOf(stage)
  const beganAtMs = Date.now()
  const beganMs = await page.evaluate(pressArrowLeft, { times: SEEKS, everyMs: EVERY_MS })
  say(`${SEEKS} presses took ${((Date.now() - beganAtMs) / 1000).toFixed(1)} s`)
  await wait(SETTLE_MS)
  await untilTiles(stage, isPlaying ? 'playing' : 'still')

  const [shownMs] = await shownMoments(page)
  const lastMs = beganMs - SEEKS * STEP_MS
  // A clock that runs has run on since, before the first picture came and after the last one did.
  const ranMs = isPlaying ? Date.now() - beganAtMs : 0
  const offMs = shownMs == null ? Infinity : Math.max(lastMs - shownMs, shownMs - lastMs - ranMs, 0)
  const { sessionsEverOpened: after } = await stateOf(stage)
  return { opened: after - before, offMs, left: await sessionsLeft(stage) }
}

/**
 * Runs inside the page: presses the key so often, and gives what the clock showed before, epoch milliseconds. A page that
 * is held up for a while gets what has come meanwhile at once, as from a keyboard.
 */
function pressArrowLeft({ times, everyMs }: { times: number; everyMs: number }): Promise<number> {
  const beganMs = Date.parse(document.querySelector<HTMLTimeElement>('.transport time')!.dateTime)
  const firstAtMs = performance.now()
  return new Promise((resolve) => {
    let pressed = 0
    const timer = setInterval(() => {
      const due = Math.min(times, (performance.now() - firstAtMs) / everyMs)
      for (; pressed < due; pressed++) window.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft' }))
      if (pressed < times) return
      clearInterval(timer)
      resolve(beganMs)
    }, everyMs)
  })
}

/** Leaves, and counts what does not end. */
async function sessionsLeft(stage: Stage): Promise<number> {
  await leavePlayback(stage)
  const until = Date.now() + PATIENCE_MS
  for (;;) {
    const { length } = await liveSessions(stage)
    if (length === 0 || Date.now() > until) return length
    await wait(50)
  }
}
