import { expect, test, type Page } from '@playwright/test'
import { leaksIn } from '../support/leaks.ts'
import { leaksOf, openHouse, stepClock, type House } from './harness.ts'
import { allLive, showInstead, watchStates } from './tiles.ts'

/** Tokens that end early, and clocks that are set, while nine cameras play (security.md 6, R13 and R14). */
let house: House
test.afterEach(async () => {
  expect(leaksOf(house)).toEqual([])
  await house.close()
})

const allTheTime = Array.from({ length: 9 }, () => ['live'])

/** Thirty-six calls at once that each need the server; how many were answered. */
const ask36 = (page: Page, siteId: string) =>
  page.evaluate(async (site) => {
    const calls = Array.from({ length: 36 }, () => window.bridgeCall('listCameraGroups', { siteId: site })) as Promise<{
      ok: boolean
    }>[]
    return (await Promise.all(calls)).filter(({ ok }) => ok).length
  }, siteId)
const siteId = async (): Promise<string> => (await house.services.handlers.listSites(undefined))[0]!.id

for (const { client, grants } of [
  { client: 'VmsClient', grants: { loginsTried: 1, refreshesTried: 1 } },
  { client: 'GrantValidatorClient', grants: { loginsTried: 2, refreshesTried: 0 } },
]) {
  test(`tokens revoked with 36 calls under way cost one renewal and no picture (${client})`, async () => {
    house = await openHouse({ profile: { fields: { signIn: { kind: 'basic', client } } } })
    const { page, simulator } = house
    await house.signIn()
    await allLive(page)
    const seen = await watchStates(page)
    await simulator.act({ do: 'expire-tokens' })
    const before = simulator.state()
    expect(await ask36(page, await siteId())).toBe(36)
    await expect.poll(() => simulator.state().requests['PATCH /api/rest/v1/webrtc/session/{id}']).toBe(9)
    await allLive(page)
    expect(simulator.state()).toMatchObject({ ...grants, sessionsEverOpened: before.sessionsEverOpened })
    expect(await seen()).toEqual(allTheTime)
    // Of each token main came to know: the check below looks for these, and would find them.
    const [token] = house.secrets.filter((secret) => secret.startsWith('eyJ'))
    expect(leaksIn(`Bearer ${token}`, house.secrets)).toContain('raw')
    expect(house.secrets.length).toBeGreaterThanOrEqual(client === 'VmsClient' ? 5 : 3)
  })
}

test('a session the server ended for good is not tried again by itself: one sign-in brings the cameras back', async () => {
  house = await openHouse()
  const { page, simulator } = house
  await house.signIn()
  await allLive(page)
  await simulator.act({ do: 'expire-tokens', refreshToo: true })
  expect(await ask36(page, await siteId())).toBe(0)
  const site = page.getByRole('contentinfo').getByRole('button', { name: /Northgate Works/ })
  await expect(site).toContainText('session ended, sign in again')
  expect(simulator.state()).toMatchObject({ loginsTried: 1, refreshesTried: 1 })
  await site.click()
  await expect(page.getByText('The session at this site has ended.')).toBeVisible()
  await house.signIn()
  await allLive(page)
  expect(simulator.state()).toMatchObject({ loginsTried: 2, refreshesTried: 1 })
})

const steps = [
  { name: 'two hours ahead', stepMs: 2 * 3_600_000, renewals: 1 },
  { name: 'a day back', stepMs: -86_400_000, renewals: 0 },
]
for (const { name, stepMs, renewals } of steps) {
  test(`this computer’s clock is set ${name}: no picture is lost and nobody signs in again`, async () => {
    const clock = stepClock()
    house = await openHouse({ clock, simulator: { cameras: 10 } })
    const { page, simulator } = house
    await house.signIn()
    await allLive(page)
    const seen = await watchStates(page)
    clock.stepMs = stepMs
    await showInstead(page, 8, simulator.site.cameras[9]!.name)
    await allLive(page)
    await expect(page.getByRole('contentinfo')).toContainText(/Northgate Works clock [+−]\d+\.\d s/)
    expect((await seen()).slice(0, 8)).toEqual(allTheTime.slice(1))
    expect(simulator.state()).toMatchObject({ loginsTried: 1, refreshesTried: renewals })
  })
}

const YEAR_AND_MORE_MS = 400 * 86_400_000

test('this computer’s clock is set 400 days ahead while the certificate is in its time: one renewal, no sign-in', async () => {
  const clock = stepClock()
  house = await openHouse({ clock, simulator: { cameras: 10, certDays: 1000 } })
  const { page, simulator, services } = house
  await house.signIn()
  await allLive(page)
  clock.stepMs = YEAR_AND_MORE_MS
  // New connections, so that every certificate is judged by the clock that was set.
  services.networkChanged()
  await showInstead(page, 8, simulator.site.cameras[9]!.name)
  await allLive(page)
  expect(await ask36(page, await siteId())).toBe(36)
  expect(simulator.state()).toMatchObject({ loginsTried: 1, refreshesTried: 1 })
})

test('this computer’s clock is set 400 days ahead, past the end of the certificate: it is said, nobody signs in, and setting it right is enough', async () => {
  const clock = stepClock()
  house = await openHouse({ clock, simulator: { cameras: 10 } })
  const { page, simulator, services } = house
  await house.signIn()
  await allLive(page)
  clock.stepMs = YEAR_AND_MORE_MS
  services.networkChanged()
  const id = await siteId()
  await expect.poll(() => ask36(page, id)).toBe(0)
  await page.getByRole('button', { name: 'Sites' }).click()
  await expect(page.getByText('The certificate of the server has expired.').first()).toBeVisible()
  expect(simulator.state()).toMatchObject({ loginsTried: 1, refreshesTried: 0 })

  clock.stepMs = 0
  services.networkChanged()
  await expect.poll(() => ask36(page, id), { timeout: 60_000 }).toBe(36)
  expect(simulator.state().loginsTried).toBe(1)
})

test('the server’s clock is set two hours ahead and every token ends with it: the cameras come back by one renewal', async () => {
  house = await openHouse()
  const { page, simulator } = house
  await house.signIn()
  await allLive(page)
  const { sessionsEverOpened } = simulator.state()
  await simulator.act({ do: 'set-clock', offsetSeconds: 7200 })
  await expect.poll(() => simulator.state().sessionsEverOpened).toBeGreaterThanOrEqual(sessionsEverOpened + 9)
  await allLive(page)
  await expect(page.getByRole('contentinfo')).toContainText(/Northgate Works clock \+7\d{3}\.\d s/)
  expect(simulator.state()).toMatchObject({ loginsTried: 1, refreshesTried: 1 })
})
