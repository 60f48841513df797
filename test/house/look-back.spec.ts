import { expect, test } from '@playwright/test'
import { pinned } from '../support/profile-file.ts'
import { openHouse, type House } from './harness.ts'
import { readTileStrip } from './read-strip.ts'
import { seeFrameOf } from './recorded-tile.ts'
import { allLive, states } from './tiles.ts'

/** A frame's moment is rounded to whole milliseconds on its way, once by the server and once by the page. */
const ROUNDED_MS = 2
const HOUR_MS = 3_600_000

let house: House
test.afterEach(() => house.close())

/** Four live cameras that have recorded for hours. */
async function watching(): Promise<void> {
  const iso = (ms: number): string => new Date(ms).toISOString()
  const spans = [{ begin: iso(Date.now() - 4 * HOUR_MS), end: iso(Date.now() + HOUR_MS) }]
  house = await openHouse({
    profile: ({ gateway, recorder, sha256 }) => {
      const trust = pinned([gateway, recorder].map((origin) => ({ origin, sha256 })))
      return { rows: 2, columns: 2, fields: { recorders: [recorder], trust } }
    },
    before: async (simulator) => {
      for (const camera of [1, 2, 3, 4]) await simulator.act({ do: 'set-recorded', camera, spans })
    },
  })
  await house.signIn()
  await allLive(house.page, 4)
}

const tileAt = (index: number) => house.page.locator(`[data-tile="${index}"]`)
const recordedSessions = () => house.simulator.state().sessions.filter(({ playback }) => playback)

test('one tile of a live view plays back what has just happened, the others stay live, and one key brings it back', async () => {
  test.setTimeout(240_000)
  await watching()
  const { page } = house
  const second = tileAt(1)
  await page.keyboard.press('2')
  await page.keyboard.press('Shift+F2')
  await expect(second.locator('[data-recorded]')).toHaveAttribute('data-recorded', 'playing', { timeout: 30_000 })
  await expect.poll(() => states(page)).toEqual(['live', 'playback', 'live', 'live'])
  await expect(second).toContainText('PLAYBACK 1×')
  await expect(second).toHaveAttribute('aria-label', /plays back, not live/)
  await expect(second).not.toContainText('LIVE')
  await expect(page.getByText('4 tiles · 3 live · 1 playback')).toBeVisible()

  const past = await seeFrameOf(second)
  expect(Math.abs(past.saysMs - past.stripMs)).toBeLessThanOrEqual(ROUNDED_MS)
  expect(Date.now() - past.stripMs).toBeGreaterThan(15_000)
  for (const index of [0, 2, 3]) expect((await readTileStrip(tileAt(index))).ageMs).toBeLessThan(10_000)

  // Its own keys: it pauses, goes back, and steps from frame to frame; the others go on.
  await page.keyboard.press('Space')
  await expect(second).toContainText('PLAYBACK paused')
  await expect(second.locator('[data-recorded]')).toHaveAttribute('data-recorded', 'still', { timeout: 30_000 })
  const still = await seeFrameOf(second)
  await page.keyboard.press(',')
  await expect.poll(async () => (await seeFrameOf(second)).stripMs).toBeLessThan(still.stripMs)
  await page.keyboard.press('.')
  await expect.poll(async () => (await seeFrameOf(second)).counter).toBe(still.counter)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(async () => (await seeFrameOf(second)).stripMs).toBeLessThan(still.stripMs - 9_000)
  await expect.poll(() => states(page)).toEqual(['live', 'playback', 'live', 'live'])

  await page.keyboard.press('l')
  await allLive(page, 4)
  expect((await readTileStrip(second)).ageMs).toBeLessThan(10_000)
  await expect(second).not.toContainText('PLAYBACK')
  // One that was asked for and never answered would be kept by the server for a minute.
  await expect.poll(() => recordedSessions().length, { timeout: 20_000 }).toBe(0)
  await expect.poll(() => house.simulator.state().sessions.length).toBe(4)
})

test('a tile that plays back lets go while its screen is away, and goes on where it was', async () => {
  test.setTimeout(240_000)
  await watching()
  const { page } = house
  await page.keyboard.press('1')
  await tileAt(0).hover()
  await tileAt(0).getByRole('button', { name: 'Play back the last 30 seconds' }).click()
  const recorded = tileAt(0).locator('[data-recorded]')
  await expect(recorded).toHaveAttribute('data-recorded', 'playing', { timeout: 30_000 })
  await page.keyboard.press('Shift+ArrowLeft')
  await expect.poll(async () => Date.now() - (await seeFrameOf(tileAt(0))).stripMs).toBeGreaterThan(70_000)
  await page.keyboard.press('F5')
  await expect.poll(() => recordedSessions().length, { timeout: 20_000 }).toBe(0)
  await page.keyboard.press('F1')
  await expect(recorded).toHaveAttribute('data-recorded', 'playing', { timeout: 30_000 })
  expect(Date.now() - (await seeFrameOf(tileAt(0))).stripMs).toBeGreaterThan(70_000)
  await tileAt(0).getByRole('button', { name: 'Live', exact: true }).click()
  await allLive(page, 4)
})
