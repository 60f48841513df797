import { decodeJwt } from 'jose'
import { afterEach, expect, it } from 'vitest'
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/start.ts'
import { clientOf, type Client } from './client.ts'

const URIS = '/api/.well-known/uris'
let simulator: Simulator
let client: Client
async function start(wish: Partial<SimulatorOptions> = {}): Promise<void> {
  simulator = await startSimulator({ media: null, keyType: 'ec', ...wish })
  client = clientOf(simulator)
}
afterEach(async () => {
  await client.close()
  await simulator.stop()
})

/** How far the server says it is ahead; a Date header has whole seconds. */
async function aheadSeconds(): Promise<number> {
  const { headers } = await client.ask('GET', URIS)
  return Math.round((Date.parse(String(headers['date'])) - Date.now()) / 1000)
}

it.each([-47, 180, 0])('its clock can be %i s off, and so are its tokens and events', async (clockOffsetSeconds) => {
  await start({ clockOffsetSeconds })
  expect(Math.abs((await aheadSeconds()) - clockOffsetSeconds)).toBeLessThanOrEqual(2)
  const token = await client.token()
  const { iat, exp } = decodeJwt(token)
  expect(Math.abs(iat! - Date.now() / 1000 - clockOffsetSeconds)).toBeLessThanOrEqual(2)
  expect(exp! - iat!).toBe(3600)
  const event = (await simulator.act({ do: 'fire-event', type: 'Door forced' })) as { time: string }
  expect(Math.abs((Date.parse(event.time) - Date.now()) / 1000 - clockOffsetSeconds)).toBeLessThanOrEqual(2)
  expect((await client.ask('GET', '/api/rest/v1/sites', { token })).status).toBe(200)
})

it('its clock makes a step while it runs, and a token can run out by it', async () => {
  await start({ tokenTtlSeconds: 600 })
  const token = await client.token()
  await simulator.act({ do: 'set-clock', offsetSeconds: 180 })
  expect([Math.abs((await aheadSeconds()) - 180) <= 2, simulator.state().clockOffsetSeconds]).toEqual([true, 180])
  expect((await client.ask('GET', '/api/rest/v1/sites', { token })).status).toBe(200)
  await simulator.act({ do: 'set-clock', offsetSeconds: 601 })
  expect((await client.ask('GET', '/api/rest/v1/sites', { token })).status).toBe(401)
})

it('a session ends when the step takes its token past its end', async () => {
  await start({ tokenTtlSeconds: 600 })
  const token = await client.token()
  const body = { deviceId: simulator.site.cameras[0]!.id }
  await client.ask('POST', '/api/rest/v1/webrtc/session', { token, body })
  await simulator.act({ do: 'set-clock', offsetSeconds: 601 })
  await expect.poll(() => simulator.state().sessions.length).toBe(0)
})

it.each([
  ['missing', undefined],
  ['garbage', 'half past three'],
  ['year-1', 'Mon, 01 Jan 0001 00:00:00 GMT'],
] as const)('its Date header can be %s', async (how, header) => {
  await start()
  const id = simulator.addFault({ kind: 'date', how })
  expect((await client.ask('GET', URIS)).headers['date']).toBe(header)
  simulator.removeFaults(id)
  expect(Math.abs(await aheadSeconds())).toBeLessThanOrEqual(2)
})

it.each(['3600', '-1', 'abc', '1000000000'])('503 comes with Retry-After: %s as it is', async (retryAfter) => {
  await start()
  simulator.addFault({ kind: 'path', path: '*', answer: { status: 503, retryAfter } })
  const { status, headers } = await client.ask('GET', URIS)
  expect([status, headers['retry-after']]).toEqual([503, retryAfter])
})
