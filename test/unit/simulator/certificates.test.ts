import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:tls'
import { afterEach, expect, it } from 'vitest'
import { startSimulator, type ActionWish, type Simulator, type SimulatorOptions } from '../../simulator/start.ts'
import { clientOf } from './client.ts'

const DAY_MS = 86_400_000
const running: Simulator[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()))
})

async function start(wish: Partial<SimulatorOptions>): Promise<Simulator> {
  const simulator = await startSimulator({ media: null, keyType: 'ec', ...wish })
  running.push(simulator)
  return simulator
}

/** What a client that trusts the site's authority is shown at an origin; rejects where it would not go on. */
async function shownAt(simulator: Simulator, origin: string, host = '127.0.0.1'): Promise<X509Certificate> {
  const { port } = new URL(origin)
  const socket = connect({
    host: '127.0.0.1',
    port: Number(port),
    ca: simulator.ca!,
    ...(host === '127.0.0.1' ? {} : { servername: host }),
  })
  await once(socket, 'secureConnect')
  const certificate = socket.getPeerX509Certificate()!
  socket.destroy()
  return certificate
}

const sha256Of = (certificate: X509Certificate): string => certificate.fingerprint256.replaceAll(':', '').toLowerCase()
const daysLeft = (pem: string): number => (Date.parse(new X509Certificate(pem).validTo) - Date.now()) / DAY_MS

it.each(['rsa', 'ec'] as const)(
  'its own authority vouches for every port by address and by name (%s)',
  async (keyType) => {
    const simulator = await start({ keyType, ca: true, idp: 'separate' })
    const authority = new X509Certificate(simulator.ca!)
    const shown = [
      await shownAt(simulator, simulator.gateway),
      await shownAt(simulator, simulator.recorder),
      await shownAt(simulator, simulator.idp.origin, 'localhost'),
    ]
    expect([authority.ca, shown.map((one) => [one.ca, one.verify(authority.publicKey), one.issuer])]).toEqual([
      true,
      Array(3).fill([false, true, authority.subject]),
    ])
    expect(shown.map(sha256Of)).toEqual([simulator.sha256, simulator.sha256, simulator.idp.sha256])
  },
)

it('signs itself and has no authority unless it is asked for one', async () => {
  const simulator = await start({})
  expect([simulator.ca, new X509Certificate(simulator.certificatePem).issuer]).toEqual([null, 'CN=XPROTECT-SIM'])
})

it('the next certificate is known before anybody sees it, and a rotation brings that one', async () => {
  const simulator = await start({ ca: true })
  expect(simulator.state().nextSha256).toBeNull()
  const announced = (await simulator.act({ do: 'announce-certificate' })) as { nextSha256: string }
  const before = simulator.state()
  expect([before.sha256, before.nextSha256]).toEqual([simulator.sha256, announced.nextSha256])
  expect(announced.nextSha256).not.toBe(simulator.sha256)
  expect(sha256Of(await shownAt(simulator, simulator.gateway))).toBe(simulator.sha256)
  expect(await simulator.act({ do: 'rotate' })).toEqual({ sha256: announced.nextSha256 })
  const after = simulator.state()
  expect([after.sha256, after.nextSha256]).toEqual([announced.nextSha256, null])
  expect(sha256Of(await shownAt(simulator, simulator.gateway))).toBe(announced.nextSha256)
  expect(sha256Of(await shownAt(simulator, simulator.recorder))).toBe(announced.nextSha256)
})

it('refuses to rotate to what was not announced', async () => {
  const simulator = await start({})
  await expect(simulator.act({ do: 'rotate' })).rejects.toThrow('announce-certificate comes first')
})

it('hosts rotate one by one, and an open connection outlives the rotation unless it is cut', async () => {
  const simulator = await start({ ca: true, gateways: 2 })
  const client = clientOf({ ...simulator, gateway: simulator.gateways[1]!.origin, certificatePem: simulator.ca! })
  await client.ask('GET', '/api/.well-known/uris')
  await simulator.act({ do: 'announce-certificate', which: 'gateway-2' })
  await simulator.act({ do: 'rotate', which: 'gateway-2' })
  await client.ask('GET', '/api/.well-known/uris')
  const [one, other] = simulator.state().gateways
  expect([one!.sha256, other!.sha256 === simulator.gateways[1]!.sha256, other!.tlsHandshakes, other!.requests]).toEqual(
    [simulator.sha256, false, 1, 2],
  )
  await client.close()
})

type Swap = Extract<ActionWish, { do: 'swap-certificate' }>
it.each<[string, Omit<Swap, 'do'>]>([
  ['signed by itself', { issuer: 'self' }],
  ['of an authority with the same name', { issuer: 'other-ca' }],
  ['of another host', { names: ['camera-17.example'] }],
  ['that has run out', { days: -1 }],
])('a certificate %s is shown, and a client of the authority sends nothing', async (_what, odd) => {
  const simulator = await start({ ca: true })
  await simulator.act({ do: 'swap-certificate', ...odd })
  await expect(shownAt(simulator, simulator.gateway)).rejects.toThrow()
  expect([simulator.state().sha256 === simulator.sha256, simulator.state().applicationBytes]).toEqual([false, 0])
  await simulator.act({ do: 'restore-certificate' })
  expect(sha256Of(await shownAt(simulator, simulator.gateway))).toBe(simulator.sha256)
})

it('certificates last as long as they are told: a year, until tonight, or not any more', async () => {
  const left = async (certDays?: number) =>
    daysLeft((await start(certDays === undefined ? {} : { certDays })).certificatePem)
  expect(await left()).toBeCloseTo(364, 1)
  expect(await left(0.3)).toBeCloseTo(0.3, 1)
  expect(await left(-1)).toBeCloseTo(-1, 1)
})
