import { setTimeout as wait } from 'node:timers/promises'
import type { SimulatorState } from '../simulator/state.ts'
import { pinned } from '../support/profile-file.ts'
import { openStage, signIn, untilQuiet, type Stage } from './stage.ts'

const HOUR_MS = 3_600_000
const CLOCK_MS = 250
/** Tiles of a playback, in their places. */
export const TILE = '.playback [data-tile]'

/** The app signed in, with a view of the site's cameras, which have all recorded for hours without a break. */
export async function openPlaybackStage(grid: { rows: number; columns: number }): Promise<Stage> {
  const cameras = grid.rows * grid.columns
  const stage = await openStage({
    cameras,
    grid,
    fields: ({ gateway, recorder, sha256 }) => ({
      recorders: [recorder],
      trust: pinned([gateway, recorder].map((origin) => ({ origin, sha256 }))),
    }),
  })
  try {
    for (let camera = 1; camera <= cameras; camera++) await recordAlways(stage, camera)
    await signIn(stage)
    await stage.page
      .locator('[data-tile][data-state="live"]')
      .nth(cameras - 1)
      .waitFor()
    await leavePlayback(stage)
    await untilQuiet(stage)
    return stage
  } catch (error) {
    await stage.close()
    throw error
  }
}

async function recordAlways({ simulator }: Stage, camera: number): Promise<void> {
  const iso = (ms: number) => new Date(ms).toISOString()
  const spans = [{ begin: iso(Date.now() - 4 * HOUR_MS), end: iso(Date.now() + 4 * HOUR_MS) }]
  const body = JSON.stringify({ do: 'set-recorded', camera, spans })
  const { ok, status } = await fetch(`${simulator.control}/actions`, { method: 'POST', body })
  if (!ok) throw new Error(`the simulator does not record: ${status}`)
}

/** Goes to the Playback screen, which plays what has just happened, and waits until every tile does. */
export async function enterPlayback(stage: Stage): Promise<void> {
  await stage.page.keyboard.press('F2')
  await untilTiles(stage, 'playing')
}

export async function untilTiles({ page }: Stage, state: 'playing' | 'still'): Promise<void> {
  await page.waitForFunction(
    ([tiles, wanted]) => {
      const all = [...document.querySelectorAll<HTMLElement>(tiles)]
      return all.length > 0 && all.every(({ dataset }) => dataset.state === wanted)
    },
    [TILE, state] as const,
  )
}

/** Leaves for a screen without pictures, by a key: a button that was clicked would take the next press of Space. */
export const leavePlayback = ({ page }: Stage): Promise<void> => page.keyboard.press('F5')

/** What the clock of a playback that stands shows, epoch milliseconds. It is drawn a few times a second. */
export async function standingClock({ page }: Stage): Promise<number> {
  const read = async () => Date.parse((await page.locator('.transport time').getAttribute('datetime')) ?? '')
  for (let before = await read(); ;) {
    await wait(CLOCK_MS)
    const now = await read()
    if (now === before) return now
    before = now
  }
}

export const stateOf = async ({ simulator }: Stage): Promise<SimulatorState> =>
  (await (await fetch(`${simulator.control}/state`)).json()) as SimulatorState
