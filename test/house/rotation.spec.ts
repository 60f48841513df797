import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import type { Simulator } from '../simulator/start.ts'
import { leaksOf, openHouse, stepClock, type House } from './harness.ts'
import { allLive, showInstead, watchStates } from './tiles.ts'

/** A server whose certificate is replaced by another, announced beforehand or not (security.md 6, R18). */
let house: House
test.afterEach(async () => {
  expect(leaksOf(house)).toEqual([])
  await house.close()
})

const days = 86_400_000
const announced = (simulator: Simulator) => {
  const { nextSha256 } = simulator.state()
  return { fields: { trust: { [simulator.gateway]: { mode: 'pin', pins: [simulator.sha256], next: [nextSha256] } } } }
}
/** What the profile file says of the gateway now. */
function agreed(): unknown {
  const file = path.join(house.folder, 'hq.watchpost.json')
  const { trust } = JSON.parse(readFileSync(file, 'utf8')) as { trust: Record<string, unknown> }
  return trust[house.simulator.gateway]
}
const eightLive = Array.from({ length: 8 }, () => ['live'])

test('an announced certificate is taken without a question and without an outage, and the old one counts on', async () => {
  const clock = stepClock()
  house = await openHouse({
    clock,
    simulator: { cameras: 10 },
    before: (simulator) => simulator.act({ do: 'announce-certificate' }),
    profile: announced,
  })
  const { page, simulator } = house
  const { sha256: old } = simulator
  const coming = simulator.state().nextSha256
  const [ninth, tenth] = simulator.site.cameras.slice(8).map(({ name }) => name)
  await house.signIn()
  await allLive(page)
  const seen = await watchStates(page)

  await simulator.act({ do: 'rotate', cutConnections: true })
  await showInstead(page, 8, tenth!)
  await allLive(page)
  await expect.poll(agreed).toMatchObject({ pins: [coming], next: [], replaced: [{ pin: old }] })

  // Of several servers behind one address one may still show the old certificate.
  await simulator.act({ do: 'restore-certificate', cutConnections: true })
  await showInstead(page, 8, ninth!)
  await allLive(page)
  expect((await seen()).slice(0, 8)).toEqual(eightLive)
  expect(simulator.state()).toMatchObject({ sha256: old, loginsTried: 1 })

  clock.stepMs = 31 * days
  house.services.networkChanged()
  await expect(page.getByRole('contentinfo')).toContainText('Northgate Works: identity changed, nothing sent')
})

test('one nobody announced is blocked at the first contact, shown beside the old, and agreed on by its end', async () => {
  house = await openHouse({ simulator: { cameras: 10 } })
  const { page, simulator } = house
  const site = page.getByRole('contentinfo').getByRole('button', { name: /Northgate Works/ })
  await house.signIn()
  await allLive(page)
  await simulator.act({ do: 'swap-certificate', cutConnections: true })
  const { sha256: now, applicationBytes, requests } = simulator.state()

  const askedMs = performance.now()
  await showInstead(page, 8, simulator.site.cameras[9]!.name)
  await expect(site).toContainText('identity changed, nothing sent')
  await site.click()
  await expect(page.getByRole('alert')).toHaveText(
    'This server is not the one that was trusted. Nothing has been sent to it.',
  )
  const digits = (await page.getByRole('table').innerText()).replace(/[^0-9A-F]/g, '')
  expect(performance.now() - askedMs).toBeLessThan(2_000)
  expect(digits).toContain(simulator.sha256.toUpperCase())
  expect(digits).toContain(now.toUpperCase())

  // What ran runs on, and what was asked for anew is refused here.
  await page.getByRole('button', { name: 'Live', exact: true }).click()
  await expect(page.locator('[data-tile="8"]')).toHaveAttribute('data-state', 'failed')
  await expect(page.locator('[data-tile][data-state="live"]')).toHaveCount(8)
  expect(simulator.state()).toMatchObject({ applicationBytes, requests })

  await site.click()
  const end = page.getByLabel('Last 8 characters of the new fingerprint')
  await end.fill('00000000')
  await page.getByRole('button', { name: 'Trust the new certificate' }).click()
  await expect(page.getByText('These are not the last 8 characters of this certificate.')).toBeVisible()
  expect(simulator.state()).toMatchObject({ applicationBytes, requests })
  await end.fill(now.slice(-8))
  await page.getByRole('button', { name: 'Trust the new certificate' }).click()
  await expect(page.getByLabel('Password', { exact: true })).toBeEnabled()
  expect(agreed()).toEqual({ mode: 'pin', pins: [now] })
  expect(simulator.state()).toMatchObject({ applicationBytes, requests })

  await house.signIn()
  await allLive(page)
  expect(simulator.state()).toMatchObject({ loginsTried: 2, sha256: now })
})
