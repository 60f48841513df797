import path from 'node:path'
import { expect, test, type Browser, type Page } from '@playwright/test'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { startSimulator, type Simulator } from '../../simulator/start.ts'
import type { DirectBridge } from './direct-bridge.ts'
import { bundle, launch, openPage } from './open-page.ts'

let simulator: Simulator
let browser: Browser
let script: string
let page: Page
let bridge: DirectBridge

test.beforeAll(async () => {
  test.setTimeout(180_000)
  simulator = await startSimulator({ cameras: 9 })
  script = await bundle(path.join(import.meta.dirname, 'page.ts'))
  browser = await launch()
})
test.afterAll(async () => {
  await browser.close()
  await simulator.stop()
})
test.beforeEach(async () => {
  ;({ page, bridge } = await openPage(browser, simulator, script))
})
test.afterEach(async ({}, info) => {
  if (info.status !== info.expectedStatus) await info.attach('log of the page', { body: bridge.lines.join('\n') })
  await page.evaluate(() => window.page.media.close())
  await expect.poll(answered).toEqual([])
  await page.close()
  bridge.close()
  simulator.removeFaults()
})

const cameraNamed = (name: string): CameraRef => {
  const camera = simulator.site.cameras.find((one) => one.name === name)
  if (!camera) throw new Error(`no camera ${name}`)
  return { siteId: '11111111-1111-4111-8111-111111111111', cameraId: camera.id } as CameraRef
}

const open = (name: string, widthPx = 320, heightPx = 180) =>
  page.evaluate(([key, camera, width, height]) => window.page.open(key, camera, width, height), [
    name,
    cameraNamed(name),
    widthPx,
    heightPx,
  ] as const)
/** Sessions at the server; it forgets those that were never answered by itself, after a minute. */
const answered = () => simulator.state().sessions.filter((session) => session.answered)
const phase = (name: string) => page.evaluate((key) => window.page.phase(key), name)
const story = (name: string) => page.evaluate((key) => window.page.story(key), name)

/** How long after it left the first phase, for the last time, the tile came to the second. */
async function between(name: string, from: string, to: string): Promise<number> {
  const parts = await story(name)
  const start = parts.findLastIndex((part) => part.phase === from)
  const end = parts.findIndex((part, index) => index > start && part.phase === to)
  return (parts[end]?.atMs ?? NaN) - (parts[start]?.atMs ?? NaN)
}

test('a live tile has painted its camera, in the stream that fits it', async () => {
  await open('Lobby', 640, 360)
  await expect.poll(() => phase('Lobby')).toBe('live')
  expect(await page.evaluate(() => window.page.paintedShare('Lobby'))).toBe(1)
  expect(await page.evaluate(() => window.page.videoWidth('Lobby'))).toBe(640)
  const isTold = (line: string) => /^camera Lobby playing after \d+ ms \(attempt 0\)$/.test(line)
  await expect.poll(() => bridge.lines.some(isTold)).toBe(true)
})

test('a tile whose camera freezes says so two seconds later, dims, and tries again', async () => {
  await open('Main gate')
  await expect.poll(() => phase('Main gate')).toBe('live')
  simulator.addFault({ kind: 'freeze', camera: 'Main gate' })
  await expect.poll(() => phase('Main gate')).toBe('stale')
  expect(await page.evaluate(() => window.page.ageMs('Main gate'))).toBeGreaterThanOrEqual(1900)
  await expect.poll(() => phase('Main gate')).toBe('dim')
  expect(await page.evaluate(() => window.page.paintedShare('Main gate'))).toBe(1)
  simulator.removeFaults()
  await expect.poll(() => phase('Main gate')).toBe('live')
})

test('a session dropped by the server is replaced at once, and the old picture stays meanwhile', async () => {
  await open('Loading dock')
  await expect.poll(() => phase('Loading dock')).toBe('live')
  await expect.poll(() => page.evaluate(() => window.page.openChannels())).toBe(1) // what tells us of the end
  await page.evaluate(() => {
    const shares: number[] = []
    const look = () => {
      shares.push(window.page.paintedShare('Loading dock'))
      requestAnimationFrame(look)
    }
    look()
    Object.assign(window, { shares })
  })
  const before = simulator.state().sessionsEverOpened
  await simulator.act({ do: 'drop-sessions' })
  await expect.poll(() => simulator.state().sessionsEverOpened).toBeGreaterThan(before)
  await expect.poll(() => phase('Loading dock')).toBe('live')
  const parts = (await story('Loading dock')).map((part) => part.phase)
  expect(parts).toEqual(['opening', 'live', 'waiting', 'opening', 'live'])
  expect(await between('Loading dock', 'waiting', 'live')).toBeLessThan(3000)
  expect(await page.evaluate(() => Math.min(...(window as unknown as { shares: number[] }).shares))).toBe(1)
})

test('a tile that grows takes the larger stream without a black moment', async () => {
  await open('Street west', 320, 180)
  await expect.poll(() => phase('Street west')).toBe('live')
  await page.evaluate(() => {
    const seen: { share: number; phase: string }[] = []
    const look = () => {
      seen.push({ share: window.page.paintedShare('Street west'), phase: window.page.phase('Street west') })
      requestAnimationFrame(look)
    }
    look()
    Object.assign(window, { seen })
    window.page.resize('Street west', 1200, 675)
  })
  await expect.poll(() => page.evaluate(() => window.page.videoWidth('Street west'))).toBe(1280)
  await expect.poll(() => page.evaluate(() => window.page.media.pool.counts.sessions)).toBe(1)
  const seen = await page.evaluate(() => (window as unknown as { seen: { share: number; phase: string }[] }).seen)
  expect([...new Set(seen.map(({ phase: said }) => said))]).toEqual(['live'])
  expect(Math.min(...seen.map(({ share }) => share))).toBe(1)
})

test('a camera this computer cannot decode is named with its codec, and costs no peer', async () => {
  await open('Rooftop H.265')
  await expect.poll(() => phase('Rooftop H.265')).toBe('failed')
  expect(await page.evaluate(() => window.page.state('Rooftop H.265'))).toMatchObject({
    because: { kind: 'unplayable-codec', codec: 'H265' },
  })
  expect(await page.evaluate(() => window.page.media.budget.counts)).toEqual({ made: 0, open: 0 })
})

test('nine tiles play at once, and closing them leaves no session at the server', async () => {
  const names = simulator.site.cameras.slice(0, 9).map(({ name }) => name)
  for (const name of names) await open(name)
  for (const name of names) await expect.poll(() => phase(name)).toBe('live')
  await page.evaluate((all) => all.forEach((name) => window.page.close(name)), names)
  await expect.poll(() => page.evaluate(() => window.page.media.budget.counts.open)).toBe(0)
  await expect.poll(answered).toEqual([])
})
