import { expect, type Page } from '@playwright/test'
import type { Stage } from './stage.ts'

const onLive = (page: Page) => page.locator('[data-tile][data-state="live"]').nth(8).waitFor({ timeout: 60_000 })
const press = (page: Page, name: string) => page.getByRole('button', { name }).click()

async function form(page: Page, key: string): Promise<void> {
  await onLive(page)
  await page.keyboard.press(key)
  await page.getByRole('dialog').getByLabel('Headline').waitFor()
}
async function find(page: Page): Promise<void> {
  await onLive(page)
  await page.keyboard.press('F3')
}
async function findLocks(page: Page): Promise<void> {
  await find(page)
  await page.getByRole('tab', { name: 'Evidence locks' }).click()
}
const row = (page: Page, at: number) => page.getByRole('row').nth(at + 1)

export const markingStages: Record<string, Stage> = {
  'marking-bookmark': { scene: 'marking', act: (page) => form(page, 'Shift+B') },
  'marking-bookmarked': {
    scene: 'marking',
    act: async (page) => {
      await form(page, 'Shift+B')
      await press(page, 'All in view')
      await page.getByRole('dialog').getByRole('button', { name: 'Bookmark', exact: true }).click()
      await page.getByRole('dialog').getByText('refused').waitFor()
    },
  },
  'marking-lock': {
    scene: 'marking',
    act: async (page) => {
      await form(page, 'e')
      await page.getByLabel('Keep for').waitFor()
    },
  },
  'marking-locked': {
    scene: 'marking',
    act: async (page) => {
      await form(page, 'e')
      await page.getByLabel('Keep for').waitFor()
      await page.getByRole('dialog').getByRole('button', { name: 'Lock', exact: true }).click()
      await page.getByText('NOT protected yet').first().waitFor()
    },
  },
  'marking-bookmarks': {
    scene: 'marking',
    act: async (page) => {
      await find(page)
      await row(page, 1).click()
      await page.getByRole('button', { name: 'Lock this span' }).waitFor()
    },
  },
  'marking-edit': {
    scene: 'marking',
    act: async (page) => {
      await find(page)
      await row(page, 0).click()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.getByRole('dialog').getByLabel('Headline').waitFor()
    },
  },
  'marking-locks': {
    scene: 'marking',
    act: async (page) => {
      await findLocks(page)
      await row(page, 0).click()
      await page.getByRole('button', { name: 'Unlock' }).waitFor()
    },
  },
  'marking-unlock': {
    scene: 'marking',
    act: async (page) => {
      await findLocks(page)
      await row(page, 1).click()
      await page.keyboard.press('Delete')
      await page.getByRole('dialog').getByLabel('Reason').waitFor()
    },
  },
  'marking-nothing': {
    act: async (page) => {
      await find(page)
      await page.getByText('No bookmark found').waitFor()
    },
  },
  'marking-locks-failed': {
    scene: 'marking-nothing',
    act: async (page) => {
      await findLocks(page)
      await page.getByRole('button', { name: 'Try again' }).waitFor()
    },
  },
  'marking-cannot': {
    act: async (page) => {
      await onLive(page)
      await expect(page.getByRole('button', { name: 'Evidence lock' })).toBeDisabled()
      await page.getByRole('button', { name: 'Evidence lock' }).hover({ force: true })
    },
  },
}
