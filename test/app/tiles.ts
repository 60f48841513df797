import { readFileSync } from 'node:fs'
import path from 'node:path'
import { chromium, expect, type Page } from '@playwright/test'
import type { Desk } from './fixture.ts'

const states = (page: Page) =>
  page.locator('[data-tile]').evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('data-state')))

/** Waits until so many tiles say that they are live. */
export const allLive = (page: Page, count: number, timeoutMs = 60_000) =>
  expect
    .poll(async () => (await states(page)).filter((state) => state === 'live').length, { timeout: timeoutMs })
    .toBe(count)

/** Frames decoded so far, tile by tile. */
export const framesDecoded = (page: Page) =>
  page
    .locator('[data-tile] video')
    .evaluateAll((videos) =>
      videos.map((video) => (video as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames),
    )

/** Waits until the server holds so many sessions, no more and no less. */
export const sessionsAre = (desk: Desk, count: number, timeoutMs = 10_000) =>
  expect.poll(() => desk.simulator.state().sessions.length, { timeout: timeoutMs }).toBe(count)

/** The page once more, by the road of developer tools: Playwright's own is lost with a renderer that died. */
export async function attachAnew({ installed }: Desk): Promise<{ page: Page; detach: () => Promise<void> }> {
  const port = readFileSync(path.join(installed.dataFolder, 'DevToolsActivePort'), 'utf8').split('\n')[0]
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  const page = browser
    .contexts()
    .flatMap((context) => context.pages())
    .find((one) => one.url().startsWith('app:'))
  if (!page) throw new Error('The window has no page.')
  return { page, detach: () => browser.close() }
}
