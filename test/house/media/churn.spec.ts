import path from 'node:path'
import { expect, test, type Browser } from '@playwright/test'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { startSimulator, type Simulator } from '../../simulator/start.ts'
import { bundle, launch, openPage } from './open-page.ts'

/** Chromium's wall is at 500 peers in one page that were not collected. */
const CYCLES = 620
const AT_ONCE = 10

let simulator: Simulator
let browser: Browser

test.beforeAll(async () => {
  simulator = await startSimulator({ cameras: 9, media: null })
  browser = await launch()
})
test.afterAll(async () => {
  await browser.close()
  await simulator.stop()
})

test('a page outlives the engine’s wall of peer connections, and leaves none open', async () => {
  test.setTimeout(180_000)
  const { page, bridge } = await openPage(browser, simulator, await bundle(path.join(import.meta.dirname, 'page.ts')))
  const cameras = simulator.site.cameras.slice(0, 9).map(({ id }) => {
    return { siteId: '11111111-1111-4111-8111-111111111111', cameraId: id } as CameraRef
  })
  await page.evaluate(
    async ([all, cycles, atOnce]) => {
      const { pool, budget } = window.page.media
      for (let round = 0; budget.counts.made < cycles; round++) {
        const made = budget.counts.made
        const leases = Array.from({ length: atOnce }, (_, index) => {
          const name = `round ${round}`
          const camera = all[index % all.length]!
          return pool.lease({ camera, streamId: null, name, framesPerSecond: 0 }, 'visible', () => {})
        })
        while (budget.counts.made < made + Math.min(atOnce, all.length))
          await new Promise((resolve) => setTimeout(resolve, 5))
        for (const lease of leases) lease.release()
        pool.close()
      }
    },
    [cameras, CYCLES, AT_ONCE] as const,
  )
  const counts = await page.evaluate(() => ({ ...window.page.media.budget.counts, ...window.page.media.pool.counts }))
  expect(counts.made).toBeGreaterThanOrEqual(CYCLES)
  expect({ ...counts, made: 0 }).toEqual({ made: 0, open: 0, sessions: 0, playing: 0, leases: 0 })
  expect(bridge.lines.filter((line) => line.includes('exhausted'))).toEqual([])
  await page.close()
  bridge.close()
})
