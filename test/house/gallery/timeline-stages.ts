import { expect, type Page } from '@playwright/test'
import type { Stage } from './stage.ts'

const timeline = (page: Page) => page.getByRole('slider', { name: 'Timeline' })
const canvas = (page: Page) => timeline(page).locator('canvas')
/** What is played, and what is seen. */
const value = (page: Page, name: 'now' | 'min' | 'max' | 'text') => timeline(page).getAttribute(`aria-value${name}`)
const drawn: Stage = { act: async (page) => canvas(page).waitFor() }

export const timelineStages: Record<string, Stage> = {
  timeline: drawn,
  'timeline-high-contrast': {
    scene: 'timeline',
    act: async (page) => {
      await canvas(page).waitFor()
      await page.evaluate(() => (document.documentElement.dataset.contrast = 'high'))
    },
  },
  'timeline-merged': drawn,
  'timeline-over-bookmark': {
    scene: 'timeline',
    act: async (page) => {
      const { width } = (await canvas(page).boundingBox())!
      // 3.5 minutes before the middle of 14
      await canvas(page).hover({ position: { x: width / 4, y: 25 } })
    },
  },
  'timeline-picture': { act: pointAtPicture('shown') },
  'timeline-picture-none': { scene: 'timeline-picture', act: pointAtPicture('none') },
  'timeline-picture-failed': { scene: 'timeline-picture', act: pointAtPicture('failed') },
  'timeline-heard': drawn,
  'timeline-sixteen': { act: async (page) => canvas(page).hover({ position: { x: 300, y: 100 } }) },
  'timeline-doubled-hour': drawn,
  'timeline-calendar': drawn,
  'timeline-crowded': drawn,
  'timeline-by-hand': { scene: 'timeline', act: byHand },
}

/** Points where the drawn recorder answers so. */
function pointAtPicture(state: 'shown' | 'none' | 'failed') {
  return async (page: Page): Promise<void> => {
    const { width } = (await canvas(page).boundingBox())!
    const places = { shown: { x: 0.62 * width, y: 45 }, none: { x: 4, y: 45 }, failed: { x: 0.98 * width, y: 115 } }
    await canvas(page).hover({ position: places[state] })
    await page.locator(`figure.picture[data-state=${state}]`).waitFor()
  }
}

/** All that a hand does, with the outcome of each checked. */
async function byHand(page: Page): Promise<void> {
  const box = (await canvas(page).boundingBox())!
  const y = box.y + 60
  const x = (part: number) => box.x + part * box.width
  const nowMs = async () => Number(await value(page, 'now'))
  const seen = async () => [Number(await value(page, 'min')), Number(await value(page, 'max'))] as const
  const [beginMs, endMs] = await seen()
  const at = (part: number) => beginMs + part * (endMs - beginMs)

  await page.mouse.click(x(0.25), y) // plays from there
  await expect.poll(async () => Math.abs((await nowMs()) - at(0.25))).toBeLessThan(2_000)

  await page.mouse.move(x(0.25), y) // takes the cursor along
  await page.mouse.down()
  await page.mouse.move(x(0.6), y, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => Math.abs((await nowMs()) - at(0.6))).toBeLessThan(2_000)
  expect(await seen()).toEqual([beginMs, endMs])

  await page.mouse.move(x(0.4), y) // moves what is seen
  await page.mouse.down()
  await page.mouse.move(x(0.3), y, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => Math.abs((await seen())[0] - at(0.1))).toBeLessThan(2_000)

  const [fromMs, toMs] = await seen()
  await page.mouse.move(x(0.5), y) // zooms about the pointer
  await page.mouse.wheel(0, -400)
  await expect.poll(async () => (await seen())[1] - (await seen())[0]).toBeLessThan((toMs - fromMs) * 0.6)
  const [nearMs, farMs] = await seen()
  expect(Math.abs((nearMs + farMs) / 2 - (fromMs + toMs) / 2)).toBeLessThan(2_000)

  await page.mouse.wheel(50, 0) // a touchpad's move along
  await expect.poll(async () => (await seen())[0]).toBeGreaterThan(nearMs)

  await page.keyboard.down('Shift') // marks
  await page.mouse.move(x(0.3), y)
  await page.mouse.down()
  await page.mouse.move(x(0.55), y, { steps: 4 })
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await timeline(page).press('c') // by key: the cursor in the middle
  await expect
    .poll(async () => Math.abs(((await seen())[0] + (await seen())[1]) / 2 - (await nowMs())))
    .toBeLessThan(2_000)
  await page.mouse.move(x(0.8), y)
}
