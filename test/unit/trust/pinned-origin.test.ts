import { afterEach, beforeAll, expect, it } from 'vitest'
import type { Transport } from '../../../src-main/xprotect/transport.ts'
import type { PinnedOrigin } from '../../../src-main/trust/pinned-origin.ts'
import { inWords, login, outcomeOf, pin, until } from './support/attack.ts'
import { pinnedClient } from './support/attacks.ts'
import { identity, type Identity } from './support/certificates.ts'
import { answerOk, type RecordingServer, response, type Script, serve } from './support/tls-server.ts'

let genuine: Identity
const closing: (() => unknown)[] = []
beforeAll(async () => {
  genuine = await identity()
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function pair(script: Script = answerOk): Promise<{ client: PinnedOrigin; server: RecordingServer }> {
  const server = await serve(genuine, script)
  const client = pinnedClient(server.origin, pin(genuine))
  closing.push(
    () => server.close(),
    () => client.destroy(new Error('over')),
  )
  return { client, server }
}

it('says what it was told and nothing else', async () => {
  const { client, server } = await pair()
  const transport: Transport = client
  await transport.request({ ...login, headers: { authorization: 'Bearer a' }, body: 'x=ä', path: '/a/b?c=d%20e' })
  expect(server.heard.split('\r\n')).toEqual([
    'POST /a/b?c=d%20e HTTP/1.1',
    `host: ${server.origin.replace('https://', '')}`,
    'connection: keep-alive',
    'authorization: Bearer a',
    'accept-encoding: identity',
    'content-length: 4',
    '',
    Buffer.from('x=ä').toString('latin1'),
  ])
})

it('gives back status, headers in lower case with repeats joined, and text', async () => {
  const { client } = await pair((socket) => void socket.write(response(404, 'gëne', { 'X-Two': 'a\r\nx-two: b' })))
  expect(await client.request({ method: 'GET', path: '/' })).toEqual({
    status: 404,
    headers: { 'content-length': '5', 'x-two': 'a, b' },
    text: 'gëne',
  })
})

it('gives up when the caller does, before or while waiting', async () => {
  const { client, server } = await pair(() => {})
  const early = await client.request({ method: 'GET', path: '/', signal: AbortSignal.abort() }).catch(inWords)
  const unheard = server.heard
  const caller = new AbortController()
  const late = client.request({ method: 'GET', path: '/', signal: caller.signal }).catch(inWords)
  await until(() => server.heard !== '')
  caller.abort()
  expect([early, unheard, await late]).toEqual(['unreachable closed', '', 'unreachable closed'])
})

it('a retired origin finishes what is under way and begins nothing new', async () => {
  let answer = () => {}
  const { client, server } = await pair((socket) => (answer = () => void socket.write(response(200, 'late'))))
  const underWay = outcomeOf(client)
  await until(() => server.heard !== '')
  client.retire()
  const next = await outcomeOf(client)
  answer()
  expect([await underWay, next]).toEqual(['200 late', 'unreachable closed'])
})
