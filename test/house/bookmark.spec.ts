import { expect, test } from '@playwright/test'
import { openHouse, type House } from './harness.ts'

/** Bookmarks: the real page, the real main and its journal, and a simulated server that keeps them. */
let house: House
test.afterEach(() => house.close())

test('B marks the selected camera from ten seconds before to thirty after, and what came of it is said', async () => {
  house = await openHouse({ simulator: { media: null, edition: 'corporate' } })
  const { page, simulator } = house
  await house.signIn()
  const lobby = page.locator('[data-tile][aria-label*="Lobby,"]')
  await lobby.click({ position: { x: 40, y: 40 } })
  await page.keyboard.press('b')
  const status = page.getByRole('contentinfo', { name: 'Status' })
  await expect(status).toContainText('Bookmark, Lobby: done')
  await page.keyboard.press('F5')
  await expect(page.getByRole('table', { name: 'Over' })).toContainText('Bookmark')
  expect(simulator.state().bookmarks).toBe(1)
})

test('a bookmark pressed twice while the server is gone is said not to be sent, and is made once when it is back', async () => {
  house = await openHouse({ simulator: { media: null } })
  const { page, simulator } = house
  await house.signIn()
  await page.locator('[data-tile][aria-label*="Lobby,"]').click({ position: { x: 40, y: 40 } })
  await simulator.act({ do: 'stop' })
  await page.keyboard.press('b')
  await page.keyboard.press('b')
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('Bookmark, Lobby: not sent')
  await page.keyboard.press('F5')
  await expect(page.getByRole('table', { name: 'Open commands' }).getByRole('row')).toHaveCount(2)
  await simulator.act({ do: 'start' })
  await expect(page.getByRole('table', { name: 'Over' })).toContainText('done', { timeout: 45_000 })
  expect(simulator.state().bookmarks).toBe(1)
})
