import { afterEach, beforeEach, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../simulator/start.ts'
import { clientOf, openedLine, until, type Client } from './client.ts'

const SITES = '/api/rest/v1/sites'
let simulator: Simulator
let first: Client
let second: Client
let idp: Client

/** A client of one port, which trusts the site's own authority. */
const at = (origin: string): Client => clientOf({ ...simulator, gateway: origin, certificatePem: simulator.ca! })

beforeEach(async () => {
  simulator = await startSimulator({ media: null, keyType: 'ec', ca: true, gateways: 2, idp: 'separate' })
  first = at(simulator.gateways[0]!.origin)
  second = at(simulator.gateways[1]!.origin)
  idp = at(simulator.idp.origin)
})
afterEach(async () => {
  await Promise.all([first.close(), second.close(), idp.close()])
  await simulator.stop()
})

it('every gateway and the management server have a port and a certificate of their own', () => {
  const all = [...simulator.gateways, simulator.idp]
  expect([new Set(all.map(({ origin }) => origin)).size, new Set(all.map(({ sha256 }) => sha256)).size]).toEqual([3, 3])
  expect(simulator.gateways[0]).toEqual({ origin: simulator.gateway, sha256: simulator.sha256 })
  const { gateways, idp: provider, recorder } = simulator.state()
  expect([...gateways, recorder, provider].map(({ name, listening }) => [name, listening])).toEqual([
    ['gateway', true],
    ['gateway-2', true],
    ['recorder', true],
    ['idp', true],
  ])
})

it('each gateway tells anyone where all the others and the identity provider are', async () => {
  const answers = [await first.ask('GET', '/api/.well-known/uris'), await second.ask('GET', '/api/.well-known/uris')]
  expect(answers[0]!.json()).toEqual(answers[1]!.json())
  expect(answers[0]!.json()).toMatchObject({
    SecureManagementServer: `${simulator.idp.origin}/`,
    IdentityProvider: `${simulator.idp.origin}/IDP`,
    ApiGateways: simulator.gateways.map(({ origin }) => `${origin}/API/`),
  })
})

it('a token of one gateway is good at the other, and when the first has gone', async () => {
  const token = await first.token()
  await simulator.act({ do: 'stop', which: 'gateway' })
  await expect(first.ask('GET', SITES, { token })).rejects.toThrow('ECONNREFUSED')
  expect([(await second.ask('GET', SITES, { token })).status, (await second.signIn()).status]).toEqual([200, 200])
  expect(simulator.state().gateways.map(({ listening }) => listening)).toEqual([false, true])
  await simulator.act({ do: 'start', which: 'gateway' })
  expect((await first.ask('GET', SITES, { token })).status).toBe(200)
})

it('a session lives in the gateway it was asked from, and goes with it', async () => {
  const token = await first.token()
  const open = async (client: Client) =>
    client.ask('POST', '/api/rest/v1/webrtc/session', { token, body: { deviceId: simulator.site.cameras[0]!.id } })
  const id = String((await open(first)).json()['sessionId'])
  await open(second)
  const path = `/api/rest/v1/webrtc/session/${id}`
  expect((await first.ask('GET', path, { token })).status).toBe(200)
  expect((await second.ask('GET', path, { token })).status).toBe(404)
  await simulator.act({ do: 'stop', which: 'gateway' })
  expect(simulator.state().sessions.map(({ gateway }) => gateway)).toEqual(['gateway-2'])
})

it('a gateway that goes cuts its own sockets and no others', async () => {
  const lines = [await openedLine(first, '/api/ws/webrtc/v1'), await openedLine(second, '/api/ws/webrtc/v1')]
  const closed = lines[1]!.closed()
  await simulator.act({ do: 'stop', which: 'gateway-2' })
  expect(await closed).toBe(1006)
  expect(lines[0]!.socket.readyState).toBe(lines[0]!.socket.OPEN)
  await until(() => simulator.state().webSockets.webrtc === 1)
})

it('a fault can mean one port alone, and end it in the middle of an answer', async () => {
  const token = await first.token()
  simulator.addFault({ kind: 'path', path: SITES, at: 'gateway', times: 1, answer: { status: 503 } })
  const statuses = [await second.ask('GET', SITES, { token }), await first.ask('GET', SITES, { token })]
  expect(statuses.map(({ status }) => status)).toEqual([200, 503])
  simulator.addFault({ kind: 'path', path: SITES, at: 'gateway', times: 1, cutAfterBytes: 9, thenStop: true })
  await expect(first.ask('GET', SITES, { token })).rejects.toThrow()
  await until(() => !simulator.state().listening)
  expect((await second.ask('GET', SITES, { token })).status).toBe(200)
})

it('the provider answers at its own host, and the gateway only passes on /API/IDP', async () => {
  const form = {
    grant_type: 'password',
    client_id: 'GrantValidatorClient',
    username: simulator.user,
    password: simulator.password,
  }
  const direct = await idp.ask('POST', '/IDP/connect/token', { form })
  const elsewhere = await first.ask('POST', '/IDP/connect/token', { form })
  expect([direct.status, elsewhere.status, (await first.signIn()).status]).toEqual([200, 404, 200])
  const token = String(direct.json()['access_token'])
  expect((await second.ask('GET', SITES, { token })).status).toBe(200)
  const told = (await idp.ask('GET', '/IDP/.well-known/openid-configuration')).json()
  expect(told).toEqual((await first.ask('GET', '/API/IDP/.well-known/openid-configuration')).json())
  expect([told['issuer'], told['token_endpoint']]).toEqual([
    `${simulator.idp.origin}/IDP`,
    `${simulator.idp.origin}/IDP/connect/token`,
  ])
})

it('with the provider gone nobody signs in, those with a token go on, and it comes back', async () => {
  const token = await first.token()
  await simulator.act({ do: 'stop', which: 'idp' })
  const refused = await first.signIn()
  expect([refused.status, refused.headers['content-type'], simulator.state().idp.listening]).toEqual([
    502,
    'text/html',
    false,
  ])
  expect((await first.ask('GET', SITES, { token })).status).toBe(200)
  await simulator.act({ do: 'start', which: 'idp' })
  expect([(await first.signIn()).status, simulator.state().idp.listening]).toEqual([200, true])
})

it('says which ports there are where one is unknown', async () => {
  await expect(simulator.act({ do: 'stop', which: 'gateway-3' })).rejects.toThrow(
    'no gateway-3 here; there is gateway, gateway-2, recorder, idp',
  )
})

it('on the host of the gateway the provider can stop too, and is IIS with 503', async () => {
  const single = await startSimulator({ media: null, keyType: 'ec' })
  const client = clientOf(single)
  await single.act({ do: 'stop', which: 'idp' })
  const answers = [await client.signIn(), await client.ask('GET', '/IDP/.well-known/openid-configuration')]
  expect(answers.map(({ status }) => status)).toEqual([503, 503])
  expect((await client.ask('GET', '/api/.well-known/uris')).status).toBe(200)
  await single.act({ do: 'start' })
  expect([(await client.signIn()).status, single.state().idp.listening]).toEqual([200, true])
  await client.close()
  await single.stop()
})
