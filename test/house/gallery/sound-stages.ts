import type { Page } from '@playwright/test'
import type { Stage } from './stage.ts'

/** Listens to the tile of that number and waits until it says so. */
const listen = (tile: number, says: string) => async (page: Page) => {
  await page.locator('[data-tile][data-state="live"]').nth(3).waitFor({ timeout: 60_000 })
  await page.keyboard.press(String(tile))
  await page.keyboard.press('m')
  await page.getByText(says).waitFor({ timeout: 30_000 })
}

/** Listens to a recording that stands. */
async function paused(page: Page): Promise<void> {
  await page.locator('[data-tile]').first().waitFor()
  await page.keyboard.press('F2')
  await page.getByRole('slider', { name: 'Timeline' }).locator('canvas').waitFor()
  await page.keyboard.press('Space')
  await page.keyboard.press('m')
  await page.locator('[data-sound]', { hasText: 'No sound while paused' }).waitFor()
}

/** What tiles say of their sound. */
export const soundStages: Record<string, Stage> = {
  'sound-heard': {
    scene: 'sound',
    act: async (page) => {
      await listen(2, 'Listening')(page)
      await page.locator('[data-tile="1"]').hover()
    },
  },
  'sound-none': { scene: 'sound', act: listen(3, 'The server sent no sound.') },
  'sound-no-microphone': {
    scene: 'sound',
    act: async (page) => {
      await listen(5, 'This camera has no microphone.')(page)
      await page.locator('[data-tile="4"]').hover()
    },
  },
  'sound-small': { act: listen(2, 'Listening') },
  'sound-high-contrast': {
    scene: 'sound',
    act: async (page) => {
      await listen(2, 'Listening')(page)
      await page.evaluate(() => (document.documentElement.dataset['contrast'] = 'high'))
    },
  },
  'sound-paused': { scene: 'playback', act: paused },
  'sound-speed': {
    scene: 'playback',
    act: async (page) => {
      await paused(page)
      await page.keyboard.press('Control+ArrowRight')
      await page.keyboard.press('Control+ArrowRight')
      await page.locator('[data-sound]', { hasText: 'No sound at 4×' }).waitFor()
      await page.locator('.playback [data-tile="0"]').hover()
    },
  },
}
