import { expect, test } from '@playwright/test'
import { openHouse, type House } from './harness.ts'

let house: House
test.afterEach(() => house.close())

test('without a pin: look, compare, agree, and only then type a password', async () => {
  house = await openHouse({ simulator: { media: null }, profile: { sha256: undefined } })
  const { page, simulator } = house
  const password = page.getByLabel('Password', { exact: true })
  await expect(page.getByText('This is the first contact with this server.')).toBeVisible()
  await expect(password).toBeDisabled()
  const groups = simulator.sha256.toUpperCase()
  const shown = (await page.locator('body').innerText()).replace(/[\s:]/g, '')
  expect(shown).toContain(groups)
  expect(simulator.state().applicationBytes).toBe(0)

  const lastEight = page.getByLabel('Last 8 characters of the fingerprint you were given')
  await lastEight.fill('00000000')
  await page.getByRole('button', { name: 'Trust this certificate' }).click()
  await expect(page.getByText('These are not the last 8 characters of this certificate.')).toBeVisible()
  await expect(password).toBeDisabled()

  await lastEight.fill(simulator.sha256.slice(-8))
  await page.getByRole('button', { name: 'Trust this certificate' }).click()
  await expect(password).toBeEnabled()
  expect(simulator.state().applicationBytes).toBe(0)
  await house.signIn()
  await expect(page.getByRole('treeitem', { name: /Lobby/ })).toBeVisible()
})
