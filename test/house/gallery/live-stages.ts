import type { Page } from '@playwright/test'
import type { Stage } from './stages.ts'

const tiles = (page: Page, state: string) => page.locator(`[data-tile][data-state="${state}"]`)

/** Waits until that many tiles are in this state. */
const until = (state: string, count: number) => async (page: Page) => {
  await tiles(page, state)
    .nth(count - 1)
    .waitFor({ timeout: 60_000 })
}

/** Waits until the cameras that are lost have been tried again. */
async function untilMixed(page: Page): Promise<void> {
  await page.getByText('attempt 3').first().waitFor({ timeout: 60_000 })
}

const zoomed = [{ width: 640, height: 400 }]

export const liveStages: Record<string, Stage> = {
  'live-playing': { act: until('live', 9) },
  'live-zoomed': { scene: 'live-playing', sizes: zoomed, act: until('live', 9) },
  'live-high-contrast': {
    scene: 'live-states',
    act: async (page) => {
      await untilMixed(page)
      await page.evaluate(() => (document.documentElement.dataset['contrast'] = 'high'))
    },
  },
  'live-hover': {
    scene: 'live-playing',
    act: async (page) => {
      await until('live', 9)(page)
      await page.locator('[data-tile="4"]').hover()
    },
  },
  'live-statistics': {
    scene: 'live-playing',
    act: async (page) => {
      await until('live', 9)(page)
      await page.keyboard.press('i')
      await page.getByText('kbit/s').nth(8).waitFor({ timeout: 20_000 })
    },
  },
  'live-maximised': {
    scene: 'live-playing',
    act: async (page) => {
      await until('live', 9)(page)
      await page.locator('[data-tile="2"]').dblclick()
      await page.locator('[data-tile]').nth(1).waitFor({ state: 'detached' })
      await until('live', 1)(page)
    },
  },
  'live-layouts': {
    scene: 'live-playing',
    act: async (page) => {
      await until('live', 9)(page)
      await page.getByRole('button', { name: 'Layout' }).click()
      await page.getByRole('menu').waitFor()
    },
  },
  'live-stale': {
    act: async (page) => {
      await page.locator('[data-tile="1"][data-state="stale"]').waitFor({ timeout: 60_000 })
    },
  },
  'live-dim': {
    scene: 'live-stale',
    act: async (page) => {
      await page.locator('[data-tile="1"][data-state="dim"]').waitFor({ timeout: 60_000 })
    },
  },
  'live-states': { act: untilMixed },
  'live-small': { act: untilMixed },
  'live-empty': { act: until('empty', 9) },
  'live-8x8': { act: until('live', 64) },
  'live-10000': {
    act: async (page) => {
      await until('live', 4)(page)
      await page.getByTitle('Building 3', { exact: true }).click()
    },
  },
  'live-search': {
    scene: 'live-10000',
    act: async (page) => {
      await until('live', 4)(page)
      await page.keyboard.press('/')
      await page.keyboard.type('gate 12')
      await page.getByRole('tree').getByText('Main gate 123', { exact: true }).waitFor()
    },
  },
  'live-nothing-found': {
    scene: 'live-playing',
    act: async (page) => {
      await until('live', 9)(page)
      await page.keyboard.press('/')
      await page.keyboard.type('submarine')
      await page.getByText('No camera is called that').waitFor()
    },
  },
  'live-loading': { act: async (page) => page.getByText('1500 so far').waitFor() },
  'live-list-failed': { act: async (page) => page.getByText('could not be read').waitFor() },
  'live-no-cameras': { act: async (page) => page.getByText('No cameras this user may see').waitFor() },
  'live-no-site': {
    act: async (page) => {
      await page.getByRole('button', { name: 'Live', exact: true }).click()
      await page.getByText('No site is open').waitFor()
    },
  },
}
