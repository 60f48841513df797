import { afterEach, describe, expect, it, vi } from 'vitest'
import { systemClock, type Clock } from '../../../src-main/xprotect/clock.ts'
import { identity, type Identity } from '../trust/support/certificates.ts'
import { response, serve, type RecordingServer } from '../trust/support/tls-server.ts'
import { openDesk, siteId, type Desk } from './desk.ts'

let server: RecordingServer
let desk: Desk
afterEach(async () => {
  await desk.close()
  await server.close()
})

const json = { 'content-type': 'application/json; charset=utf-8' }
const page = '<!DOCTYPE html><html><head><title>404 - File or directory not found.</title></head></html>'
const token = JSON.stringify({ access_token: 'a-token', expires_in: 3600, token_type: 'Bearer' })
const cameras = JSON.stringify({ array: [] })

/** Signs in at an agreed server that answers every read in one way, and waits for what comes of the camera list. */
async function listFrom(answer: string, clock?: Clock): Promise<Awaited<ReturnType<Desk['site']>>> {
  const genuine: Identity = await identity()
  server = await serve(genuine, (socket, said) => {
    if (/^POST [^ ]*\/connect\/token/i.test(said)) return void socket.write(response(200, token, json))
    if (/\r\nupgrade:/i.test(said)) return void socket.end(response(404, page, { 'content-type': 'text/html' }))
    socket.write(answer)
  })
  const trust = { [server.origin]: { mode: 'pin', pins: [genuine.fingerprint] } }
  desk = await openDesk({ gateway: [server.origin], trust }, clock)
  await desk.ask('signIn', { siteId, user: 'guard', password: 'Correct-Horse-7' })
  await vi.waitFor(async () => expect((await desk.site()).cameras.phase).toMatch(/ready|failed/), { timeout: 10_000 })
  return desk.site()
}

describe('B58: a web page where data should be', () => {
  it.each([
    ['a 404 page with 200', response(200, page, { 'content-type': 'text/html' })],
    ['a 502 page with 200 and no type', response(200, page)],
    ['a page that says it is data', response(200, page, json)],
    ['data that says it is a page', response(200, cameras, { 'content-type': 'text/html' })],
  ])('is named with the endpoint: %s', async (_what, answer) => {
    const site = await listFrom(answer)
    expect(site.cameras).toEqual({
      phase: 'failed',
      loaded: 0,
      because: { kind: 'bad-answer', call: expect.stringMatching(/cameras/) as string, what: 'html' },
    })
    expect(site.state.phase).toBe('open')
  })
})

describe('B59: a Date that is none', () => {
  it.each([
    ['missing', {}],
    ['empty', { date: '' }],
    ['garbage', { date: 'yesterday' }],
    ['of the year 1', { date: 'Mon, 01 Jan 0001 00:00:00 GMT' }],
    ['of the year 99999', { date: 'Mon, 01 Jan 99999 00:00:00 GMT' }],
    ['in another form', { date: '2026-11-26T10:00:00Z' }],
    ['several', { date: 'Thu, 26 Nov 2026 10:00:00 GMT, Thu, 26 Nov 2026 11:00:00 GMT' }],
  ])('sets no clock and fails nothing: %s', async (_what, headers) => {
    const site = await listFrom(response(200, cameras, { ...json, ...headers }))
    expect([site.cameras.phase, site.clockOffsetMs, site.state]).toEqual([
      'ready',
      undefined,
      { phase: 'open', user: 'guard', link: { is: 'up' } },
    ])
  })
})

describe('R33: 503 with a Retry-After', () => {
  it.each(['3600', '-1', 'abc', '1e9', ''])(
    'of %j is asked again within a minute, and in no tight loop',
    async (after) => {
      const delays: number[] = []
      // What is due within a minute is due now; what is not stays where it is.
      const hasty: Clock = {
        ...systemClock,
        after(ms, run) {
          delays.push(ms)
          return systemClock.after(ms <= 60_000 ? 5 : ms, run)
        },
      }
      await listFrom(response(503, '{}', { ...json, 'retry-after': after }), hasty)
      const reads = () => server.heard.match(/^GET \/api\/rest/gim)?.length ?? 0
      const before = reads()
      await vi.waitFor(() => expect(reads()).toBeGreaterThan(before), { timeout: 10_000 })
      expect(Math.min(...delays)).toBeGreaterThanOrEqual(100)
    },
  )
})
