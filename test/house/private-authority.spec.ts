import { expect, test } from '@playwright/test'
import type { Simulator } from '../simulator/start.ts'
import { leaksOf, openHouse, type House } from './harness.ts'
import { allLive, showInstead, watchStates } from './tiles.ts'

/** A site whose servers are vouched for by an authority of its own. */
let house: House
test.afterEach(async () => {
  expect(leaksOf(house)).toEqual([])
  await house.close()
})

const vouched = ({ gateway, idp, ca }: Simulator) => {
  const trust = { mode: 'ca', ca: [ca] }
  return { fields: { idp: idp.origin, trust: { [gateway]: trust, [idp.origin]: trust } } }
}

test('whatever certificate the authority gives its servers is taken without a question and without an outage', async () => {
  house = await openHouse({ simulator: { ca: true, idp: 'separate', cameras: 10 }, profile: vouched })
  const { page, simulator } = house
  await house.signIn()
  await allLive(page)
  const seen = await watchStates(page)
  await simulator.act({ do: 'swap-certificate', cutConnections: true })
  await showInstead(page, 8, simulator.site.cameras[9]!.name)
  await allLive(page)
  expect((await seen()).slice(0, 8)).toEqual(Array.from({ length: 8 }, () => ['live']))
  await page.getByRole('button', { name: 'Sites' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'a private authority' })).toHaveCount(2)
})

const strangers = [
  {
    what: 'an authority nobody knows that has the same name',
    wish: { issuer: 'other-ca' as const },
    words: 'No authority this computer knows has signed the certificate of the server.',
  },
  {
    what: 'itself',
    wish: { issuer: 'self' as const },
    words: 'No authority this computer knows has signed the certificate of the server.',
  },
  {
    what: 'the right authority, for another server',
    wish: { names: ['camera-17.example'] },
    words: 'The certificate of the server is made out to another name.',
  },
]
for (const { what, wish, words } of strangers) {
  test(`a certificate signed by ${what} is not asked about: nothing is sent`, async () => {
    house = await openHouse({
      simulator: { ca: true, media: null },
      before: (simulator) => simulator.act({ do: 'swap-certificate', ...wish }),
      profile: vouched,
    })
    await house.signIn()
    await expect(house.page.getByRole('alert')).toHaveText(words)
    await expect(house.page.getByRole('button', { name: /Trust/ })).toHaveCount(0)
    expect(house.simulator.state()).toMatchObject({ applicationBytes: 0, requests: {} })
  })
}
