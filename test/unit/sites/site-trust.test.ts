import { setDefaultCACertificates } from 'node:tls'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { SiteRoads, type TrustListener } from '../../../src-main/sites/site-trust.ts'
import type { SiteProfile } from '../../../src-main/storage/profile.ts'
import { createSiteTrust } from '../../../src-main/trust/index.ts'
import { login, outcomeOf, secret, until } from '../trust/support/attack.ts'
import { authority, identity, withAppended, type Identity } from '../trust/support/certificates.ts'
import { fakeClock } from '../trust/support/fake-clock.ts'
import { response, serve, type RecordingServer, type Script } from '../trust/support/tls-server.ts'

type Trust = SiteProfile['trust'][string]

let ca: Identity
let known: Identity
const closing: (() => unknown)[] = []
beforeAll(async () => {
  ca = await authority()
  known = await authority('CN=Known to this computer')
  // Before the first look into the list, which is read once.
  setDefaultCACertificates([known.cert])
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const uris: Script = (socket) => void socket.write(response(200, '{"ProductVersion":"25.1.1804.1"}'))

async function open(shown: Identity, script: Script = uris): Promise<RecordingServer> {
  const server = await serve(shown, script)
  closing.push(() => server.close())
  return server
}

const byPin = (...pins: Identity[]): Trust => ({ mode: 'pin', pins: pins.map(({ fingerprint }) => fingerprint) })

/** A site over these gateways as its profile says it, and what it told. */
function siteOver(gateways: [RecordingServer | string, Trust | undefined][], more: Partial<SiteProfile> = {}) {
  const named = gateways.map(([server, trust]) => [typeof server === 'string' ? server : server.origin, trust] as const)
  const trust = Object.fromEntries(named.filter(([, agreed]) => agreed))
  const profile = { gateway: named.map(([origin]) => origin), ...more, trust: { ...trust, ...more.trust } }
  const clock = fakeClock()
  const told: string[] = []
  const is = { idle: true }
  const listener: TrustListener = {
    blocked: (because) => told.push(`blocked: ${because.kind}`),
    restored: () => told.push('restored'),
    promoted: (_origin, pin) => told.push(`promoted ${pin}`),
    moved: (gateway) => told.push(`moved to ${String(profile.gateway.indexOf(gateway))}`),
    expiring: () => told.push('expiring'),
    strange: () => told.push('strange'),
    isIdle: () => is.idle,
  }
  const roads = new SiteRoads(
    profile as SiteProfile,
    (needs) => createSiteTrust({ ...needs, clock, random: () => 0.5 }),
    clock,
    listener,
  )
  closing.push(() => roads.close())
  return { roads, clock, told, is, ask: () => outcomeOf(roads.transport('gateway')) }
}

/** A port of this computer nobody listens on. */
async function deadPort(): Promise<string> {
  const server = await serve(await identity())
  await server.close()
  return server.origin
}

const answered = '200 {"ProductVersion":"25.1.1804.1"}'

describe('what a profile may say of a server', () => {
  it('an announced pin is taken without a question, and told to be kept', async () => {
    const [old, next] = [await identity(), await identity()]
    const server = await open(next)
    const { ask, told, roads } = siteOver([
      [server, { mode: 'pin', pins: [old.fingerprint], next: [next.fingerprint] }],
    ])
    expect([roads.unpinned, await ask(), told]).toEqual([undefined, answered, [`promoted ${next.fingerprint}`]])
  })

  it('a pin that was replaced counts until its day', async () => {
    const [old, next] = [await identity(), await identity()]
    const server = await open(old)
    const until = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
    const trust = (days: number): Trust => ({
      mode: 'pin',
      pins: [next.fingerprint],
      replaced: [{ pin: old.fingerprint, until: until(days) }],
    })
    expect([await siteOver([[server, trust(1)]]).ask(), await siteOver([[server, trust(-1)]]).ask()]).toEqual([
      answered,
      'untrusted-certificate XP_TLS_PIN_MISMATCH',
    ])
  })

  it('an expired certificate is accepted only where the profile says so', async () => {
    const expired = await identity({ validFromDays: -9, validToDays: -1 })
    const server = await open(expired)
    const plain = siteOver([[server, byPin(expired)]])
    const allowed = siteOver([[server, { ...byPin(expired), allowExpired: true } as Trust]])
    expect([await plain.ask(), await allowed.ask(), allowed.told]).toEqual([
      'unusable-certificate expired XP_TLS_EXPIRED',
      answered,
      ['expiring'],
    ])
  })

  it('a private authority is asked about nothing, and vouches for its own servers only', async () => {
    const mine = withAppended(await identity({ issuer: ca }), ca)
    const [server, foreign] = [await open(mine), await open(await identity())]
    const good = siteOver([[server, { mode: 'ca', ca: [ca.cert] }]])
    const bad = siteOver([[foreign, { mode: 'ca', ca: [ca.cert] }]])
    expect([good.roads.unpinned, await good.ask(), bad.roads.unpinned, await bad.ask(), foreign.heard]).toEqual([
      undefined,
      answered,
      undefined,
      'unusable-certificate unknown-issuer XP_TLS_CHAIN',
      '',
    ])
  })

  it('so does this computer’s own list, by the name in the certificate', async () => {
    const [mine, misnamed] = [
      await identity({ issuer: known }),
      await identity({ issuer: known, names: [{ type: 'dns', value: 'other.example' }] }),
    ]
    const [server, other, byAnother] = [
      await open(withAppended(mine, known)),
      await open(withAppended(misnamed, known)),
      await open(withAppended(await identity({ issuer: ca }), ca)),
    ]
    const good = siteOver([[server, { mode: 'system' }]])
    expect([good.roads.unpinned, good.roads.origins.map(({ trust }) => trust)]).toEqual([undefined, ['system']])
    const outcomes = [await good.ask()]
    for (const wrong of [other, byAnother]) outcomes.push(await siteOver([[wrong, { mode: 'system' }]]).ask())
    expect([outcomes, other.heard, byAnother.heard]).toEqual([
      [answered, 'unusable-certificate wrong-name XP_TLS_HOSTNAME', 'unusable-certificate unknown-issuer XP_TLS_CHAIN'],
      '',
      '',
    ])
  })
})

describe('two gateways over TLS', () => {
  it('the second serves while the first is away, and the first again when it is at work', async () => {
    const [one, two] = [await identity(), await identity()]
    const first = await open(one)
    const second = await open(two)
    const { ask, told, clock, is, roads } = siteOver([
      [first, byPin(one)],
      [second, byPin(two)],
    ])
    const outcomes = [await ask()]
    const { port } = first
    await first.close()
    closing.splice(0, 1)
    outcomes.push(await ask().then((outcome) => (outcome === 'unreachable reset' ? ask() : outcome)))
    const by = [roads.gateway === second.origin]
    const again = await serve(one, uris, {}, port)
    closing.push(() => again.close())
    is.idle = false
    clock.advance(35_000)
    const during = [...told]
    is.idle = true
    clock.advance(35_000)
    await until(() => told.length === 2)
    const looked = again.heard
    outcomes.push(await ask())

    expect([outcomes, by, during, told]).toEqual([
      [answered, answered, answered],
      [true],
      ['moved to 1'],
      ['moved to 1', 'moved to 0'],
    ])
    expect(looked).toMatch(/^GET \/api\/\.well-known\/uris /)
    expect(looked.includes(secret) || /authorization/i.test(looked)).toBe(false)
    expect(again.heard.includes(secret)).toBe(true)
  })

  it('a stranger in the first one’s place shuts the site: the second is not asked instead', async () => {
    const [one, two] = [await identity(), await identity()]
    const first = await open(await identity())
    const second = await open(two)
    const { ask, told, roads } = siteOver([
      [first, byPin(one)],
      [second, byPin(two)],
    ])
    expect([await ask(), await ask(), told]).toEqual([
      'untrusted-certificate XP_TLS_PIN_MISMATCH',
      'untrusted-certificate XP_TLS_PIN_MISMATCH',
      ['blocked: untrusted-certificate'],
    ])
    expect([first.heard, second.connections]).toEqual(['', 0])
    expect(roads.origins.map(({ blocked }) => blocked)).toEqual([true, false])
  })

  it('one nobody agreed on is never asked, not even for its certificate', async () => {
    const second = await open(await identity())
    const { ask, told } = siteOver([
      [await deadPort(), byPin(await identity())],
      [second, undefined],
    ])
    expect([await ask(), second.connections, told]).toEqual(['unreachable refused', 0, []])
  })

  it('a stranger in the place of the second shuts the site until the first is back', async () => {
    const [one, two] = [await identity(), await identity()]
    const dead = await deadPort()
    const second = await open(await identity())
    const { ask, told, clock } = siteOver([
      [dead, byPin(one)],
      [second, byPin(two)],
    ])
    const shut = await ask()
    const back = await serve(one, uris, {}, Number(new URL(dead).port))
    closing.push(() => back.close())
    clock.advance(35_000)
    await until(() => told.length === 2)
    expect([shut, told, await ask(), second.heard]).toEqual([
      'untrusted-certificate XP_TLS_PIN_MISMATCH',
      ['blocked: untrusted-certificate', 'restored'],
      answered,
      '',
    ])
  })

  it('a stranger in the first one’s place while the second serves is told, and the second goes on serving', async () => {
    const [one, two] = [await identity(), await identity()]
    const dead = await deadPort()
    const second = await open(two)
    const { ask, told, clock, roads } = siteOver([
      [dead, byPin(one)],
      [second, byPin(two)],
    ])
    await ask()
    const impostor = await serve(await identity(), uris, {}, Number(new URL(dead).port))
    closing.push(() => impostor.close())
    clock.advance(35_000)
    await until(() => told.includes('strange'))
    expect([await ask(), impostor.heard, told]).toEqual([answered, '', ['moved to 1', 'strange']])
    expect(roads.origins.map(({ blocked }) => blocked)).toEqual([true, false])
    // A person may agree on it, as on any that changed.
    const { probeId, offered } = await roads.probe(dead)
    const wish = { probeId, fingerprint: offered.fingerprint, typed: offered.fingerprint.slice(-8) }
    expect(await roads.pin(wish, async () => undefined)).toBe(false)
    expect(roads.origins.map(({ blocked }) => blocked)).toEqual([false, false])
  })
})

describe('a test of the connection', () => {
  const steps = async (roads: SiteRoads) =>
    (await roads.test()).map(({ role, steps }) => [
      role,
      ...steps.map(({ step, ok, failure }) => (ok ? step : `${step}: ${failure?.kind ?? ''}`)),
    ])
  const all = ['name', 'connect', 'tls', 'certificate', 'service']

  it('goes through every server part by part, and sends no credential', async () => {
    const genuine = await identity()
    const [gateway, idp, recorder] = [await open(genuine), await open(genuine), await open(genuine)]
    const trust = { [idp.origin]: byPin(genuine), [recorder.origin]: byPin(genuine) }
    const { roads } = siteOver([[gateway, byPin(genuine)]], { idp: idp.origin, recorders: [recorder.origin], trust })
    expect(await steps(roads)).toEqual([
      ['gateway', ...all],
      ['idp', ...all],
      ['recorder', ...all.slice(0, 4)],
    ])
    expect([gateway.heard, idp.heard, recorder.heard].join('')).not.toMatch(/authorization|cookie/i)
    expect(recorder.heard).toBe('')
  })

  it('says which part fails, and tries nothing after it', async () => {
    const [genuine, other] = [await identity(), await identity()]
    const html: Script = (socket) =>
      void socket.write(response(200, '<html>welcome</html>', { 'content-type': 'text/html' }))
    const [stranger, unpinned, proxy] = [await open(other), await open(other), await open(genuine, html)]
    const away: Script = (socket) => void socket.write(response(503, '<html>503</html>'))
    const idle = await open(genuine, away)
    const { roads } = siteOver([
      ['https://no-such-host.invalid', byPin(genuine)],
      [await deadPort(), byPin(genuine)],
      [stranger, byPin(genuine)],
      [unpinned, undefined],
      [proxy, byPin(genuine)],
      [idle, byPin(genuine)],
    ])
    expect(await steps(roads)).toEqual([
      ['gateway', 'name: unreachable'],
      ['gateway', 'name', 'connect: unreachable'],
      ['gateway', 'name', 'connect', 'tls', 'certificate: untrusted-certificate'],
      ['gateway', 'name', 'connect', 'tls', 'certificate: not-pinned'],
      ['gateway', ...all.slice(0, 4), 'service: bad-answer'],
      ['gateway', ...all.slice(0, 4), 'service: busy'],
    ])
    expect([stranger.heard, unpinned.heard, roads.blocked]).toEqual(['', '', undefined])
  })

  it('names a port that speaks no TLS', async () => {
    const { createServer } = await import('node:http')
    const plain = createServer((_request, answer) => answer.end('hello')).listen(0, '127.0.0.1')
    closing.push(() => plain.close())
    await until(() => plain.listening)
    const { port } = plain.address() as { port: number }
    const { roads } = siteOver([[`https://127.0.0.1:${String(port)}`, byPin(await identity())]])
    expect(await steps(roads)).toEqual([['gateway', 'name', 'connect', 'tls: not-tls']])
  })
})

it('nothing is sent by a look, whoever stands there', async () => {
  const server = await open(await identity())
  const { roads } = siteOver([[server, undefined]])
  await roads.probe(roads.toProbe()!)
  await outcomeOf(roads.transport('gateway'), login)
  expect([server.heard, server.connections]).toEqual(['', 1])
})

describe('recorders the server tells of', () => {
  it('are at most 64, however many it makes up, and what is no address is none', () => {
    const { roads } = siteOver([['https://gateway.example', undefined]])
    const told = ['https://r.example:7563/path', 'http://r.example', 'https://gateway.example', 'nowhere']
    expect(told.map((address) => roads.learn(address))).toEqual(told.map(() => false))
    const news = Array.from({ length: 100 }, (_, n) => roads.learn(`https://r${n}.example:7563`))
    expect(news.filter(Boolean)).toHaveLength(64)
    expect(roads.origins).toHaveLength(1 + 64)
  })

  it('hear nothing before their certificate was agreed on', async () => {
    const shown = await identity()
    const recorder = await open(shown)
    const { roads } = siteOver([['https://gateway.example', undefined]])
    roads.learn(recorder.origin)
    const { probeId, offered } = await roads.probe(recorder.origin)
    expect([offered.fingerprint, recorder.heard]).toEqual([shown.fingerprint, ''])
    const typed = shown.fingerprint.slice(-8)
    await roads.pin({ probeId, fingerprint: shown.fingerprint, typed }, async () => undefined)
    expect(roads.origins.at(-1)).toMatchObject({ role: 'recorder', trust: 'pin' })
  })
})
