import { expect, test } from '@playwright/test'
import type { House } from './harness.ts'
import {
  ask,
  bookmarked,
  cameraNamed,
  expectColumn,
  minutesAgo,
  openList,
  openMarking,
  resultOf,
  rowsOf,
  select,
} from './marking.ts'

/** Evidence locks: the real page, the real main and its journal, and a server whose recorders can be away. */
let house: House
test.afterEach(() => house.close())

const list = 'Evidence locks'
const HOUR_MS = 3_600_000
const expectStates = (...says: string[]) => expectColumn(house.page, { list, column: 'State' }, says)
const locks = () => house.simulator.state().evidenceLocks
const iso = (ms: number): string => new Date(ms).toISOString()

test('the last hour of two cameras is locked for thirty days, and said to be only once the server has applied it', async () => {
  house = await openMarking()
  const { page, simulator } = house
  await select(page, 'Lobby')
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Headline').fill('Theft from the lobby')
  await dialog.getByLabel('Span').selectOption('Last hour')
  await expect(dialog.locator('.protects')).toContainText('The server locks whole hours.')
  await dialog.getByRole('group', { name: 'Cameras' }).getByLabel('Main gate').check()
  await dialog.getByLabel('Keep for').selectOption('Days, as many as needed')
  await dialog.getByRole('button', { name: 'Lock', exact: true }).click()
  await expect(dialog.getByText('Type a whole number from 1 to 10000.')).toBeVisible()
  expect(locks()).toEqual([])
  await dialog.getByLabel('How many').fill('30')
  await dialog.getByRole('button', { name: 'Lock', exact: true }).click()

  await expect(dialog).toContainText('Every camera is protected, by the server’s word.', { timeout: 30_000 })
  await expect(resultOf(page, 'Lobby')).toContainText('protected')
  await expect(resultOf(page, 'Main gate')).toContainText('protected')
  await expect(dialog).not.toContainText('NOT protected')
  await dialog.getByRole('button', { name: 'Close' }).click()

  const [lock] = locks()
  expect(lock).toMatchObject({
    cameraIds: ['Lobby', 'Main gate'].map((name) => cameraNamed(house, name).cameraId),
    pendingRecorders: [],
  })
  // Whole hours: more than the one that was asked for, less than two more.
  const protectedMs = Date.parse(lock!.protectedTo) - Date.parse(lock!.protectedFrom)
  expect([protectedMs % HOUR_MS, protectedMs >= HOUR_MS, protectedMs <= 2 * HOUR_MS]).toEqual([0, true, true])
  await openList(page, list)
  await expectStates('Protected')
  await rowsOf(page, list).click()
  const details = page.getByLabel('The chosen evidence lock')
  await expect(details).toContainText(/Size\s*\d+(\.\d)?\sGB/)
  await expect(details).toContainText(lock!.reference)
  expect(simulator.state().duplicates).toEqual({ commands: [], references: [] })
})

test('the microphones beside the cameras are offered, and locked with them unless they are taken out', async () => {
  house = await openMarking({ microphones: 4 })
  const { page } = house
  await select(page, 'Lobby')
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog')
  const offered = dialog.getByRole('group', { name: 'Microphones of these cameras' })
  // That of the lobby's box; one more comes with a camera of another.
  await expect(offered.getByRole('checkbox')).toHaveCount(1)
  await expect(offered.getByLabel('Microphone 3')).toBeChecked()
  await dialog.getByRole('group', { name: 'Cameras' }).getByLabel('Main gate').check()
  await expect(offered.getByLabel('Microphone 2')).toBeChecked()
  await offered.getByLabel('Microphone 3').uncheck()
  await dialog.getByRole('button', { name: 'Lock', exact: true }).click()
  await expect(dialog).toContainText('Every camera is protected, by the server’s word.', { timeout: 30_000 })
  await dialog.getByRole('button', { name: 'Close' }).click()

  const { siteId, cameraId } = cameraNamed(house, 'Main gate')
  const [beside] = await ask(house, 'listMicrophones', { siteId, cameraIds: [cameraId] })
  expect(beside!.name).toBe('Microphone 2')
  expect(locks().map(({ microphoneIds }) => microphoneIds)).toEqual([[beside!.id]])
  await openList(page, list)
  await rowsOf(page, list).click()
  await expect(page.getByLabel('The chosen evidence lock')).toContainText('one other device')
})

test('a camera whose recorder is away is said not to be protected, everywhere, until it is', async () => {
  house = await openMarking({ recorders: 2 })
  const { page, simulator } = house
  // The main gate is on the second recorder, the lobby on the first.
  await simulator.act({ do: 'stop', which: 'recorder-2' })
  await select(page, 'Lobby')
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('group', { name: 'Cameras' }).getByLabel('Main gate').check()
  await dialog.getByRole('button', { name: 'Lock', exact: true }).click()
  await expect(dialog).toContainText('Some cameras are NOT protected yet.', { timeout: 30_000 })
  await expect(resultOf(page, 'Lobby')).not.toContainText('NOT protected')
  await expect(resultOf(page, 'Main gate')).toContainText('NOT protected yet: its recorder cannot be reached')
  await expect(resultOf(page, 'Main gate')).toContainText('The recording server is offline.')
  await dialog.getByRole('button', { name: 'Close' }).click()

  await page.keyboard.press('F5')
  await expect(page.getByRole('table', { name: 'Over' })).toContainText('made, but 1 of 2 cameras are NOT protected')
  await openList(page, list)
  await expectStates('1 of 2 waiting')
  const bar = page.getByRole('status').filter({ hasText: 'does not protect every camera' })
  await bar.getByRole('button', { name: 'Show' }).click()
  await expect(resultOf(page, 'Main gate')).toContainText('NOT protected yet')
  await dialog.getByRole('button', { name: 'Close' }).click()

  await simulator.act({ do: 'start', which: 'recorder-2' })
  // Asked again by itself, each time after twice as long.
  await expect(bar).toBeHidden({ timeout: 60_000 })
  await expectStates('Protected')
  expect(locks()).toMatchObject([{ pendingRecorders: [] }])
  await page.keyboard.press('F5')
  await expect(page.getByRole('table', { name: 'Over' })).not.toContainText('NOT protected')
})

test('a lock is kept longer, and unlocked only with a reason and the word typed, which the trail has', async () => {
  house = await openMarking()
  const { page, simulator } = house
  const [from, to] = [iso(minutesAgo(30)), iso(minutesAgo(20))]
  const { siteId, cameraId } = cameraNamed(house, 'Lobby')
  const words = { headline: 'Theft from the lobby', description: '', keepFor: { type: 'days' as const, units: 30 } }
  await ask(house, 'addEvidenceLock', { siteId, cameraIds: [cameraId], microphoneIds: [], from, to, ...words })
  await expect.poll(() => locks().map(({ sizeBytes }) => sizeBytes !== null), { timeout: 30_000 }).toEqual([true])
  await openList(page, list)
  await expectStates('Protected')
  await rowsOf(page, list).click()

  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Keep it for another time')
  await dialog.getByLabel('Keep for').selectOption('Until it is unlocked')
  await dialog.getByRole('button', { name: 'Keep', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByLabel('The chosen evidence lock')).toContainText('unlocked by hand', { timeout: 30_000 })
  expect(locks()).toMatchObject([{ expires: '9999-12-31T22:59:59.9999999Z' }])

  await rowsOf(page, list).click()
  await page.keyboard.press('Delete')
  const unlock = dialog.getByRole('button', { name: 'Unlock', exact: true })
  await expect(dialog).toContainText('Unlock this evidence?')
  await dialog.getByRole('button', { name: 'Keep it locked' }).click()
  await expect(dialog).toBeHidden()
  await page.keyboard.press('Delete')
  await expect(unlock).toBeDisabled()
  await dialog.getByLabel('Type UNLOCK to unlock').fill('UNLOCK')
  await expect(unlock).toBeDisabled()
  await dialog.getByLabel('Reason').fill('Case 4711 is closed')
  await dialog.getByLabel('Type UNLOCK to unlock').fill('UNLOK')
  await expect(unlock).toBeDisabled()
  expect(locks()).toHaveLength(1)
  await dialog.getByLabel('Type UNLOCK to unlock').fill('UNLOCK')
  await unlock.click()
  await expect(page.getByText('No evidence lock found')).toBeVisible({ timeout: 30_000 })
  expect(locks()).toEqual([])
  const trail = async () => {
    const filter = { text: 'case 4711' }
    const { lines } = await ask(house, 'listAudit', { filter, before: null, count: 10 })
    return lines.map(({ what, who, reason }) => ({ what, who, reason }))
  }
  const line = { who: simulator.user, reason: 'Case 4711 is closed' }
  await expect.poll(trail).toEqual([
    { what: 'command-outcome', ...line },
    { what: 'command-accepted', ...line },
  ])
})

test('where the licence has no evidence locks, the buttons say so before anything is asked', async () => {
  house = await openMarking({ edition: 'professional+' })
  const { page, simulator } = house
  const why = 'The licence of this server does not include it.'
  await select(page, 'Lobby')
  const button = page.getByRole('button', { name: 'Evidence lock', exact: true })
  await expect(button).toBeDisabled()
  await expect(button).toHaveAttribute('title', why)
  await page.keyboard.press('e')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await bookmarked(house, 'Lobby', 'Van at the door', minutesAgo(20))
  await openList(page, 'Bookmarks')
  await rowsOf(page, 'Bookmarks').click()
  await expect(page.getByRole('button', { name: 'Lock this span' })).toBeDisabled()
  await expect(page.getByLabel('The chosen bookmark')).toContainText(`Evidence lock: ${why}`)
  await page.keyboard.press('e')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(Object.keys(simulator.state().requests).filter((line) => line.includes('evidencelock'))).toEqual([])
})
