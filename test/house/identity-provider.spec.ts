import { expect, test } from '@playwright/test'
import type { Simulator } from '../simulator/start.ts'
import { pinned } from '../support/profile-file.ts'
import { leaksOf, openHouse, type House } from './harness.ts'
import { allLive, showInstead, watchStates } from './tiles.ts'

/** A site whose identity provider is a server of its own. */
let house: House
test.afterEach(async () => {
  expect(leaksOf(house)).toEqual([])
  await house.close()
})

const away = 'The management server, which signs users in, does not answer.'
const bothPinned = ({ gateway, sha256, idp }: Simulator) => ({
  fields: { idp: idp.origin, trust: pinned([{ origin: gateway, sha256 }, idp]) },
})

test('both servers are compared and pinned before a password can be typed, and only one ever sees it', async () => {
  house = await openHouse({
    simulator: { idp: 'separate', media: null },
    profile: ({ idp }) => ({ sha256: undefined, fields: { idp: idp.origin } }),
  })
  const { page, simulator } = house
  const password = page.getByLabel('Password', { exact: true })
  for (const { origin, sha256 } of [simulator.gateways[0]!, simulator.idp]) {
    await expect(page.getByText(`${new URL(origin).host} is among the names`)).toBeVisible()
    await expect(password).toBeDisabled()
    await page.getByLabel('Last 8 characters of the fingerprint you were given').fill(sha256.slice(-8))
    await page.getByRole('button', { name: 'Trust this certificate' }).click()
  }
  await expect(password).toBeEnabled()
  const before = simulator.state()
  expect([before.gateways[0]!.applicationBytes, before.idp.applicationBytes]).toEqual([0, 0])

  await house.signIn()
  await expect(page.getByRole('treeitem', { name: /Lobby/ })).toBeVisible()
  const { idp, requests } = simulator.state()
  expect(idp.requests).toBe(1)
  expect(Object.keys(requests).filter((path) => /idp/i.test(path))).toEqual(['POST /idp/connect/token'])
  await page.getByRole('button', { name: 'Sites' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'its own certificate' })).toHaveCount(2)
})

test('a provider that is away when somebody signs in is named, and the same password serves when it is back', async () => {
  house = await openHouse({ simulator: { idp: 'separate', media: null }, profile: bothPinned })
  const { page, simulator } = house
  await simulator.act({ do: 'stop', which: 'idp' })
  await house.signIn()
  await expect(page.getByText(away)).toBeVisible()
  await simulator.act({ do: 'start', which: 'idp' })
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('treeitem', { name: /Lobby/ })).toBeVisible()
  expect(simulator.state().loginsTried).toBe(1)
})

test('a provider behind the gateway that is stopped is named apart from the server, and is not called busy', async () => {
  house = await openHouse({ simulator: { media: null } })
  const { page, simulator } = house
  await simulator.act({ do: 'stop', which: 'idp' })
  await house.signIn()
  await expect(page.getByText('The sign-in service of the server does not answer')).toBeVisible()
  await expect(page.getByText('too busy')).toHaveCount(0)
  await simulator.act({ do: 'start', which: 'idp' })
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('treeitem', { name: /Lobby/ })).toBeVisible()
  expect(simulator.state().loginsTried).toBe(1)
})

test('a provider that goes away while cameras play costs no picture, is named, and is found again', async () => {
  house = await openHouse({ simulator: { idp: 'separate', cameras: 10 }, profile: bothPinned })
  const { page, simulator } = house
  await house.signIn()
  await allLive(page)
  const seen = await watchStates(page)
  await simulator.act({ do: 'stop', which: 'idp' })
  await simulator.act({ do: 'expire-tokens' })
  await showInstead(page, 8, simulator.site.cameras[9]!.name)
  await expect(page.locator('[data-tile="8"]')).toContainText(away)
  await expect(page.locator('[data-tile][data-state="live"]')).toHaveCount(8)

  await simulator.act({ do: 'start', which: 'idp' })
  await allLive(page)
  await expect(page.getByRole('contentinfo')).not.toContainText('no answer since')
  expect((await seen()).slice(0, 8)).toEqual(Array.from({ length: 8 }, () => ['live']))
  expect(simulator.state()).toMatchObject({ loginsTried: 1, refreshesGranted: 1 })
})
