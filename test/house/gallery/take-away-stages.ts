import type { Page } from '@playwright/test'
import type { Stage } from './stage.ts'

const onLive = (page: Page) => page.locator('[data-tile][data-state="live"]').nth(3).waitFor({ timeout: 60_000 })

async function snapshot(page: Page, words: string): Promise<void> {
  await onLive(page)
  await page.keyboard.press('Control+s')
  await page.locator('.saved').getByText(words).waitFor()
}
async function form(page: Page): Promise<void> {
  await onLive(page)
  await page.keyboard.press('Control+e')
  await page.getByRole('dialog').getByText('this will need about').waitFor()
}
async function started(page: Page, words: string): Promise<void> {
  await form(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('dialog').getByText(words).waitFor()
}

export const takeAwayStages: Record<string, Stage> = {
  'take-away-saved': { scene: 'take-away', act: (page) => snapshot(page, 'is in') },
  'take-away-not-saved': { scene: 'take-away-full', act: (page) => snapshot(page, 'the disk is full') },
  'take-away-menu': {
    scene: 'take-away',
    act: async (page) => {
      await onLive(page)
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Snapshot' }).waitFor()
    },
  },
  'take-away-form': { scene: 'take-away', act: form },
  'take-away-no-room': { scene: 'take-away-full', act: form },
  'take-away-running': { scene: 'take-away', act: (page) => started(page, 'left, at 1×') },
  'take-away-broken': { act: onLive },
  'take-away-broken-again': {
    scene: 'take-away-broken',
    act: async (page) => {
      await onLive(page)
      await page.getByRole('button', { name: 'Export the rest again…' }).click()
      await page.getByRole('dialog').getByText('this will need about').waitFor()
    },
  },
  'take-away-broken-nothing': { act: onLive },
  'take-away-broken-stuck': { act: onLive },
  'take-away-failed': { act: (page) => started(page, 'the disk is full') },
}
