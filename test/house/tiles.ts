import { expect, type Page } from '@playwright/test'
import { beginWatch, endWatch, watchWall } from '../support/wall.ts'

/** The tile of the camera with this name. */
export const tile = (page: Page, name: string) => page.locator(`[data-tile][aria-label*="${name},"]`)

/** What every tile says, in order. */
export const states = (page: Page) =>
  page.locator('[data-tile]').evaluateAll((tiles) => tiles.map((one) => one.getAttribute('data-state')))

export const allLive = (page: Page, count = 9) =>
  expect.poll(() => states(page), { timeout: 60_000 }).toEqual(Array.from({ length: count }, () => 'live'))

/** Puts another camera of the tree into a tile that is in use. */
export async function showInstead(page: Page, index: number, name: string): Promise<void> {
  await page.locator(`[data-tile="${index}"]`).click()
  await page.keyboard.press('/')
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await expect(page.locator(`[data-tile="${index}"]`)).toHaveAttribute('aria-label', new RegExp(name))
}

/** Everything the tiles said from now until it is asked, tile by tile. */
export async function watchStates(page: Page): Promise<() => Promise<string[][]>> {
  await watchWall(page)
  await beginWatch(page)
  return async () => (await endWatch(page)).map((record) => record.states)
}
