import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../simulator/start.ts'
import { clientOf, type Client } from './client.ts'

let simulator: Simulator
let client: Client
beforeAll(async () => {
  simulator = await startSimulator({ media: null })
  client = clientOf(simulator)
})
afterAll(async () => {
  await client.close()
  await simulator.stop()
})

it('its certificate is what Windows makes for itself', () => {
  const certificate = new X509Certificate(simulator.certificatePem)
  expect({
    subject: certificate.subject,
    issuer: certificate.issuer,
    isCa: certificate.ca,
    names: certificate.subjectAltName,
    key: certificate.publicKey.asymmetricKeyType,
    bits: certificate.publicKey.asymmetricKeyDetails?.modulusLength,
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
  }).toEqual({
    subject: 'CN=XPROTECT-SIM',
    issuer: 'CN=XPROTECT-SIM',
    isCa: false,
    names: 'DNS:localhost, IP Address:127.0.0.1',
    key: 'rsa',
    bits: 2048,
    fingerprint: simulator.sha256,
  })
})

it('tells anyone where its services are', async () => {
  const answer = await client.ask('GET', '/api/.well-known/uris')
  expect([answer.status, answer.json()]).toEqual([
    200,
    {
      ProductVersion: '25.1.1804.0',
      UnsecureManagementServer: simulator.gateway.replace('https', 'http') + '/',
      SecureManagementServer: `${simulator.gateway}/`,
      IdentityProvider: `${simulator.gateway}/IDP`,
      ApiGateways: [`${simulator.gateway}/API/`],
    },
  ])
})

it('puts the headers of IIS on its answers and none for other origins', async () => {
  const { headers } = await client.ask('GET', '/API/.well-known/URIS', { headers: { origin: 'https://page.example' } })
  expect(headers).toMatchObject({
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    'content-type': 'application/json; charset=utf-8',
    server: 'Microsoft-IIS/10.0',
  })
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
})

it('answers outside the API tree with a page of HTML', async () => {
  const answer = await client.ask('POST', '/webRTC/session', { body: {} })
  expect([answer.status, answer.headers['content-type'], answer.text.slice(0, 14)]).toEqual([
    404,
    'text/html',
    '<!DOCTYPE html',
  ])
})

it('the recorder speaks TLS with the same certificate and knows nothing of the gateway', async () => {
  const recorder = clientOf({ ...simulator, gateway: simulator.recorder })
  const answer = await recorder.ask('GET', '/IDP/.well-known/openid-configuration')
  expect([answer.status, answer.headers['content-type']]).toEqual([404, 'text/html'])
  await recorder.close()
})

it('refuses a body nobody sends', async () => {
  const answer = await client.ask('POST', '/API/IDP/connect/token', { body: `"${'x'.repeat(5 << 20)}"` })
  expect(answer.status).toBe(413)
})

it('stops though a client is in the middle of its handshake, and cuts that off too', async () => {
  const other = await startSimulator({ media: null, keyType: 'ec' })
  const half = connect(Number(new URL(other.gateway).port), '127.0.0.1')
  await once(half, 'connect')
  // The first bytes of a ClientHello: the server waits for the rest.
  half.write(Buffer.from([0x16, 3, 1, 0x01, 0x00, 1]))
  // The handshake of another is seen after the half one was taken.
  const whole = clientOf(other)
  await whole.ask('GET', '/api/.well-known/uris')
  const cut = once(half, 'close')
  half.on('error', () => undefined)
  await other.act({ do: 'stop' })
  await cut
  await whole.close()
  await other.stop()
})
