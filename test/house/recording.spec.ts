import { expect, test, type Page } from '@playwright/test'
import { pinned } from '../support/profile-file.ts'
import { openHouse, type House } from './harness.ts'

/** Recording by hand: the real page, the real main and its journal, and a simulated server that keeps a ledger. */
let house: House
test.afterEach(() => house.close())

const tile = (page: Page, name: string) => page.locator(`[data-tile][aria-label*="${name},"]`)
const recorded = () => house.simulator.state().recordings

/** A signed-in wall without pictures whose first tile is selected, where the server's word on recordings is known. */
async function openWall({ rows, columns } = { rows: 3, columns: 3 }): Promise<Page> {
  house = await openHouse({
    simulator: { media: null },
    profile: ({ gateway, recorder, sha256 }) => {
      const trust = pinned([gateway, recorder].map((origin) => ({ origin, sha256 })))
      return { rows, columns, fields: { trust } }
    },
  })
  const { page, simulator } = house
  await house.signIn()
  await expect(page.locator('[data-tile][aria-label*="Car park north"]')).toBeVisible()
  await expect.poll(() => simulator.state().webSockets.events).toBe(1)
  return page
}

/** Selects a camera's tile, and keeps the pointer off it. */
async function select(page: Page, name: string): Promise<void> {
  await tile(page, name).click({ position: { x: 40, y: 40 } })
}

test('R records the selected camera: requested, then REC with a countdown by the server’s word, until R stops it', async () => {
  const page = await openWall()
  await select(page, 'Lobby')
  const slow = house.simulator.addFault({
    kind: 'path',
    path: '*RecorderCommandService*',
    command: 'StartManualRecording',
    delayMs: 2_000,
  })
  await page.keyboard.press('r')
  const lobby = tile(page, 'Lobby')
  await expect(lobby).toContainText('Record requested')
  await expect(lobby).not.toContainText('REC ')
  expect(recorded()).toEqual([])
  house.simulator.removeFaults(slow)
  await expect(lobby).toContainText(/REC \d\d:\d\d left/)
  await expect(lobby).toHaveAttribute('aria-label', /recording$/)
  expect(recorded()).toMatchObject([{ camera: { name: 'Lobby' }, method: 'soap', endedAt: null }])
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('1 recording')
  await expect(page.getByRole('treeitem', { name: /Lobby.*recording/ })).toBeVisible()

  // It counts down; what is pressed within a moment of R is still the same press.
  await expect(lobby).toContainText(/REC 14:5\d left/)
  // Of the two that say so, in the bar and on the tile, the one that names its key.
  await page.locator('button[aria-keyshortcuts="R"]', { hasText: 'Stop' }).click()
  await expect(lobby).not.toContainText('REC')
  expect(recorded()).toMatchObject([{ camera: { name: 'Lobby' }, endedBy: expect.not.stringMatching('time-out') }])
})

test('twenty presses in a moment are one command', async () => {
  const page = await openWall()
  await select(page, 'Lobby')
  for (let press = 0; press < 20; press += 1) await page.keyboard.press('r')
  await expect(tile(page, 'Lobby')).toContainText('left')
  expect(recorded()).toHaveLength(1)
  expect(recorded()[0]!.endedAt).toBeNull()
})

test('a reply that is lost is looked up, and the recording is there once', async () => {
  const page = await openWall()
  await select(page, 'Lobby')
  house.simulator.addFault({
    kind: 'path',
    path: '*RecorderCommandService*',
    command: 'StartManualRecording',
    lost: 'after',
    times: 1,
  })
  await page.keyboard.press('r')
  await expect(tile(page, 'Lobby')).toContainText('left', { timeout: 15_000 })
  expect(recorded()).toHaveLength(1)
  await page.keyboard.press('F5')
  await expect(page.getByRole('table', { name: 'Over' })).toContainText('done', { timeout: 15_000 })
})

test('where the server is gone, NOT recording is said at once, and sent when it is back', async () => {
  const page = await openWall()
  await select(page, 'Lobby')
  await house.simulator.act({ do: 'stop' })
  await page.keyboard.press('r')
  const lobby = tile(page, 'Lobby')
  await expect(lobby.getByRole('alert')).toContainText('NOT recording.')
  await expect(lobby).not.toContainText('left')
  await page.keyboard.press('F5')
  await expect(page.getByRole('table', { name: 'Open commands' })).toContainText('not sent: ')
  await page.keyboard.press('F1')
  await house.simulator.act({ do: 'start' })
  await expect(lobby).toContainText('left', { timeout: 25_000 })
  await expect(lobby.getByRole('alert')).toBeHidden()
})

test('a recorder that says no is quoted until the operator has seen it', async () => {
  const page = await openWall()
  await house.simulator.act({ do: 'set-recording-options', camera: 'Lobby', options: { recordingEnabled: false } })
  await select(page, 'Lobby')
  await page.keyboard.press('r')
  const lobby = tile(page, 'Lobby')
  await expect(lobby.getByRole('alert')).toContainText('NOT recording.')
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('Record, Lobby: refused')
  await page.keyboard.press('Escape')
  await expect(lobby.getByRole('alert')).toBeHidden()
  await expect(lobby).not.toContainText('NOT recording')
})

test('another client’s recording is seen, goes on with its own end when R is pressed, and is stopped only from the dialog', async () => {
  const page = await openWall()
  const lobby = tile(page, 'Lobby')
  await house.simulator.act({ do: 'start-recording', camera: 'Lobby' })
  await expect(lobby).toContainText('REC')
  await expect(lobby).not.toContainText('left')
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('1 recording')
  await select(page, 'Lobby')
  await page.keyboard.press('r')
  await page.keyboard.press('F5')
  await expect(page.getByRole('table', { name: 'Over' })).toContainText('done')
  await page.keyboard.press('F1')
  await expect(lobby).toContainText('REC')
  await expect(lobby).not.toContainText('left')
  expect(recorded()).toMatchObject([{ startedBy: 'CONTROL\\colleague', endedAt: null }])

  await page.keyboard.press('Shift+R')
  await expect(page.getByRole('dialog')).toContainText('A rule or another client records it already.')
  await page.getByRole('button', { name: 'Stop recording' }).click()
  await expect(lobby).not.toContainText('REC')
  expect(recorded()[0]!.endedAt).not.toBeNull()
})

test('Shift+R asks how long, for one camera or all in view, and later how much longer', async () => {
  const page = await openWall({ rows: 1, columns: 2 })
  await page.locator('[data-tile="0"]').click({ position: { x: 40, y: 40 } })
  await page.keyboard.press('Shift+R')
  await expect(page.getByRole('dialog')).toContainText('Kept from 3 s before.')
  await page.getByLabel('How long').selectOption({ label: '2 minutes' })
  await page.getByLabel('All cameras in view (2)').check()
  await page.getByRole('dialog').getByRole('button', { name: 'Record' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  const [first, second] = [page.locator('[data-tile="0"]'), page.locator('[data-tile="1"]')]
  await expect(first).toContainText(/REC 0[12]:\d\d left/)
  await expect(second).toContainText(/REC 0[12]:\d\d left/)
  expect(recorded()).toHaveLength(2)

  await page.keyboard.press('Shift+R')
  await page.getByLabel('How much longer').selectOption({ label: '2 minutes' })
  await page.getByRole('button', { name: 'Record longer' }).last().click()
  await expect(first).toContainText(/REC 03:\d\d left/)
  await expect(second).toContainText(/REC 0[012]:\d\d left/)
})
