import { afterEach, describe, expect, it } from 'vitest'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import type { Transport } from '../../../src-main/xprotect/transport.ts'
import type { FaultWish } from '../../simulator/start.ts'
import { startSimulator, type Simulator } from '../../simulator/start.ts'
import { openDesk, siteId } from '../sites/desk.ts'
import { find } from '../trust/support/find.ts'
import { realSite, until, type RealSite } from './support/real-site.ts'

const PASSWORD = 'canary-Pass/wörd+1'
const WRONG = 'canary-wrong-%41"1'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** Every token that crossed the wire. */
const tokens = new Set<string>()
const listening =
  (transport: Transport): Transport['request'] =>
  async (exchange) => {
    const answer = await transport.request(exchange)
    if (!exchange.path.endsWith('/connect/token') || answer.status !== 200) return answer
    try {
      const { access_token, refresh_token } = JSON.parse(answer.text) as Record<string, string>
      for (const token of [access_token, refresh_token]) if (token) tokens.add(token)
    } catch {
      // A damaged answer on purpose.
    }
    return answer
  }

/** In every form they take on their way. */
const formsOf = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  new URLSearchParams({ s: secret }).toString().slice(2),
  JSON.stringify(secret).slice(1, -1),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
]
const hitsIn = (what: unknown): string[] =>
  [PASSWORD, WRONG, ...tokens].flatMap(formsOf).flatMap((secret) => find(secret, what))

async function start(options: object = {}): Promise<{ simulator: Simulator; site: RealSite }> {
  const simulator = await startSimulator({ media: null, password: PASSWORD, ...options })
  closing.push(() => simulator.stop())
  const site = realSite(simulator, (pinned) => ({
    request: listening(pinned),
    openSocket: (wish) => pinned.openSocket(wish),
  }))
  closing.push(site.close)
  return { simulator, site }
}

async function errorIn(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
    return undefined
  } catch (error) {
    return error
  }
}

const answers: [string, NonNullable<Extract<FaultWish, { kind: 'path' }>['answer']>][] = [
  ['400', { status: 400, body: 'json' }],
  ['401', { status: 401, body: 'empty' }],
  ['403', { status: 403, body: 'text' }],
  ['404', { status: 404, body: 'html' }],
  ['429', { status: 429, body: 'empty', retryAfter: '3600' }],
  ['500 that repeats what it was sent', { status: 500, body: 'own', text: `${'x'.repeat(190)} ${PASSWORD} ${WRONG}` }],
  ['302', { status: 302, body: 'empty', headers: { location: 'https://elsewhere.example/' } }],
  ['half an answer', { status: 200, body: 'truncated-json' }],
  ['a cut', { status: 200, body: 'reset' }],
  ['a token with a line break', { status: 200, body: 'own', text: '{"access_token":"a\\r\\nb","expires_in":60}' }],
]

describe('neither password nor token is in a line, an error or a report', () => {
  it('of a sign-in that goes well, its renewals and its end', async () => {
    const { simulator, site } = await start({ tokenTtlSeconds: 1 })
    await site.server.signIn(simulator.user, PASSWORD)
    await site.server.openSession({
      cameraId: simulator.site.cameras[0]!.id as CameraId,
      streamId: null,
      signal: new AbortController().signal,
      onEnded: () => undefined,
    })
    const facts = await site.server.facts(undefined, new AbortController().signal)
    await until(() => tokens.size >= 6, 'three pairs of tokens')
    await simulator.act({ do: 'expire-tokens', refreshToo: true })
    await until(() => site.signedOut.length > 0, 'the end of the session')
    expect(hitsIn([site.log.lines, site.links, site.signedOut, facts])).toEqual([])
    expect(site.log.lines.length).toBeGreaterThan(0)
  })

  it.each(answers)('of a sign-in that meets %s', async (_what, answer) => {
    const { simulator, site } = await start()
    simulator.addFault({ kind: 'path', path: '/api/idp/*', answer })
    const errors = [
      await errorIn(site.server.signIn(simulator.user, PASSWORD)),
      await errorIn(site.server.signIn(simulator.user, WRONG)),
    ]
    expect(errors.every(Boolean)).toBe(true)
    expect(hitsIn([errors, site.log.lines, site.links])).toEqual([])
  })

  it.each(answers)('of calls that meet %s', async (_what, answer) => {
    const { simulator, site } = await start()
    await site.server.signIn(simulator.user, PASSWORD)
    simulator.addFault({ kind: 'path', path: '/api/rest/*', answer: { ...answer, text: 'no' } })
    const error = await errorIn(site.server.streams(simulator.site.cameras[0]!.id as CameraId))
    expect(error).toBeDefined()
    expect(hitsIn([error, site.log.lines, site.links])).toEqual([])
  })

  it('of a wrong password, a locked account, one to be changed, and a keepsake taken no more', async () => {
    const { simulator, site } = await start()
    const errors = [
      await errorIn(site.server.signIn(simulator.user, WRONG)),
      await errorIn(site.server.signIn('newcomer', PASSWORD)),
    ]
    await simulator.act({ do: 'lock-users' })
    errors.push(await errorIn(site.server.signIn(simulator.user, PASSWORD)))
    await simulator.act({ do: 'unlock-users' })
    await site.server.signIn(simulator.user, PASSWORD)
    const keepsake = site.server.keepsake()!
    await simulator.act({ do: 'expire-tokens', refreshToo: true })
    errors.push(await errorIn(site.server.resume(simulator.user, keepsake)))
    errors.push(await errorIn(site.server.resume(simulator.user, `${keepsake}${PASSWORD}`)))
    expect(errors.every(Boolean)).toBe(true)
    expect(hitsIn([errors, site.log.lines])).toEqual([])
  })

  it('of a server that is somebody else', async () => {
    const { simulator, site } = await start()
    await simulator.act({ do: 'swap-certificate', cutConnections: true })
    const error = await errorIn(site.server.signIn(simulator.user, PASSWORD))
    expect(hitsIn([error, site.log.lines, site.links])).toEqual([])
  })
})

it('a server that repeats the token it was sent is not quoted', async () => {
  const { simulator, site } = await start()
  await site.server.signIn(simulator.user, PASSWORD)
  const [token] = [...tokens].slice(-2)
  simulator.addFault({ kind: 'path', path: '/api/rest/*', answer: { status: 500, body: 'own', text: `no: ${token}` } })
  const error = await errorIn(site.server.streams(simulator.site.cameras[0]!.id as CameraId))
  expect([hitsIn(error), (error as { failure: object }).failure]).toEqual([[], expect.objectContaining({ text: '' })])
})

it('what main announces and answers, and its log, hold neither', async () => {
  const { simulator } = await start({ tokenTtlSeconds: 1 })
  const desk = await openDesk({
    gateway: [simulator.gateway],
    trust: { [simulator.gateway]: { mode: 'pin', pins: [simulator.sha256] } },
  })
  closing.push(() => desk.close())
  const results = [
    await errorIn(desk.ask('signIn', { siteId, user: simulator.user, password: WRONG })),
    await errorIn(desk.ask('signIn', { siteId, user: simulator.user, password: PASSWORD, stay: true })),
  ]
  await until(() => simulator.state().tokensIssued >= 3, 'three tokens')
  for (const [, answer] of answers) {
    const id = simulator.addFault({ kind: 'path', path: '/api/*', answer })
    results.push(await errorIn(desk.ask('listCameraGroups', { siteId })))
    simulator.removeFaults(id)
  }
  simulator.addFault({ kind: 'path', path: '/api/idp/*', answer: { status: 400, body: 'own', text: PASSWORD } })
  results.push(await errorIn(desk.ask('signIn', { siteId, user: simulator.user, password: PASSWORD })))
  expect(hitsIn([desk.facts, results, desk.lines])).toEqual([])
})
