import { expect, type Page } from '@playwright/test'
import { auditStages } from './audit-stages.ts'
import { liveStages } from './live-stages.ts'
import { markingStages } from './marking-stages.ts'
import { playbackStages } from './playback-stages.ts'
import { profileStages } from './profile-stages.ts'
import { soundStages } from './sound-stages.ts'
import type { Stage } from './stage.ts'
import { takeAwayStages } from './take-away-stages.ts'
import { timelineStages } from './timeline-stages.ts'

const heading = (page: Page) => page.getByRole('heading', { level: 2 }).first().waitFor()
const settled: Stage = { act: heading }
const goToSites = (page: Page) => page.getByRole('button', { name: 'Sites' }).click()

const openCapture = async (page: Page) => {
  await goToSites(page)
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Capture server facts…' }).click()
  await page.getByLabel('Open a live video session').check()
}
const capture = async (page: Page, words: string) => {
  await openCapture(page)
  await page.getByRole('button', { name: 'Choose a folder and capture' }).click()
  await page.getByRole('dialog').getByText(words).waitFor()
}

/** Zoomed to 200 % in a 1280 × 800 window, as the page sees it. */
const zoomed = [{ width: 640, height: 400 }]

export const stages: Record<string, Stage> = {
  ...auditStages,
  ...liveStages,
  ...markingStages,
  ...playbackStages,
  ...profileStages,
  ...soundStages,
  ...takeAwayStages,
  ...timelineStages,
  empty: settled,
  loading: {},
  'list-failed': settled,
  form: settled,
  'form-zoomed': { scene: 'form', sizes: zoomed, act: heading },
  'form-high-contrast': {
    scene: 'form',
    act: async (page) => {
      await heading(page)
      await page.evaluate(() => (document.documentElement.dataset.contrast = 'high'))
    },
  },
  'form-no-user': settled,
  'form-may-not-stay': settled,
  'form-by-keyboard': {
    scene: 'form',
    act: async (page) => {
      await expect(page.getByLabel('Password', { exact: true })).toBeFocused()
      await page.keyboard.press('Shift+Tab')
      await expect(page.getByLabel('User name')).toBeFocused()
      await page.keyboard.press('Shift+Tab')
      await expect(page.getByRole('option', { name: 'HQ Campus' })).toBeFocused()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Depot South' }).waitFor()
      await expect(page.getByLabel('User name')).toBeFocused()
      await page.keyboard.press('Shift+Tab')
      await expect(page.getByRole('option', { name: 'Depot South' })).toBeFocused()
    },
  },
  'form-typed': {
    scene: 'form',
    act: async (page) => {
      await page.getByLabel('Password', { exact: true }).fill('correct horse battery staple')
      await page.getByRole('button', { name: 'Show the password' }).click()
    },
  },
  'signing-in': {
    act: async (page) => {
      await page.getByText('has not answered yet').waitFor()
    },
  },
  'wrong-password': settled,
  'locked-out': settled,
  'must-change-password': settled,
  'windows-sign-in-unsupported': settled,
  unreachable: settled,
  'not-tls': settled,
  'bad-answer': settled,
  refused: settled,
  bug: settled,
  unpinned: { act: async (page) => page.getByText('SHA-256').waitFor() },
  'unpinned-zoomed': { scene: 'unpinned', sizes: zoomed, act: async (page) => page.getByText('SHA-256').waitFor() },
  'unpinned-mistyped': {
    scene: 'unpinned',
    act: async (page) => {
      await page.getByLabel('Last 8 characters').fill('E8B7 214E')
      await page.getByLabel('Last 8 characters').press('Enter')
      await page.getByText('Do not trust it').waitFor()
    },
  },
  'unpinned-looking': settled,
  'unpinned-unreachable': settled,
  'unpinned-expired': { act: async (page) => page.getByText('expired').first().waitFor() },
  blocked: settled,
  'blocked-zoomed': { scene: 'blocked', sizes: zoomed, act: heading },
  'blocked-unseen': settled,
  'blocked-managed': settled,
  'blocked-mistyped': {
    scene: 'blocked',
    act: async (page) => {
      await page.getByLabel('Last 8 characters of the new').fill('E8B7 214D')
      await page.getByLabel('Last 8 characters of the new').press('Enter')
      await page.getByText('Do not trust it').waitFor()
    },
  },
  'blocked-waiting': {
    scene: 'blocked',
    act: async (page) => {
      await page.getByRole('button', { name: 'Keep waiting for the old one' }).click()
      await page.getByText('Waiting for the trusted certificate').waitFor()
    },
  },
  'blocked-expired': settled,
  expiring: settled,
  'expiring-open': {
    act: async (page) => {
      await goToSites(page)
      await heading(page)
    },
  },
  'live-zoomed': { scene: 'open', sizes: zoomed },
  notice: { act: async (page) => page.getByRole('button', { name: 'Dismiss' }).waitFor() },
  open: {
    act: async (page) => {
      await goToSites(page)
      await heading(page)
    },
  },
  'open-managed': {
    act: async (page) => {
      await goToSites(page)
      await heading(page)
    },
  },
  'open-compare': {
    scene: 'open',
    act: async (page) => {
      await goToSites(page)
      await page.getByRole('button', { name: 'Compare the certificate of' }).click()
      await page.getByRole('dialog').getByText('SHA-256').waitFor()
    },
  },
  capture: { act: openCapture },
  'capture-zoomed': { scene: 'capture', sizes: zoomed, act: openCapture },
  'capture-called-off': {
    scene: 'capture-running',
    act: async (page) => {
      await capture(page, 'the server is asked')
      await page.getByRole('button', { name: 'Call off' }).click()
      await page.getByText('Called off.').waitFor()
    },
  },
  'capture-nowhere': {
    scene: 'form',
    act: async (page) => {
      await heading(page)
      await page.keyboard.press('Control+Shift+F')
      await page.getByText('Nobody is signed in at any site').waitFor()
    },
  },
  more: {
    scene: 'form',
    act: async (page) => {
      await heading(page)
      await page.getByRole('button', { name: 'More' }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('menuitemcheckbox', { name: 'High contrast' }).waitFor()
    },
  },
  'capture-running': { act: (page) => capture(page, 'the server is asked') },
  'capture-done': { scene: 'capture', act: (page) => capture(page, '23 files are written') },
  'capture-failed': { act: (page) => capture(page, 'the disk is full') },
  'open-down': {
    act: async (page) => {
      await goToSites(page)
      await heading(page)
    },
  },
  'sign-out': {
    scene: 'open',
    act: async (page) => {
      await goToSites(page)
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()
      await expect(page.getByRole('button', { name: 'Sign out' })).toBeFocused()
      await page.keyboard.press('Enter')
      await expect(page.getByRole('button', { name: 'Stay signed in' })).toBeFocused()
    },
  },
}
