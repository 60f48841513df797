import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/failure.ts'
import { TrustError } from '../../../src-main/trust/trust-error.ts'
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

describe('whether a request has left', () => {
  const unsent = async (asked: Promise<unknown>): Promise<boolean | 'answered'> =>
    asked.then(
      () => 'answered',
      (error: unknown) => error instanceof AppError && error.unsent,
    )
  const ask = { method: 'POST', path: '/a', body: '{}' } as const

  it('is known of one that found nobody', async () => {
    const { client, server } = await pair()
    await server.close()
    expect(await unsent(client.request(ask))).toBe(true)
  })

  it('is known of one to a server that is not the agreed one', async () => {
    const { client, server } = await pair()
    server.show(await identity())
    expect([await unsent(client.request(ask)), server.heard]).toEqual([true, ''])
  })

  it('is known of one that was given up, or whose time ran out, before a connection stood', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const client = pinnedClient(`https://127.0.0.1:${String((silent.address() as AddressInfo).port)}`, pin(genuine))
    closing.push(
      () => silent.close(),
      () => client.destroy(new Error('over')),
    )
    const caller = new AbortController()
    const given = unsent(client.request({ ...ask, signal: caller.signal }))
    caller.abort()
    expect([await given, await unsent(client.request({ ...ask, timeoutMs: 50 }))]).toEqual([true, true])
  })

  it('is not known of one the server heard and did not answer, however it ended', async () => {
    const { client, server } = await pair(() => {})
    const timeout = unsent(client.request({ ...ask, timeoutMs: 200 }))
    const caller = new AbortController()
    const given = unsent(client.request({ ...ask, signal: caller.signal }))
    const shut = unsent(client.request(ask))
    await until(() => server.heard.split('POST /a').length === 4)
    caller.abort()
    const first = [await timeout, await given]
    // As a site does whose identity is in doubt: with the same words as for one that was never sent.
    client.destroy(new TrustError('XP_TLS_PIN_MISMATCH'))
    expect([...first, await shut]).toEqual([false, false, false])
  })

  it('is known of those that waited for a connection while the site was shut', async () => {
    const { client, server } = await pair(() => {})
    const asked = Array.from({ length: 8 }, () => unsent(client.request(ask)))
    await until(() => server.heard.split('POST /a').length === 7)
    client.destroy(new TrustError('XP_TLS_PIN_MISMATCH'))
    expect((await Promise.all(asked)).filter((is) => is === true).length).toBe(2)
  })

  it('is not known of one whose answer made no sense', async () => {
    const { client } = await pair((socket) => void socket.write('nonsense\r\n\r\n'))
    expect(await unsent(client.request(ask))).toBe(false)
  })
})
