import assert from 'node:assert/strict'
import type { Page } from '@playwright/test'
import type { FakeBridge } from '../../unit/support/fake-bridge.ts'
import type { Stage } from './stage.ts'

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

/** How many sessions the page has asked for so far. */
const opened = (page: Page) =>
  page.evaluate(() => (window as unknown as { bridge: FakeBridge }).bridge.times('openSession'))

/** Notes every state a tile of the wall comes to from now on. */
function recordStates(): void {
  const seen: (string | undefined)[] = []
  new MutationObserver((changes) => {
    for (const { target } of changes) seen.push((target as HTMLElement).dataset['state'])
  }).observe(document.body, { subtree: true, attributeFilter: ['data-state'] })
  Object.assign(window, { statesSeen: seen })
}
const recordedStates = (page: Page) => page.evaluate(() => (window as unknown as { statesSeen: string[] }).statesSeen)

/** Waits until a video has painted three more frames. */
const moving = (page: Page, video: string) =>
  page
    .locator(video)
    .first()
    .evaluate(async (element) => {
      for (let frame = 0; frame < 3; frame += 1)
        await new Promise((resolve) => (element as HTMLVideoElement).requestVideoFrameCallback(resolve))
    })

async function showLog(page: Page): Promise<void> {
  await until('live', 9)(page)
  await page.keyboard.press('F5')
  await page.getByRole('heading', { name: 'Open commands' }).waitFor()
}

const zoomed = [{ width: 640, height: 400 }]

export const liveStages: Record<string, Stage> = {
  'live-playing': { act: until('live', 9) },
  'live-playing-zoomed': { scene: 'live-playing', sizes: zoomed, act: until('live', 9) },
  'live-high-contrast': {
    scene: 'live-states',
    act: async (page) => {
      await untilMixed(page)
      await page.evaluate(() => (document.documentElement.dataset['contrast'] = 'high'))
    },
  },
  'record-states': {
    act: async (page) => {
      await until('live', 9)(page)
      await page.getByText('NOT recording').nth(2).waitFor()
      await page.getByText('left').first().waitFor()
    },
  },
  'record-high-contrast': {
    scene: 'record-states',
    act: async (page) => {
      await until('live', 9)(page)
      await page.getByText('NOT recording').nth(2).waitFor()
      await page.evaluate(() => (document.documentElement.dataset['contrast'] = 'high'))
    },
  },
  'record-small': {
    act: async (page) => {
      await until('live', 9)(page)
      await page.getByText('NOT REC', { exact: true }).first().waitFor()
    },
  },
  'record-refused-here': {
    scene: 'record-states',
    act: async (page) => {
      await until('live', 9)(page)
      await page.locator('[data-tile="2"]').click()
      await page.locator('[data-tile="1"]').click()
      await page.keyboard.press('r')
      await page.getByText('REC', { exact: true }).first().waitFor()
    },
  },
  'record-cannot': {
    act: async (page) => {
      await until('live', 9)(page)
      await page.locator('[data-tile="4"]').click()
      assert.equal(await page.locator('button[aria-keyshortcuts="R"]').isDisabled(), true)
      await page.keyboard.press('r')
      await page.getByText('Your user does not have the permission for it.').waitFor()
    },
  },
  'record-dialog': {
    scene: 'live-playing',
    act: async (page) => {
      await until('live', 9)(page)
      await page.keyboard.press('Shift+R')
      await page.getByText('Kept from 3 s before').waitFor()
    },
  },
  'record-longer': {
    scene: 'record-states',
    act: async (page) => {
      await until('live', 9)(page)
      await page.getByText('left').first().waitFor()
      await page.keyboard.press('Shift+R')
      await page.getByLabel('How much longer').waitFor()
    },
  },
  log: { scene: 'record-states', act: showLog },
  'log-zoomed': { scene: 'record-states', sizes: zoomed, act: showLog },
  'log-empty': { act: showLog },
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
  'live-moved': {
    scene: 'live-playing',
    act: async (page) => {
      await until('live', 9)(page)
      const before = await opened(page)
      await page.evaluate(recordStates)
      await page.locator('[data-tile="0"]').dragTo(page.locator('[data-tile="4"]'))
      await page.locator('[data-tile="4"]', { hasText: 'Car park north' }).waitFor()
      await page.locator('[data-tile="0"]', { hasText: 'Lobby' }).waitFor()
      await moving(page, '[data-tile="4"] video')
      assert.deepEqual(
        { opened: await opened(page), states: await recordedStates(page) },
        { opened: before, states: [] },
      )
    },
  },
  'live-dragged-in': {
    scene: 'live-empty',
    act: async (page) => {
      await page.getByTitle('Main gate').first().dragTo(page.locator('[data-tile="5"]'))
      await page.locator('[data-tile="5"][data-state="live"]', { hasText: 'Main gate' }).waitFor()
    },
  },
  'live-keys': {
    scene: 'live-empty',
    act: async (page) => {
      await page.keyboard.press('/')
      await page.keyboard.type('lob')
      await page.keyboard.press('Enter')
      await page.locator('[data-tile="0"][data-state="live"]').waitFor()
      await page.keyboard.press('Escape')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('s')
      await page.keyboard.press('Enter')
      await page.locator('[data-tile="1"]', { hasText: 'Service gate' }).waitFor()
      await page.locator('[data-tile="1"]').focus()
      await page.keyboard.press('Control+ArrowDown')
      await page.locator('[data-tile="4"]', { hasText: 'Service gate' }).waitFor()
      await page.keyboard.press('Alt+2')
      await page.getByText('2 × 2').waitFor()
      await page.keyboard.press('Control+z')
      await page.keyboard.press('Control+z')
      await page.locator('[data-tile="1"]', { hasText: 'Service gate' }).waitFor()
      await page.keyboard.press('2')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Shift+Tab')
      await page.locator('[data-tile="1"]:focus').waitFor()
      await page.keyboard.press('Enter')
      await page.locator('[data-tile]').nth(1).waitFor({ state: 'detached' })
      await page.keyboard.press('Escape')
      await page.locator('[data-tile="1"]:focus').waitFor()
      await page.keyboard.press('Delete')
      await page.locator('[data-tile="1"][data-state="empty"]').waitFor()
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
  'live-no-cameras': { act: async (page) => page.getByText('No cameras to show').waitFor() },
  'live-no-site': {
    act: async (page) => {
      await page.getByRole('button', { name: 'Live', exact: true }).click()
      await page.getByText('No site is open').waitFor()
    },
  },
}
