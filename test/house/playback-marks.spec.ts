import { expect, test } from '@playwright/test'
import { pinned } from '../support/profile-file.ts'
import { drawnIn } from './drawn-in.ts'
import { openHouse, type House } from './harness.ts'
import { allRecorded, recordedTiles, seeFrame } from './recorded-tile.ts'
import { allLive } from './tiles.ts'

/** From what is marked to what is played, and back: on a server that has evidence locks. */
const HOUR_MS = 3_600_000
const iso = (ms: number): string => new Date(ms).toISOString()

let house: House
let beganMs: number
test.afterEach(() => house.close())

/** A view of four cameras that have recorded for hours. */
async function opened(): Promise<void> {
  beganMs = Math.floor(Date.now() / 1000) * 1000 - 4 * HOUR_MS
  house = await openHouse({
    simulator: { edition: 'corporate' },
    profile: ({ gateway, recorder, sha256 }) => {
      const trust = pinned([gateway, recorder].map((origin) => ({ origin, sha256 })))
      return { rows: 2, columns: 2, fields: { recorders: [recorder], trust } }
    },
    before: async (simulator) => {
      const spans = [{ begin: iso(beganMs), end: iso(Date.now() + HOUR_MS) }]
      for (const camera of [1, 2, 3, 4]) await simulator.act({ do: 'set-recorded', camera, spans })
    },
  })
  await house.signIn()
  await allLive(house.page, 4)
}

const slow = { timeout: 30_000 }
const clockMs = async (): Promise<number> =>
  Date.parse((await house.page.locator('.transport time').getAttribute('datetime')) ?? '')
const status = () => house.page.getByRole('contentinfo', { name: 'Status' })

/** What main answers to a call that no page makes here. */
async function asked<T>(name: string, input: unknown): Promise<T> {
  const answer = await house.services.answer(name, input)
  if (!answer.ok) throw new Error(`${name}: ${answer.failure.kind}`)
  return answer.value as T
}

test('one key from Live; start and end are marked, bookmarked and locked by key, and stand on the timeline', async () => {
  test.setTimeout(180_000)
  await opened()
  const { page, simulator } = house
  await page.keyboard.press('F2')
  await allRecorded(page, 'playing', 4)
  const agoMs = Date.now() - (await seeFrame(page, 0)).stripMs
  expect([agoMs > 20_000, agoMs < 90_000]).toEqual([true, true])
  expect((await drawnIn(page, 'lock')).count).toBe(0)

  await page.keyboard.press('i')
  const fromMs = await clockMs()
  await expect.poll(clockMs, slow).toBeGreaterThan(fromMs + 3_000)
  await page.keyboard.press('o')
  await expect(page.getByText(/^Marked \d\d:\d\d:\d\d – \d\d:\d\d:\d\d$/)).toBeVisible()

  const dialog = page.getByRole('dialog')
  await page.keyboard.press('Shift+B')
  await expect(dialog.getByLabel('Headline')).toBeFocused()
  await page.keyboard.type('Van at the barrier')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('done', { exact: true })).toHaveCount(4, slow)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  expect(simulator.state().bookmarks).toBe(4)

  await page.keyboard.press('e')
  await expect(dialog.getByLabel('Keep for')).toBeVisible(slow)
  await expect(dialog.getByLabel('Headline')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('protected', { exact: true })).toHaveCount(4, slow)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  const [lock] = simulator.state().evidenceLocks
  expect(lock).toBeDefined()

  // The mark goes by one key, and the cursor out of the way: what is still drawn in these inks is flag and band.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Space')
  await allRecorded(page, 'still', 4)
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('Shift+ArrowLeft')
  await expect.poll(async () => (await drawnIn(page, 'lock')).count, slow).toBeGreaterThan(50)
  const nearFlag = async () => {
    const { momentsMs } = await drawnIn(page, 'selection')
    return momentsMs.filter((ms) => Math.abs(ms - fromMs) < 10_000).length
  }
  await expect.poll(nearFlag, slow).toBeGreaterThan(4)
})

test('a key leads from a bookmark and from a lock to their moment on their cameras, and one back to the list', async () => {
  test.setTimeout(180_000)
  await opened()
  const { page } = house
  await page
    .locator('[data-tile]')
    .first()
    .click({ position: { x: 40, y: 40 } })
  await page.keyboard.press('b')
  await expect(status()).toContainText('done', slow)
  const markedMs = Date.now()

  await status().getByRole('button', { name: 'Play' }).click()
  await allRecorded(page, 'playing', 1)
  expect(Math.abs((await seeFrame(page, 0)).stripMs - markedMs)).toBeLessThan(60_000)
  await page.keyboard.press('Escape')
  await allLive(page, 4)

  await page.keyboard.press('F3')
  await page.getByRole('row').nth(1).click()
  await page.keyboard.press('p')
  await allRecorded(page, 'playing', 1)
  const { stripMs, saysMs } = await seeFrame(page, 0)
  expect(Math.abs(saysMs - stripMs)).toBeLessThanOrEqual(2)
  expect(stripMs).toBeGreaterThan(markedMs - 15_000)
  expect(stripMs).toBeLessThan(Date.now())
  await page.keyboard.press('Escape')
  await expect(page.getByRole('row').nth(1)).toHaveAttribute('aria-selected', 'true')

  const [site] = await asked<{ id: string }[]>('listSites', undefined)
  const lockedMs = Math.floor(Date.now() / 1000) * 1000 - HOUR_MS
  const order = {
    siteId: site!.id,
    cameraIds: house.simulator.site.cameras.slice(0, 2).map(({ id }) => id),
    microphoneIds: [],
    from: iso(lockedMs),
    to: iso(lockedMs + 60_000),
    headline: 'Theft from the dock',
    description: '',
    keepFor: { type: 'weeks', units: 1 },
  }
  await asked('addEvidenceLock', order)
  await page.getByRole('tab', { name: 'Evidence locks' }).click()
  await page.getByText('Theft from the dock').first().click(slow)
  await page.keyboard.press('p')
  await allRecorded(page, 'playing', 2)
  const seen = await seeFrame(page, 0)
  expect(seen.stripMs).toBeGreaterThanOrEqual(lockedMs - 1_000)
  expect(seen.stripMs).toBeLessThan(lockedMs + 60_000)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('tab', { name: 'Evidence locks' })).toHaveAttribute('aria-selected', 'true')
})

test('keys lead to the ends of the recordings and from bookmark to bookmark, and live is followed some seconds behind', async () => {
  test.setTimeout(180_000)
  await opened()
  const { page } = house
  await page.keyboard.press('F2')
  await allRecorded(page, 'playing', 4)
  await page.keyboard.press('Space')
  await allRecorded(page, 'still', 4)
  await page.keyboard.press('Home')
  await expect.poll(clockMs, slow).toBe(beganMs)

  await page.keyboard.press('ArrowRight')
  await expect.poll(clockMs, slow).toBe(beganMs + 10_000)
  await page.keyboard.press('b')
  await expect(status()).toContainText('done', slow)
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+PageDown')
  await expect(page.getByText('No later bookmark of these cameras.')).toBeVisible(slow)
  await page.keyboard.press('Shift+PageUp')
  await expect.poll(clockMs, slow).toBe(beganMs + 10_000)
  await page.keyboard.press('Shift+PageUp')
  await expect(page.getByText('No earlier bookmark of these cameras.')).toBeVisible(slow)

  await page.keyboard.press('End')
  await expect.poll(async () => Date.now() - (await clockMs()), slow).toBeLessThan(20_000)
  await page.keyboard.press('f')
  await expect(page.getByText(/Following, \d+ s behind/)).toBeVisible()
  await allRecorded(page, 'playing', 4)
  const behindMs = async () => Date.now() - (await clockMs())
  await expect.poll(behindMs, slow).toBeLessThan(15_000)
  expect(await behindMs()).toBeGreaterThan(1_000)
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByText(/Following, \d+ s behind/)).toBeHidden()
  expect(await recordedTiles(page).count()).toBe(4)
})
