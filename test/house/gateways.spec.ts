import { expect, test } from '@playwright/test'
import type { Simulator } from '../simulator/start.ts'
import { pinned } from '../support/profile-file.ts'
import { leaksOf, openHouse, type House } from './harness.ts'
import { allLive } from './tiles.ts'

/** A site with several gateways, of which some go away. */
let house: House
test.afterEach(async () => {
  expect(leaksOf(house)).toEqual([])
  await house.close()
})

const gatewaysOf = ({ gateways }: Simulator) => ({
  fields: { gateway: gateways.map(({ origin }) => origin), trust: pinned(gateways) },
})
/** Through which gateway the cameras came. */
const roads = () => house.simulator.state().sessions.map(({ gateway }) => gateway)
const nine = (gateway: string) => Array.from({ length: 9 }, () => gateway)
/** The servers of the site as the Sites screen lists them. */
const server = (at: number) =>
  house.page.getByRole('listitem').filter({ hasText: new URL(house.simulator.gateways[at]!.origin).host })

test('with two gateways away from the start, the third signs in and brings the pictures', async () => {
  house = await openHouse({
    simulator: { gateways: 3 },
    before: async (simulator) => {
      await simulator.act({ do: 'stop', which: 'gateway' })
      await simulator.act({ do: 'stop', which: 'gateway-2' })
    },
    profile: gatewaysOf,
  })
  await house.signIn()
  await allLive(house.page)
  expect(roads()).toEqual(nine('gateway-3'))
  expect(house.simulator.state().loginsTried).toBe(1)
  await house.page.getByRole('button', { name: 'Sites' }).click()
  await expect(server(2)).toContainText('gateway, in use')
  await expect(server(0)).not.toContainText('in use')
})

test('gateways that go away while cameras play: they come back by the next, without a sign-in', async () => {
  house = await openHouse({ simulator: { gateways: 3 }, profile: gatewaysOf })
  const { page, simulator } = house
  await house.signIn()
  await allLive(page)
  expect(roads()).toEqual(nine('gateway'))

  await simulator.act({ do: 'stop', which: 'gateway' })
  await expect.poll(roads, { timeout: 40_000 }).toEqual(nine('gateway-2'))
  await allLive(page)

  await simulator.act({ do: 'stop', which: 'gateway-2' })
  await expect.poll(roads, { timeout: 40_000 }).toEqual(nine('gateway-3'))
  await allLive(page)
  expect(simulator.state()).toMatchObject({ loginsTried: 1, refreshesTried: 0 })
})

test('a stranger in the second gateway’s place is told nothing, though the first is away', async () => {
  house = await openHouse({
    simulator: { gateways: 2, media: null },
    before: (simulator) => simulator.act({ do: 'swap-certificate', which: 'gateway-2' }),
    profile: gatewaysOf,
  })
  const { page, simulator } = house
  await simulator.act({ do: 'stop', which: 'gateway' })
  await house.signIn()
  await expect(page.getByText('This server is not the one that was trusted.')).toBeVisible()
  expect(simulator.state().gateways.map(({ applicationBytes }) => applicationBytes)).toEqual([0, 0])
})
