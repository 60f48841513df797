import { expect, type Page } from '@playwright/test'
import type { Stage } from './stage.ts'

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()
const edit = async (page: Page) => {
  await press(page, 'Edit')
  await page.getByLabel('Gateway address 1').waitFor()
}

export const profileStages: Record<string, Stage> = {
  'profile-edit': { scene: 'profile', act: edit },
  'profile-edit-end': {
    scene: 'profile',
    act: async (page) => {
      await edit(page)
      await page.getByLabel('Operators may stay signed in').focus()
    },
  },
  'profile-ways': {
    act: async (page) => {
      await edit(page)
      await page.getByRole('group', { name: 'User-defined events' }).scrollIntoViewIfNeeded()
    },
  },
  'profile-ways-end': {
    scene: 'profile-ways',
    act: async (page) => {
      await edit(page)
      await page.getByLabel('Start hidden at log-on').focus()
    },
  },
  'profile-edit-zoomed': { scene: 'profile', sizes: [{ width: 640, height: 400 }], act: edit },
  'profile-add': {
    scene: 'profile',
    act: async (page) => {
      await press(page, 'Add site')
      await page.getByLabel('Gateway address 1').fill('vms.example')
    },
  },
  'profile-bad-field': {
    scene: 'profile',
    act: async (page) => {
      await edit(page)
      await page.keyboard.press('Control+s')
      await expect(page.getByLabel('Gateway address 2')).toBeFocused()
    },
  },
  'profile-bad-path': {
    act: async (page) => {
      await edit(page)
      await page.getByLabel('Path for signalling in one exchange').fill('webrtc/signaling')
      await page.keyboard.press('Control+s')
      await expect(page.getByText('Must be a path on the gateway')).toBeInViewport()
    },
  },
  'profile-single-shot': {
    scene: 'profile',
    act: async (page) => {
      await edit(page)
      await page.getByLabel('Recording server 1').focus()
      for (let times = 0; times < 6; times++) {
        await page.keyboard.press('Tab')
        const focused = page.locator(':focus')
        if ((await focused.getAttribute('maxlength')) === '700') break
      }
      await expect(page.getByLabel('Path for signalling in one exchange')).toBeFocused()
    },
  },
  'profile-unsaved': {
    scene: 'profile',
    act: async (page) => {
      await edit(page)
      await page.getByLabel('Name', { exact: true }).fill('HQ')
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor()
    },
  },
  'profile-remove': {
    scene: 'profile',
    act: async (page) => {
      await press(page, 'Remove')
      await page.getByRole('dialog').waitFor()
    },
  },
  'profile-removed': {
    scene: 'profile',
    act: async (page) => {
      await press(page, 'Remove')
      await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
      await page.getByText('is removed').waitFor()
    },
  },
  'profile-forbidden': {
    act: async (page) => {
      await page.getByText('allows no adding').first().waitFor()
    },
  },
  'profile-managed': {
    act: async (page) => {
      await page.getByRole('option', { name: 'Depot South' }).click()
      await press(page, 'View profile')
      await page.getByLabel('Gateway address 1').waitFor()
    },
  },
  'profile-import': {
    act: async (page) => {
      await press(page, 'Import…')
      await page.getByRole('table').waitFor()
    },
  },
  'profile-import-failed': {
    act: async (page) => {
      await press(page, 'Import…')
      await page.getByText('Choose another file').waitFor()
    },
  },
  'profile-test': {
    act: async (page) => {
      await press(page, 'Test connection')
      await page.getByText('does not answer as it should').waitFor()
    },
  },
  'profile-testing': {
    act: async (page) => {
      await press(page, 'Test connection')
      await page.getByText('Trying every address').waitFor()
    },
  },
}
