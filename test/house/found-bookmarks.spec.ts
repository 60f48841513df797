import { expect, test } from '@playwright/test'
import type { Bookmark } from '../../src-preload/contract/models/bookmark.ts'
import type { House } from './harness.ts'
import {
  ask,
  bookmarked,
  bookmarkedElsewhere,
  cameraNamed,
  daysAgo,
  expectColumn,
  minutesAgo,
  openList,
  openMarking,
  resultOf,
  rowsOf,
  select,
  typed,
} from './marking.ts'

/** Bookmarks found again, changed and taken away: the real page, the real main, and a server that keeps them. */
let house: House
test.afterEach(() => house.close())

const list = 'Bookmarks'
const expectHeadlines = (...says: string[]) => expectColumn(house.page, { list, column: 'Headline' }, says)
const stored = async (): Promise<Bookmark[]> => {
  const [from, to] = [daysAgo(400), minutesAgo(-60)].map((ms) => new Date(ms).toISOString()) as [string, string]
  const { siteId } = cameraNamed(house, 'Lobby')
  const search = { siteId, cameraIds: null, from, to, text: '', user: '', after: null, count: 100 }
  return (await ask(house, 'findBookmarks', search)).bookmarks
}
const copied = () => house.page.evaluate(() => navigator.clipboard.readText())

test('bookmarks are found by time, by words, by camera and by who made them, the newest first', async () => {
  house = await openMarking()
  const { page } = house
  await bookmarked(house, 'Lobby', 'Van at the door', minutesAgo(20))
  await bookmarked(house, 'Main gate', 'Barrier left open', daysAgo(3))
  await bookmarked(house, 'Lobby', 'Van again', daysAgo(20))
  await bookmarkedElsewhere(house, 'Loading dock', 'Van unloads', minutesAgo(120))

  await openList(page, list)
  await expectHeadlines('Van at the door', 'Van unloads', 'Barrier left open')
  await expectColumn(page, { list, column: 'Camera' }, ['Lobby', 'Loading dock', 'Main gate'])
  await expect(page.getByText('3 bookmarks')).toBeVisible()

  const time = page.getByLabel('Time', { exact: true })
  await time.selectOption('Last hour')
  await expectHeadlines('Van at the door')
  await time.selectOption('Last 30 days')
  await expectHeadlines('Van at the door', 'Van unloads', 'Barrier left open', 'Van again')
  await time.selectOption('From … to …')
  await page.getByLabel('From', { exact: true }).fill(typed(daysAgo(25)))
  await page.getByLabel('To', { exact: true }).fill(typed(daysAgo(1)))
  await expectHeadlines('Barrier left open', 'Van again')
  await page.getByLabel('To', { exact: true }).fill(typed(daysAgo(26)))
  await expect(page.getByText('It must lie after the beginning.')).toBeVisible()

  await time.selectOption('Last 30 days')
  const words = page.getByLabel('Words')
  await words.fill('van')
  await expectHeadlines('Van at the door', 'Van unloads', 'Van again')
  const camera = page.getByLabel('Camera', { exact: true })
  await camera.fill('lobby')
  await expect(page.getByText('one camera is called that')).toBeVisible()
  await expectHeadlines('Van at the door', 'Van again')
  await camera.fill('no such place')
  await expect(page.getByText('No camera is called that.')).toBeVisible()
  await camera.fill('')
  const user = page.getByLabel('Made by')
  await user.fill('administrator')
  await expectHeadlines('Van unloads')
  await user.fill('nobody of that name')
  await expect(page.getByText('No bookmark found')).toBeVisible()
  await user.fill('')
  await words.fill('')
  await expectHeadlines('Van at the door', 'Van unloads', 'Barrier left open', 'Van again')
})

test('a bookmark is edited, its reference copied, and it is deleted only once that was confirmed', async () => {
  house = await openMarking()
  const { page, simulator } = house
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const { reference } = await bookmarked(house, 'Lobby', 'Van at the door', minutesAgo(20))
  const [before] = await stored()
  await openList(page, list)
  await rowsOf(page, list).click()

  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('Nothing is changed yet.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled()
  await dialog.getByLabel('Headline').fill('Van at the door, no plate')
  await dialog.getByLabel('Description').fill('White. The guard was told.')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expectHeadlines('Van at the door, no plate')
  // What was not touched is as it was, to the digit.
  expect(await stored()).toEqual([
    { ...before!, headline: 'Van at the door, no plate', description: 'White. The guard was told.' },
  ])

  const details = page.getByLabel('The chosen bookmark')
  await expect(details).toContainText(reference)
  await details.getByRole('button', { name: 'Copy reference' }).click()
  await expect(details.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await copied()).toBe(reference)
  await page.evaluate(() => navigator.clipboard.writeText(''))
  await rowsOf(page, list).click()
  await page.keyboard.press('Control+c')
  await expect.poll(copied).toBe(reference)

  await page.keyboard.press('Delete')
  await expect(dialog).toContainText('Delete this bookmark?')
  await expect(dialog).toContainText('“Van at the door, no plate” of Lobby')
  await dialog.getByRole('button', { name: 'Keep it' }).click()
  await expect(dialog).toBeHidden()
  expect(simulator.state().bookmarks).toBe(1)
  // Until the server has said so it stands in the list, with what is under way.
  simulator.addFault({ kind: 'path', path: '/api/rest/v1/bookmarks/*', method: 'DELETE', delayMs: 3_000 })
  await rowsOf(page, list).click()
  await page.keyboard.press('Delete')
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(rowsOf(page, list)).toContainText('being deleted')
  await expect(page.getByText('No bookmark found')).toBeVisible({ timeout: 30_000 })
  const { bookmarks, commands, duplicates } = simulator.state()
  expect([bookmarks, commands.filter(({ command }) => command === 'DELETE').length]).toEqual([0, 1])
  expect(duplicates).toEqual({ commands: [], references: [] })
})

test('Shift+B marks several cameras under one reference, and says of each what became of it', async () => {
  house = await openMarking()
  const { page, simulator } = house
  // Taken away since the page was told: only the server can say no.
  await simulator.act({ do: 'deny', user: simulator.user, right: 'BOOKMARK_CREATE', camera: 'Main gate' })
  await select(page, 'Lobby')
  await page.keyboard.press('Shift+B')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Headline').fill('Van, from door to gate')
  await dialog.getByLabel('Description').fill('White')
  await dialog.getByLabel('Span').selectOption('Last minute')
  const cameras = dialog.getByRole('group', { name: 'Cameras' })
  await expect(cameras.getByRole('checkbox', { checked: true })).toHaveCount(1)
  await cameras.getByLabel('Main gate').check()
  await cameras.getByLabel('Loading dock').check()
  await dialog.getByRole('button', { name: 'Bookmark', exact: true }).click()

  await expect(dialog).toContainText('What became of it')
  await expect(resultOf(page, 'Lobby')).toContainText('done')
  await expect(resultOf(page, 'Loading dock')).toContainText('done')
  await expect(resultOf(page, 'Main gate')).toContainText('refused')
  const reference = await dialog.locator('.reference .mono').innerText()
  await dialog.getByRole('button', { name: 'Close' }).click()

  const made = await stored()
  expect(made).toHaveLength(2)
  for (const { reference: own, headline, description, begin, end } of made) {
    expect([own, headline, description]).toEqual([reference, 'Van, from door to gate', 'White'])
    expect(Date.parse(end) - Date.parse(begin)).toBe(60_000)
  }
  await openList(page, list)
  await expect(rowsOf(page, list)).toHaveCount(2)
  await page.keyboard.press('F5')
  const over = page.getByRole('table', { name: 'Over' })
  await expect(over.getByRole('row').filter({ hasText: 'Main gate' })).toContainText('refused')
  await expect(over.getByRole('row').filter({ hasText: 'done' })).toHaveCount(2)
})

test('the span of a bookmark is locked straight from it', async () => {
  house = await openMarking()
  const { page, simulator } = house
  const atMs = minutesAgo(20)
  await bookmarked(house, 'Lobby', 'Van at the door', atMs)
  await openList(page, list)
  await rowsOf(page, list).click()
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Headline')).toHaveValue('Van at the door')
  await expect(dialog.getByRole('button', { name: 'Lock', exact: true })).toBeEnabled()
  await dialog.getByRole('button', { name: 'Lock', exact: true }).click()
  await expect(resultOf(page, 'Lobby')).toContainText('protected', { timeout: 30_000 })
  const [lock] = simulator.state().evidenceLocks
  expect(Date.parse(lock!.protectedFrom)).toBeLessThanOrEqual(atMs - 5_000)
  expect(Date.parse(lock!.protectedTo)).toBeGreaterThanOrEqual(atMs + 5_000)
})
