import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { openHouse, signIn, type House } from './harness.ts'

/** What an open site tells of itself, in the real page, with the real main and a simulated server behind it. */
let house: House
test.afterEach(() => house.close())

test('a recorder the server told of hears nothing before its certificate was compared, and is kept', async () => {
  house = await openHouse({ simulator: { media: null } })
  const { page, simulator } = house
  const address = new URL(simulator.recorder).host
  await house.signIn()
  await expect(page.getByRole('treeitem', { name: /Lobby/ })).toBeVisible()
  await page.getByRole('button', { name: 'Sites' }).click()

  const row = page.getByRole('region', { name: 'Servers' }).getByRole('listitem').filter({ hasText: address })
  await expect(row).toContainText('not compared yet')
  expect(simulator.state().recorder).toMatchObject({ tlsHandshakes: 0, applicationBytes: 0 })
  await row.getByRole('button', { name: 'Compare' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('The management server named this recording server.')
  const lastEight = dialog.getByLabel('Last 8 characters of the fingerprint you were given')
  await lastEight.fill('00000000')
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('Do not trust it')
  await lastEight.fill(simulator.sha256.slice(-8))
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(row).toContainText('its own certificate')
  await expect(row).toBeFocused()
  expect(simulator.state().recorder.applicationBytes).toBe(0)
  await expect(page.getByText('Signed in as')).toBeVisible()

  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await expect(page.getByLabel('Recording server 1')).toHaveValue(simulator.recorder)
})

test('a viewer reads what may be done, and adds a site below this one by typing its address', async () => {
  house = await openHouse({ simulator: { media: null, childSites: 2 } })
  const { page, simulator } = house
  await signIn(page, 'viewer', simulator.password)
  await expect(page.getByRole('treeitem', { name: /Lobby/ })).toBeVisible()
  await page.getByRole('button', { name: 'Sites' }).click()

  const rights = page.getByRole('region', { name: 'What you may do here' })
  const right = (name: string) => rights.locator('dl > div').filter({ hasText: name })
  await expect(right('Playback')).toContainText('yes')
  await expect(right('Export')).toContainText('Your user does not have the permission for it.')
  await expect(right('Move cameras')).toContainText('Your user does not have the permission for it.')
  await expect(right('Record by hand')).toContainText('Your user does not have the permission for it.')
  await expect(right('Evidence lock')).toContainText('The licence of this server does not include it.')
  await expect(page.getByText('XProtect Professional+')).toBeVisible()

  const [child] = simulator.childSites
  const below = page.getByRole('region', { name: 'Sites below this one' })
  await below.getByLabel('Address of Harbour').fill('ftp://harbour')
  await page.keyboard.press('Enter')
  await expect(below.getByText('must be https://host')).toBeVisible()
  await expect(below.getByLabel('Address of Harbour')).toBeFocused()

  await below.getByLabel('Address of Harbour').fill(child!.gateway)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Harbour' })).toBeVisible()
  await expect(page.getByText('This is the first contact with this server.')).toBeVisible()
  expect(child!.state().applicationBytes).toBe(0)

  await page.getByRole('option').first().click()
  await expect(below.getByText('already a site here')).toHaveCount(1)
  await expect(below.getByLabel('Address of Airport')).toBeVisible()
})

test('server facts are captured from the menu, by keyboard, and called off without leaving a file', async () => {
  const out = mkdtempSync(path.join(os.tmpdir(), 'watchpost-facts-'))
  const dialogs = { chooseFile: async () => null, chooseTarget: async () => null, chooseFolder: async () => out }
  house = await openHouse({ simulator: { media: null }, dialogs })
  const { page, simulator } = house
  await page.getByRole('button', { name: 'More' }).click()
  await expect(page.getByRole('menuitem', { name: 'Capture server facts…' })).toBeDisabled()
  await page.keyboard.press('Escape')
  await house.signIn()
  await expect(page.getByRole('treeitem', { name: /Lobby/ })).toBeVisible()

  simulator.addFault({ kind: 'path', path: '/api/rest/v1/toolOptions', delayMs: 600_000 })
  await page.getByRole('button', { name: 'Sites' }).click()
  await page.getByRole('button', { name: 'More' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menu').waitFor()
  await page.keyboard.press('c')
  await expect(page.getByRole('menuitem', { name: 'Capture server facts…' })).toBeFocused()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Choose a folder and capture' }).click()
  await expect(dialog).toContainText('the server is asked')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Live', exact: true }).click()
  await expect.poll(() => house.log.lines.join()).toContain('captured alarms')
  await page.keyboard.press('Control+Shift+F')
  await dialog.getByRole('button', { name: 'Call off' }).click()
  await expect(dialog).toContainText('Called off. No file is left.')
  expect(readdirSync(out)).toEqual([])

  simulator.removeFaults()
  await dialog.getByRole('button', { name: 'Choose a folder and capture' }).click()
  await expect(dialog).toContainText('files are written.')
  expect(readdirSync(out)).toHaveLength(1)
  rmSync(out, { recursive: true })
})
