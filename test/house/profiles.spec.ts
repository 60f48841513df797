import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { writeProfile } from '../support/profile-file.ts'
import { openHouse, type House } from './harness.ts'

/** Site profiles in the real page, with the real main and a simulated server behind it. */
let house: House
const folder = mkdtempSync(path.join(os.tmpdir(), 'watchpost-profiles-'))
test.afterEach(() => house.close())
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a site typed by its address is tested, met for the first time, pinned and signed in to', async () => {
  house = await openHouse({ simulator: { media: null }, profile: null })
  const { page, simulator } = house
  await expect(page.getByText('No site profile on this computer')).toBeVisible()
  await page.getByRole('button', { name: 'Add site' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Northgate Works')
  await page.getByLabel('Gateway address 1').fill('http://vms.example')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('must be https://host')).toBeVisible()
  await expect(page.getByLabel('Gateway address 1')).toBeFocused()

  await page.getByLabel('Gateway address 1').fill(simulator.gateway.replace('https://', ''))
  await expect(page.getByText('Asked at first contact')).toBeVisible()
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Northgate Works is saved.')).toBeVisible()
  await expect(page.getByText('This is the first contact with this server.')).toBeVisible()

  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText('1 address does not answer as it should.')).toBeVisible()
  await expect(page.getByText('No certificate has been agreed on for this site yet.')).toBeVisible()
  expect(simulator.state().applicationBytes).toBe(0)
  await page.keyboard.press('Escape')

  await page.getByLabel('Last 8 characters of the fingerprint you were given').fill(simulator.sha256.slice(-8))
  await page.getByRole('button', { name: 'Trust this certificate' }).click()
  await expect(page.getByLabel('Password', { exact: true })).toBeEnabled()
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText('Every address answers as it should.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Test connection' })).toBeFocused()

  await house.signIn()
  await expect(page.getByRole('treeitem', { name: /Lobby/ })).toBeVisible()
})

test('a file is looked at before it changes anything, then imported, exported and removed', async () => {
  const exported = path.join(folder, 'copy.watchpost.json')
  const other = 'c3881fd40a7b5269e5219d30b4f70c8e1a6d42f97bb0835ec94e27d10f6c38a5'
  const file = writeProfile(folder, {
    gateway: 'https://127.0.0.1:9',
    sha256: other,
    name: 'Depot',
    id: crypto.randomUUID(),
  })
  house = await openHouse({
    simulator: { media: null },
    dialogs: { chooseFile: async () => file, chooseTarget: async () => exported, chooseFolder: async () => null },
  })
  const { page } = house
  await page.getByRole('button', { name: 'Import…' }).click()
  await expect(page.getByText('Adds the site Depot.')).toBeVisible()
  await expect(page.getByRole('row', { name: /^Trust trust\./ }).filter({ hasText: other })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('option', { name: /Depot/ })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Import…' })).toBeFocused()

  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Add this site' }).click()
  await expect(page.getByText('Depot is imported.')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Depot' })).toBeVisible()

  await page.getByRole('button', { name: 'Export…' }).click()
  await expect(page.getByText('Depot is exported to copy.watchpost.json')).toBeVisible()
  expect(JSON.parse(readFileSync(exported, 'utf8'))).toMatchObject({ name: 'Depot', gateway: ['https://127.0.0.1:9'] })
  expect(readdirSync(folder)).toHaveLength(2)

  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByRole('dialog')).toContainText('Remove the site Depot?')
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByText('Depot is removed.')).toBeVisible()
  await expect(page.getByRole('option', { name: /Depot/ })).toHaveCount(0)

  await page.getByRole('button', { name: 'Undo: bring Depot back' }).click()
  await expect(page.getByRole('option', { name: /Depot/ })).toBeVisible()
  await expect(page.getByText('Depot is removed.')).toHaveCount(0)
})
