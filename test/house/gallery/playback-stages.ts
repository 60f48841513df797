import type { Page } from '@playwright/test'
import type { Stage } from './stage.ts'

async function open(page: Page): Promise<void> {
  await page.getByRole('group', { name: 'Recorded view' }).or(page.locator('[data-tile]').first()).first().waitFor()
  await page.keyboard.press('F2')
  await page.getByRole('slider', { name: 'Timeline' }).locator('canvas').waitFor()
  await page.keyboard.press('Space') // it stands still to be drawn
}
async function mark(page: Page): Promise<void> {
  await open(page)
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('i')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('o')
  await page.getByText(/^Marked/).waitFor()
}
/** The second tile of a live view plays back, the others stay live. */
async function lookBack(page: Page): Promise<void> {
  await page.locator('[data-tile][data-state="live"]').nth(3).waitFor()
  await page.keyboard.press('2')
  await page.keyboard.press('Shift+F2')
  await page.getByText('PLAYBACK 1×').waitFor()
}
const press = (page: Page, name: string) => page.getByRole('button', { name }).click()

export const playbackStages: Record<string, Stage> = {
  playback: { act: open },
  'playback-marked': { scene: 'playback', act: mark },
  'playback-legend': {
    scene: 'playback',
    act: async (page) => {
      await open(page)
      await press(page, 'Legend')
    },
  },
  'playback-days': {
    scene: 'playback',
    act: async (page) => {
      await open(page)
      await page.keyboard.press('d')
      await page.getByRole('dialog').waitFor()
    },
  },
  'playback-heard': {
    act: async (page) => {
      await open(page)
      await press(page, 'Legend')
    },
  },
  'playback-alarm': {
    scene: 'playback',
    act: async (page) => {
      await open(page)
      const timeline = page.getByRole('slider', { name: 'Timeline' })
      const { width, height } = (await timeline.locator('canvas').boundingBox())!
      const [fromMs, toMs] = [Number(await timeline.getAttribute('aria-valuemin')), Date.now()]
      const spanMs = Number(await timeline.getAttribute('aria-valuemax')) - fromMs
      // The second of them, on its lane.
      const x = ((toMs - 152_000 - fromMs) / spanMs) * width
      await timeline.locator('canvas').hover({ position: { x, y: height - 28 } })
    },
  },
  'playback-alarms-away': {
    act: async (page) => {
      await open(page)
      await press(page, 'Legend')
    },
  },
  'playback-following': {
    scene: 'playback',
    act: async (page) => {
      await open(page)
      await page.keyboard.press('f')
      await page.getByText('s behind').waitFor()
    },
  },
  'playback-keys': {
    scene: 'playback',
    act: async (page) => {
      await open(page)
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
    },
  },
  'look-back': {
    scene: 'playback',
    act: async (page) => {
      await lookBack(page)
      await page.locator('[data-tile="1"]').hover()
    },
  },
  'look-back-paused': {
    scene: 'playback',
    act: async (page) => {
      await lookBack(page)
      await page.keyboard.press('Space')
      await page.getByText('PLAYBACK paused').waitFor()
    },
  },
  'playback-visit': {
    scene: 'playback',
    act: async (page) => {
      await page.keyboard.press('F3')
      await page.getByRole('row').nth(1).click()
      await page.keyboard.press('p')
      await page.getByRole('button', { name: 'Back to Search' }).waitFor()
    },
  },
}
