import { expect, test, type Page } from '@playwright/test'
import type { Simulator } from '../simulator/start.ts'
import { pinned } from '../support/profile-file.ts'
import { leaksOf, openHouse, signIn, type House } from './harness.ts'
import { allLive, showInstead, watchStates } from './tiles.ts'

/** Two sites in one window, of which one goes away (security.md 6, R34 and R35). */
let house: House
test.afterEach(async () => {
  expect(leaksOf(house)).toEqual([])
  await house.close()
})

const tileAt = (page: Page, index: number) => page.locator(`[data-tile="${index}"]`)
const harbourOf = ({ childSites }: Simulator) => childSites[0]!
const harbourProfile = (simulator: Simulator) => {
  const { gateway, gateways, user } = harbourOf(simulator)
  return [{ id: crypto.randomUUID(), name: 'Harbour', gateway, user, fields: { trust: pinned(gateways) } }]
}
const open = async (media?: null): Promise<House> =>
  (house = await openHouse({
    simulator: { cameras: 10, childSites: 1, ...(media === null && { media }) },
    moreProfiles: harbourProfile,
  }))

async function signInAt(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Sites' }).click()
  await page.getByRole('option', { name }).click()
  await expect(page.getByRole('heading', { name, level: 2 })).toBeVisible()
  await signIn(page, house.simulator.user, house.simulator.password)
}

/** Tiles 0 to 5 are Northgate's, 6 to 8 the harbour's. */
async function playBoth(page: Page): Promise<void> {
  await signInAt(page, 'Northgate Works')
  await allLive(page)
  await signInAt(page, 'Harbour')
  const cameras = harbourOf(house.simulator).site.cameras
  for (const index of [6, 7, 8]) await showInstead(page, index, cameras[index - 6]!.name)
  await allLive(page)
}

const ways = [
  {
    name: 'dies',
    goAway: (site: Simulator) => site.act({ do: 'stop' }),
    comeBack: (site: Simulator) => site.act({ do: 'start' }),
  },
  {
    name: 'goes silent',
    goAway: async (site: Simulator) => {
      site.addFault({ kind: 'path', path: '/*', answer: { body: 'hang' } })
      site.addFault({ kind: 'freeze' })
    },
    comeBack: async (site: Simulator) => site.removeFaults(),
  },
]
for (const { name, goAway, comeBack } of ways) {
  test(`a site that ${name} takes nothing from the other, whose cameras play on and whose server answers as before`, async () => {
    const { page, simulator } = await open()
    const harbour = harbourOf(simulator)
    await playBoth(page)
    const seen = await watchStates(page)
    await goAway(harbour)
    for (const index of [6, 7, 8])
      await expect(tileAt(page, index)).toHaveAttribute('data-state', /dim|waiting|opening/)

    await showInstead(page, 5, simulator.site.cameras[9]!.name)
    await expect(tileAt(page, 5)).toHaveAttribute('data-state', 'live')
    for (const index of [6, 7, 8]) await expect(tileAt(page, index)).not.toHaveAttribute('data-state', 'live')

    await comeBack(harbour)
    await allLive(page)
    expect((await seen()).slice(0, 5)).toEqual(Array.from({ length: 5 }, () => ['live']))
  })
}

test('nobody waits at one site for another that says nothing: its sign-in and list come while the other is still asked', async () => {
  const { page, simulator } = await open(null)
  harbourOf(simulator).addFault({ kind: 'path', path: '/*', answer: { body: 'hang' } })
  await signInAt(page, 'Harbour')
  await expect(page.getByRole('option', { name: 'Harbour' })).toContainText('signing in')
  await signInAt(page, 'Northgate Works')
  await expect(page.getByRole('treeitem', { name: /Lobby/ })).toBeVisible()
  await expect(page.getByRole('contentinfo')).toContainText('Harbour: signing in')
  expect(harbourOf(simulator).state().loginsTried).toBe(0)
})
