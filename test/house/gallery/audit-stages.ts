import { expect, type Page } from '@playwright/test'
import type { Stage } from './stage.ts'

async function open(page: Page): Promise<void> {
  await page.locator('[data-tile][data-state="live"]').nth(8).waitFor({ timeout: 60_000 })
  await page.keyboard.press('F5')
  await page.getByRole('tab', { name: 'Audit' }).click()
}
const listed = async (page: Page) => {
  await open(page)
  await page.getByRole('grid', { name: 'Audit trail' }).waitFor()
}
const choose = (words: string) => async (page: Page) => {
  await listed(page)
  await page.getByRole('row', { name: words }).first().click()
  await page.getByText('In the file').waitFor()
}
const exportAs = async (page: Page, words: string) => {
  await listed(page)
  await page.getByRole('button', { name: 'Export…' }).click()
  await page.getByRole('menuitem', { name: 'CSV, for a spreadsheet' }).click()
  await page.getByText(words).first().waitFor()
}

export const auditStages: Record<string, Stage> = {
  audit: { act: listed },
  'audit-zoomed': { scene: 'audit', sizes: [{ width: 640, height: 400 }], act: listed },
  'audit-high-contrast': {
    scene: 'audit',
    act: async (page) => {
      await choose('Trust of a server changed')(page)
      await page.evaluate(() => (document.documentElement.dataset['contrast'] = 'high'))
    },
  },
  'audit-command': { scene: 'audit', act: choose('Unlock evidence: asked for') },
  'audit-trust': { scene: 'audit', act: choose('Trust of a server changed') },
  'audit-by-keyboard': {
    scene: 'audit',
    act: async (page) => {
      await listed(page)
      await page.keyboard.press('/')
      await page.keyboard.type('recording')
      // Through the fields, past two buttons, to the lines.
      for (let tabs = 0; tabs < 10; tabs += 1) await page.keyboard.press('Tab')
      await expect(page.getByRole('grid', { name: 'Audit trail' })).toBeFocused()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
      await page.getByText('In the file').waitFor()
    },
  },
  'audit-broken': {
    act: async (page) => {
      await open(page)
      await page.getByText('cannot be verified').waitFor()
    },
  },
  'audit-nothing': {
    act: async (page) => {
      await open(page)
      await page.getByText('No line is like that').waitFor()
    },
  },
  'audit-reading': {
    act: async (page) => {
      await open(page)
      await page.getByText('Reading the audit trail').first().waitFor()
    },
  },
  'audit-failed': {
    act: async (page) => {
      await open(page)
      await page.getByRole('button', { name: 'Try again' }).waitFor()
    },
  },
  'audit-own-time': {
    scene: 'audit',
    act: async (page) => {
      await listed(page)
      await page.getByLabel('Time').selectOption({ label: 'From … to …' })
      await page.getByRole('form', { name: 'Which lines' }).getByLabel('Camera', { exact: true }).fill('Lobb')
      await page.getByText('or more than one, is called that').waitFor()
    },
  },
  'audit-menu': {
    scene: 'audit',
    act: async (page) => {
      await listed(page)
      await page.getByRole('button', { name: 'Export…' }).click()
      await page.getByRole('menu').waitFor()
    },
  },
  'audit-exporting': { act: (page) => exportAs(page, 'Choose where') },
  'audit-exported': { scene: 'audit', act: (page) => exportAs(page, 'lines are exported') },
  'audit-export-failed': { act: (page) => exportAs(page, 'Nothing was exported') },
}
