import { expect, test } from '@playwright/test'
import { pinned } from '../support/profile-file.ts'
import { openHouse, type House } from './harness.ts'
import { allRecorded, seeFrame } from './recorded-tile.ts'
import { readTileStrip } from './read-strip.ts'
import { allLive, tile } from './tiles.ts'

let house: House
test.afterEach(() => house.close())

const HOUR_MS = 3_600_000
const iso = (ms: number): string => new Date(ms).toISOString()

test('where the profile says so the page offers: cameras play live and recorded by it, and no session is left', async () => {
  test.setTimeout(120_000)
  house = await openHouse({
    // A version that lets sessions be ended.
    simulator: { singleShot: true, profile: '25.2' },
    profile: ({ gateway, recorder, sha256 }) => ({
      rows: 1,
      columns: 2,
      fields: {
        recorders: [recorder],
        trust: pinned([gateway, recorder].map((origin) => ({ origin, sha256 }))),
        singleShotPath: '/api/rest/v1/webrtc/signaling',
      },
    }),
    async before(simulator) {
      const spans = [{ begin: iso(Date.now() - 4 * HOUR_MS), end: iso(Date.now() + HOUR_MS) }]
      for (const camera of [1, 2]) await simulator.act({ do: 'set-recorded', camera, spans })
    },
  })
  const { page, simulator } = house
  const roads = () => new Set(simulator.state().sessions.map(({ road }) => road))
  await house.signIn()
  await allLive(page, 2)
  const [name] = simulator.site.cameras.map((camera) => camera.name)
  expect((await readTileStrip(tile(page, name!))).ageMs).toBeLessThan(2_000)
  expect(roads()).toEqual(new Set(['single-shot']))

  await page.keyboard.press('F2')
  await allRecorded(page, 'playing', 2)
  for (const index of [0, 1]) {
    const { saysMs, stripMs } = await seeFrame(page, index)
    expect(Math.abs(saysMs - stripMs)).toBeLessThanOrEqual(2)
  }
  await page.keyboard.press('Space')
  await allRecorded(page, 'still', 2)
  const before = await seeFrame(page, 0)
  await page.keyboard.press('Shift+ArrowLeft')
  await expect.poll(async () => (await seeFrame(page, 0)).stripMs < before.stripMs - 50_000).toBe(true)
  await page.keyboard.press('Space')
  await allRecorded(page, 'playing', 2)
  expect(roads()).toEqual(new Set(['single-shot']))

  await page.keyboard.press('F5')
  await expect.poll(() => simulator.state().sessions.length, { timeout: 60_000 }).toBe(0)
})
