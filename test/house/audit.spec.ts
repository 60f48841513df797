import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { journalPlaces } from '../../src-main/journal-in.ts'
import { verifyAuditFile } from '../../src-main/journal/verify-audit.ts'
import { noDialogs } from '../../src-main/sites/dialogs.ts'
import { pinned } from '../support/profile-file.ts'
import { openHouse, type House } from './harness.ts'

/** The audit trail: the real page, the real main and its journal, and a simulated server that does what is asked. */
let house: House
test.afterEach(() => house.close())

const slow = { timeout: 30_000 }
const line = (page: Page, what: string, outcome: string) =>
  page
    .getByRole('grid', { name: 'Audit trail' })
    .getByRole('row')
    .filter({ hasText: what })
    .filter({ hasText: outcome })

async function exportAs(page: Page, format: 'CSV' | 'JSON'): Promise<string> {
  await page.getByRole('button', { name: 'Export…' }).click()
  await page.getByRole('menuitem', { name: format }).click()
  const told = page.getByText(new RegExp(`exported to watchpost-audit-[\\d-]+\\.${format.toLowerCase()}\\.`))
  await expect(told).toBeVisible(slow)
  const name = /watchpost-audit-[\d-]+\.\w+/.exec((await told.textContent())!)![0]
  return path.join(house.folder, name)
}
const verified = (file: string) => verifyAuditFile(file, journalPlaces(path.join(house.folder, 'data')))

test('what an operator did stands in Log, Audit in words, is filtered, and exported so that --verify-audit vouches for it', async () => {
  house = await openHouse({
    simulator: { media: null, edition: 'corporate' },
    profile: ({ gateway, recorder, sha256 }) => ({
      fields: { trust: pinned([gateway, recorder].map((origin) => ({ origin, sha256 }))) },
    }),
    dialogs: { ...noDialogs, chooseTarget: async (name) => path.join(house.folder, name) },
  })
  const { page, simulator } = house
  await house.signIn()
  const lobby = page.locator('[data-tile][aria-label*="Lobby,"]')
  await lobby.click({ position: { x: 40, y: 40 } })
  await expect.poll(() => simulator.state().webSockets.events, slow).toBe(1)
  await page.keyboard.press('b')
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('Bookmark, Lobby: done', slow)
  await page.keyboard.press('r')
  await expect(lobby).toContainText(/REC \d\d:\d\d left/, slow)

  await page.keyboard.press('F5')
  await page.getByRole('tab', { name: 'Audit' }).click()
  await expect(line(page, 'Signed in', simulator.user)).toHaveCount(1, slow)
  await expect(line(page, 'Bookmark: asked for', 'accepted')).toHaveCount(1, slow)
  await expect(line(page, 'Bookmark: outcome', 'done')).toContainText('Lobby')
  await expect(line(page, 'Record: outcome', 'done')).toHaveCount(1, slow)
  await expect(page.getByText('the trail is whole')).toBeVisible()

  await page.getByLabel('What', { exact: true }).selectOption({ label: 'All commands' })
  await page.getByLabel('Words').fill('bookmark')
  await expect(page.getByRole('status').filter({ hasText: /^2 lines/ })).toBeVisible(slow)
  await expect(page.getByRole('grid', { name: 'Audit trail' }).getByRole('row')).toHaveCount(3)
  await line(page, 'Bookmark: outcome', 'done').click()
  await expect(page.getByRole('complementary', { name: 'Line of the audit trail' })).toContainText(
    'command-outcome · bookmark · done',
  )

  const csv = await exportAs(page, 'CSV')
  expect(await verified(csv)).toEqual({ lines: [`${csv}: good: an export of 2 records`], isGood: true })
  const text = readFileSync(csv, 'utf8')
  expect([text.match(/"bookmark"/g)?.length, text.includes('start-recording')]).toEqual([2, false])
  const json = await exportAs(page, 'JSON')
  expect(await verified(json)).toEqual({ lines: [`${json}: good: an export of 2 records`], isGood: true })

  await page.getByLabel('Words').fill('')
  await page.getByLabel('What', { exact: true }).selectOption({ label: 'Audit trail exported' })
  await expect(line(page, 'Audit trail exported', '2 lines, json')).toHaveCount(1, slow)
})
