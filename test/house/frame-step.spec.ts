import { expect, test } from '@playwright/test'
import { pinned } from '../support/profile-file.ts'
import { openHouse, type House } from './harness.ts'
import { allRecorded, paintedInARow, recordedTiles, seeFrame, type Seen } from './recorded-tile.ts'
import { allLive } from './tiles.ts'

/** A frame's moment is rounded to whole milliseconds on its way, once by the server and once by the page. */
const ROUNDED_MS = 2
/** A machine that is too slow does not paint every frame, and only what was painted is stepped through. */
const UNPAINTED_MS = 2_000
const HOUR_MS = 3_600_000
const NO_EARLIER = 'No earlier frame is kept here. One more step back asks the server.'

let house: House
test.afterEach(() => house.close())

/** Cameras that have recorded for hours play what has just happened. */
async function playing(rows: number, columns: number): Promise<void> {
  const iso = (ms: number): string => new Date(ms).toISOString()
  const spans = [{ begin: iso(Date.now() - 4 * HOUR_MS), end: iso(Date.now() + HOUR_MS) }]
  house = await openHouse({
    profile: ({ gateway, recorder, sha256 }) => {
      const trust = pinned([gateway, recorder].map((origin) => ({ origin, sha256 })))
      return { rows, columns, fields: { recorders: [recorder], trust } }
    },
    before: async (simulator) => {
      for (const camera of [1, 2, 3, 4]) await simulator.act({ do: 'set-recorded', camera, spans })
    },
  })
  await house.signIn()
  await allLive(house.page, rows * columns)
  await house.page.keyboard.press('F2')
  await allRecorded(house.page, 'playing', rows * columns)
}

/** Lets all tiles paint so many frames, and pauses. */
async function pausedAfter(frames: number, tiles: number): Promise<void> {
  const { page } = house
  await Promise.all((await recordedTiles(page).all()).map((tile) => paintedInARow(tile, frames)))
  await page.keyboard.press('Space')
  await allRecorded(page, 'still', tiles)
}

const clockMs = async (): Promise<number> =>
  Date.parse((await house.page.locator('.transport time').getAttribute('datetime')) ?? '')

const note = () => house.page.locator('.playback .stage [role="status"]')

/** Presses a key, and waits until the first tile shows another frame. */
async function step(key: string): Promise<Seen> {
  const before = await seeFrame(house.page, 0)
  await house.page.keyboard.press(key)
  let seen = before
  const isAnother = async () => (seen = await seeFrame(house.page, 0)).counter !== before.counter
  await expect.poll(isAnother, { timeout: 60_000 }).toBe(true)
  return seen
}

test('five frames back and five on show the very same frames, on two cameras by one clock', async () => {
  test.setTimeout(240_000)
  await playing(1, 2)
  const { page } = house
  await page.keyboard.press('1')
  await pausedAfter(30, 2)

  /** What both show, the first of which leads. */
  const seeAll = async (): Promise<number[]> => {
    const all = await Promise.all([0, 1].map((index) => seeFrame(page, index)))
    for (const { saysMs, stripMs } of all) {
      expect(Math.abs(saysMs - stripMs)).toBeLessThanOrEqual(ROUNDED_MS)
      expect(stripMs).toBeLessThanOrEqual(all[0]!.stripMs + ROUNDED_MS)
    }
    return all.map(({ counter }) => counter)
  }

  const back: number[][] = []
  const moments: number[] = []
  for (let count = 0; count < 6; count++) {
    moments.push((await step(',')).stripMs)
    await expect.poll(clockMs).toBe((await seeFrame(page, 0)).saysMs)
    back.push(await seeAll())
  }
  expect([...moments].sort((a, b) => b - a)).toEqual(moments)

  const on: number[][] = []
  for (let count = 0; count < 5; count++) {
    await step('.')
    on.push(await seeAll())
  }
  expect(on).toEqual(back.slice(0, 5).reverse())
  // All of it without the server: at most a session waits unanswered for going on.
  expect(
    house.simulator.state().sessions.filter(({ playback, connection }) => playback && connection === 'connected'),
  ).toEqual([])
})

test('where no frame is kept any more it says so, and asks the server for more, back and on', async () => {
  test.setTimeout(240_000)
  await playing(1, 1)
  const { page } = house
  await pausedAfter(5, 1)
  const last = await seeFrame(page, 0)

  await page.keyboard.press('Backspace')
  await expect(note()).toHaveText(NO_EARLIER, { timeout: 60_000 })
  const first = await seeFrame(page, 0)
  expect(first.stripMs).toBeLessThan(last.stripMs)
  const earlier = await step(',')
  await allRecorded(page, 'still', 1)
  expect(Math.abs(earlier.saysMs - earlier.stripMs)).toBeLessThanOrEqual(ROUNDED_MS)
  expect(first.stripMs - earlier.stripMs).toBeGreaterThan(0)
  expect(first.stripMs - earlier.stripMs).toBeLessThan(UNPAINTED_MS)
  await expect(note()).toBeEmpty()
  expect((await step('.')).counter).toBe(first.counter)

  // What was kept before ends here: from now on the server is asked again.
  let seen = first
  while (seen.stripMs < first.stripMs + 800) {
    const next = await step('.')
    expect(Math.abs(next.saysMs - next.stripMs)).toBeLessThanOrEqual(ROUNDED_MS)
    expect(next.stripMs - seen.stripMs).toBeGreaterThan(0)
    expect(next.stripMs - seen.stripMs).toBeLessThan(UNPAINTED_MS)
    seen = next
  }
  await page.keyboard.press('F5')
  // One that was asked for and never answered would be kept by the server for a minute.
  await expect.poll(() => house.simulator.state().sessions.length, { timeout: 20_000 }).toBe(0)
})
