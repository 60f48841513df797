import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError, type Failure } from '../../../src-preload/contract/failure.ts'
import type { ProbeReport } from '../../../src-preload/contract/models/certificate.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import type { Site } from '../../../src-preload/contract/models/site.ts'
import type { AuditEntry } from '../../../src-main/journal/audit-entry.ts'
import { createMemoryLog } from '../../../src-main/log.ts'
import { FakeClock } from '../xprotect/support/fake-clock.ts'
import { ConfiguredSite } from '../../../src-main/sites/site.ts'
import { withFirstPin, withNewPin, type SiteProfile } from '../../../src-main/storage/profile.ts'
import { noSecrets } from '../../../src-main/storage/secrets.ts'
import type { BlockedReport, OriginTrust, SiteTrust, SiteTrustNeeds } from '../../../src-main/trust/index.ts'
import type { Server, ServerReports, SessionWish } from '../../../src-main/xprotect/server.ts'
import { fakeServer, type FakeServer } from './fake-server.ts'
import { promised } from './promised.ts'

const gateway = 'https://gateway.example'
const idp = 'https://idp.example:8443'
const pins: Record<string, string> = { [gateway]: 'aa'.repeat(32), [idp]: 'bb'.repeat(32) }
const impostor: Failure = { kind: 'untrusted-certificate', fingerprint: 'x', expected: [] }
const cameraId = '0b3e9a52-6c3e-4f7b-9d84-0e7e4d1c9aaa' as CameraId

let profile: SiteProfile
let server: FakeServer
let reports: ServerReports
let blocked: BlockedReport | undefined
let trustNeeds: SiteTrustNeeds<string>
let block: (origin?: string) => void
let promote: (origin: string) => void
let saved: string[]
let audited: AuditEntry[]
let announced: Site[]
let log: ReturnType<typeof createMemoryLog>
let clock: FakeClock
let renewals: number
let isDiskFull: boolean

const reportOf = (name: string): ProbeReport =>
  ({ probeId: `probe of ${name}`, offered: { fingerprint: pins[name] } }) as ProbeReport

beforeEach(() => {
  profile = { version: 1, id: 'site', name: 'North', gateway: [gateway], idp, trust: {} } as unknown as SiteProfile
  server = fakeServer()
  saved = []
  audited = []
  announced = []
  blocked = undefined
  log = createMemoryLog()
  clock = new FakeClock()
  renewals = 0
  isDiskFull = false
})

function pinned(): SiteProfile {
  return withFirstPin(withFirstPin(profile, gateway, pins[gateway]!), idp, pins[idp]!)
}

function make(own: SiteProfile, managed = false): ConfiguredSite {
  return new ConfiguredSite({
    stored: { profile: own, file: 'a', managed },
    secrets: noSecrets,
    audit: (entry) => void audited.push(entry),
    store: {
      savePin: async (_id, origin, pin) => {
        saved.push(`first of ${origin}`)
        own = withFirstPin(own, origin, pin)
        return own
      },
      saveRepin: async (_id, origin, pin) => {
        if (isDiskFull) throw new AppError({ kind: 'bad-file', file: 'a', problem: 'was not saved: the disk is full' })
        saved.push(`new one of ${origin}`)
        own = withNewPin(own, origin, pin)
        return own
      },
      savePromotion: () => Promise.reject(new AppError({ kind: 'bad-file', file: 'a', problem: 'was not saved' })),
    },
    makeTrust: (needs) => {
      trustNeeds = needs
      block = (origin = gateway) => {
        blocked = { origin, address: 'a', expected: [], because: impostor, seenAt: 't' }
        needs.onBlocked?.(blocked)
      }
      promote = (origin) => needs.onPromoted?.({ origin, fingerprint: pins[origin]!, trust: { mode: 'none' }, at: 't' })
      return trustOver(needs)
    },
    makeServer: (given) => {
      reports = given.reports
      return server
    },
    log: log.scope('sites'),
    keepSecret: log.registerSecret,
    clock,
    onChanged: (site) => announced.push(site.shown),
  })
}

/** Agreements as the trust room keeps them, without a server: every origin shows its certificate of `pins`. */
function trustOver({ origins }: SiteTrustNeeds<string>): SiteTrust<string> {
  const agreed = new Map<string, OriginTrust>(Object.entries(origins).map(([name, { trust }]) => [name, trust]))
  return {
    transport: () => ({}) as ReturnType<SiteTrust<string>['transport']>,
    learn: (name, _origin, trust) => void agreed.set(name, trust),
    trustOf: (name) => agreed.get(name)!,
    probe: async (name) => reportOf(name),
    async pin({ probeId, fingerprint, typed }, keep) {
      const origin = probeId.replace('probe of ', '')
      if (fingerprint !== pins[origin] || typed !== fingerprint.slice(-8)) throw new AppError(impostor)
      const before = agreed.get(origin)!
      const trust = { mode: 'pin' as const, pins: [fingerprint], nextPins: [] }
      await keep({ origin, before: before.mode === 'pin' ? before.pins : [], trust })
      agreed.set(origin, trust)
      if (blocked?.origin === origin) blocked = undefined
    },
    look: async () => 'agreed',
    test: async () => [],
    expiring: [],
    get blocked() {
      return blocked
    },
    renew: () => {
      renewals++
    },
    close: vi.fn(),
  }
}

/** Agrees on what an origin shows, rightly typed. */
const agree = (site: ConfiguredSite, origin: string): Promise<void> =>
  site.pin({ probeId: `probe of ${origin}`, fingerprint: pins[origin]!, typed: pins[origin]!.slice(-8) })

describe('a site with an identity provider of its own', () => {
  it('is looked at and pinned twice before it asks for a password', async () => {
    const site = make(profile)
    const steps: unknown[] = []
    for (const origin of [gateway, idp]) {
      const report = await site.probe()
      steps.push(report.probeId)
      await agree(site, origin)
      steps.push(site.shown.state)
    }
    expect(steps).toEqual([`probe of ${gateway}`, { phase: 'unpinned' }, `probe of ${idp}`, { phase: 'signed-out' }])
    expect(saved).toEqual([`first of ${gateway}`, `first of ${idp}`])
    await expect(agree(site, gateway)).rejects.toMatchObject({ failure: { kind: 'forbidden' } })
  })

  it('saves nothing that the trust room refuses', async () => {
    const site = make(profile)
    const { probeId } = await site.probe()
    const wish = { probeId, fingerprint: pins[gateway]!, typed: '00000000' }
    await expect(site.pin(wish)).rejects.toMatchObject({ failure: impostor })
    expect([saved, site.shown.state.phase]).toEqual([[], 'unpinned'])
  })

  it('shows every server it consists of, and which of them is in doubt', () => {
    const recorder = 'https://recorder.example:7563'
    const trust = { ...pinned().trust, [recorder]: { mode: 'system' as const } }
    const site = make({ ...profile, gateway: [gateway, 'https://second.example'], recorders: [recorder], trust })
    block(idp)
    site.learnOrigins(['https://learnt.example:7563', recorder, 'http://learnt.example'])
    site.learnOrigins([recorder])
    expect(site.shown.origins).toEqual([
      { address: 'gateway.example:443', role: 'gateway', trust: 'pin', blocked: false },
      { address: 'second.example:443', role: 'gateway', trust: 'none', blocked: false },
      { address: 'idp.example:8443', role: 'idp', trust: 'pin', blocked: true },
      { address: 'recorder.example:7563', role: 'recorder', trust: 'system', blocked: false },
      { address: 'learnt.example:7563', role: 'recorder', trust: 'none', blocked: false },
    ])
  })
})

describe('a recorder the server told of', () => {
  const recorder = 'https://recorder.example:7563'
  beforeEach(() => (pins[recorder] = 'cc'.repeat(32)))

  it('is looked at by its address and pinned for good, while the site goes on as it was', async () => {
    const site = make(pinned())
    await site.signIn('op', 'password')
    site.learnOrigins([recorder])
    const report = await site.probe('recorder.example:7563')
    await agree(site, recorder)
    expect([report.probeId, saved, site.shown.state.phase]).toEqual([
      `probe of ${recorder}`,
      [`first of ${recorder}`],
      'open',
    ])
    expect(site.shown.origins.at(-1)).toMatchObject({ role: 'recorder', trust: 'pin' })
  })

  it('that was agreed on in an earlier run is not asked about again', () => {
    const site = make(withFirstPin(pinned(), recorder, pins[recorder]!))
    site.learnOrigins([recorder])
    expect(site.shown.origins.at(-1)).toMatchObject({ role: 'recorder', trust: 'pin' })
  })

  it('is shown, also where the server says nothing else of itself', async () => {
    const site = make(pinned())
    server.facts.mockRejectedValueOnce(new AppError({ kind: 'forbidden' }))
    server.recorders.mockResolvedValue([recorder, recorder, 'https://not an address'])
    await site.signIn('op', 'password')
    await vi.waitFor(() => expect(site.shown.origins).toHaveLength(3))
    expect(log.lines.at(-1)).toContain('told of recorder.example:7563; nothing is sent there before it is agreed on')
  })

  it('is no server of this site before it was told of', async () => {
    await expect(make(pinned()).probe('recorder.example:7563')).rejects.toMatchObject({
      failure: { kind: 'not-found', what: 'server' },
    })
  })
})

describe('another certificate in the place of the agreed one', () => {
  it('is saved, ends the session before anything can be sent, and is written down with who did it', async () => {
    const site = make(pinned())
    await site.signIn('guard', 'password')
    block()
    pins[gateway] = 'dd'.repeat(32)
    let wasShut: boolean | undefined
    server.signOut.mockImplementationOnce(async () => void (wasShut = blocked !== undefined))
    await agree(site, gateway)
    pins[gateway] = 'aa'.repeat(32)

    expect(audited.map(({ what, who, outcome }) => ({ what, who, outcome }))).toEqual([
      { what: 'signed-in', who: 'guard', outcome: undefined },
      {
        what: 'trust-changed',
        who: expect.stringMatching(/^guard signed in, \S+ at this computer$/) as string,
        outcome: `${'dd'.repeat(32)} in place of ${'aa'.repeat(32)} (agreed)`,
      },
      { what: 'signed-out', who: 'guard', outcome: undefined },
    ])
    expect([saved, site.shown.state, wasShut]).toEqual([[`new one of ${gateway}`], { phase: 'signed-out' }, true])
    expect(log.lines.join()).toMatch(
      /d{64} agreed on for gateway\.example:443 in place of a{64} \(guard signed in, \S+ at this computer\)/,
    )
  })

  it('that cannot be saved changes nothing', async () => {
    const site = make(pinned())
    await site.signIn('guard', 'password')
    block()
    isDiskFull = true
    await expect(agree(site, gateway)).rejects.toMatchObject({ failure: { kind: 'bad-file' } })
    expect([saved, blocked?.origin, site.shown.state.phase]).toEqual([[], gateway, 'blocked'])
    expect(server.signOut).not.toHaveBeenCalled()
  })

  it('is not agreed on in a managed profile', async () => {
    const site = make(pinned(), true)
    block()
    await expect(agree(site, gateway)).rejects.toMatchObject({
      failure: { kind: 'managed', file: 'a' },
    })
    expect([saved, site.shown.state.phase]).toEqual([[], 'blocked'])
  })

  it('is not agreed on where an authority vouches for the server: that is the administrator’s to change', async () => {
    const site = make({ ...pinned(), trust: { ...pinned().trust, [gateway]: { mode: 'system' } } })
    block()
    await expect(agree(site, gateway)).rejects.toMatchObject({ failure: { kind: 'forbidden' } })
  })
})

it('a certificate that runs out is a warning in the log and stands on the site', () => {
  const site = make(pinned())
  trustNeeds.onExpiring?.({ origin: gateway, validTo: '2026-12-14T10:00:00.000Z', daysLeft: 6 })
  expect(log.lines.at(-1)).toContain('the certificate of gateway.example:443 runs out on 2026-12-14, 6 days from now')
  expect(announced.at(-1)?.id).toBe(site.id)
})

describe('signing in', () => {
  it('that was overtaken by another changes nothing when it fails', async () => {
    const site = make(pinned())
    const first = promised<undefined>()
    server.signIn.mockImplementationOnce(() => first.promise)
    const overtaken = site.signIn('op', 'first-password')
    await site.signIn('op2', 'second-password')
    first.reject(new AppError({ kind: 'signed-out' }))
    await expect(overtaken).rejects.toMatchObject({ failure: { kind: 'signed-out' } })
    expect(site.shown).toMatchObject({ user: 'op2', state: { phase: 'open', user: 'op2' } })
  })

  it('that was left meanwhile stays left when it succeeds', async () => {
    const site = make(pinned())
    const slow = promised<undefined>()
    server.signIn.mockImplementationOnce(() => slow.promise)
    const signingIn = site.signIn('op', 'password')
    await site.signOut()
    slow.resolve(undefined)
    await signingIn
    expect([site.shown.state, server.cameras.mock.calls]).toEqual([{ phase: 'signed-out' }, []])
  })

  it('as somebody else signs out first', async () => {
    const site = make(pinned())
    await site.signIn('op', 'password')
    await site.signIn('op2', 'password')
    expect(announced.map(({ state }) => state.phase).filter((phase, at, all) => phase !== all[at - 1])).toEqual([
      ...['signing-in', 'open', 'signed-out', 'signing-in', 'open'],
    ])
    expect(server.signOut).toHaveBeenCalledOnce()
  })

  it('shows a bug by its reference only, and tells the log the rest', async () => {
    const site = make(pinned())
    server.signIn.mockRejectedValueOnce(new TypeError('reading hunter2hunter2 of undefined'))
    await expect(site.signIn('op', 'hunter2hunter2')).rejects.toThrow(TypeError)
    const { state } = site.shown
    const reference = /^[0-9a-f]{8}$/
    expect(state).toEqual({
      phase: 'signed-out',
      problem: { kind: 'bug', message: expect.stringMatching(reference) as string },
    })
    expect(log.lines.join()).toContain('TypeError: reading [secret] of undefined')
  })

  it('survives a server that cannot be told of the sign-out', async () => {
    const site = make(pinned())
    await site.signIn('op', 'password')
    server.signOut.mockRejectedValueOnce(new AppError({ kind: 'unreachable', what: 'server' }))
    await site.signOut()
    expect(site.shown.state).toEqual({ phase: 'signed-out' })
  })
})

describe('a camera list that failed', () => {
  const gone: Failure = { kind: 'unreachable', what: 'server', how: 'reset' }
  const reads = (): number => server.cameras.mock.calls.length

  function failsWith(because: Failure): void {
    server.cameras.mockImplementationOnce(async function* () {
      throw new AppError(because)
    })
  }

  it('is read again when the link is back, and not before', async () => {
    const site = make(pinned())
    failsWith(gone)
    await site.signIn('op', 'password')
    reports.onLink({ is: 'down', because: gone, since: 't' })
    await clock.pass(60_000)
    const during = reads()
    reports.onLink({ is: 'up' })
    await clock.pass(0)
    expect([during, reads(), site.shown.cameras.phase]).toEqual([1, 2, 'ready'])
  })

  it('is read again after a while where the link never went', async () => {
    const site = make(pinned())
    failsWith({ kind: 'busy', status: 503 })
    await site.signIn('op', 'password')
    await clock.pass(10_000)
    expect([reads(), site.shown.cameras.phase]).toEqual([2, 'ready'])
  })

  it('is not read again by itself where asking again cannot help', async () => {
    const site = make(pinned())
    failsWith({ kind: 'bad-answer', call: 'cameras', what: 'html' })
    await site.signIn('op', 'password')
    await clock.pass(60_000)
    reports.onLink({ is: 'up' })
    await clock.pass(60_000)
    expect([reads(), site.shown.cameras.phase]).toEqual([1, 'failed'])
  })

  it('of somebody who left is not read again', async () => {
    const site = make(pinned())
    failsWith(gone)
    await site.signIn('op', 'password')
    await site.signOut()
    await clock.pass(60_000)
    expect(reads()).toBe(1)
  })
})

it('a site that is renewed gets new connections everywhere', () => {
  make(pinned()).renew()
  expect([renewals, server.renew.mock.calls.length]).toEqual([1, 1])
})

describe('what the server reports', () => {
  it('is shown: a lost link, a clock, a session that ended', async () => {
    const site = make(pinned())
    await site.signIn('op', 'password')
    const because: Failure = { kind: 'unreachable', what: 'server' }
    reports.onLink({ is: 'down', because, since: 't' })
    reports.onClockOffset(-47_000)
    expect(site.shown).toMatchObject({
      clockOffsetMs: -47_000,
      state: { phase: 'open', link: { is: 'down', because } },
    })
    reports.onSignedOut({ kind: 'signed-out' })
    expect(site.shown.state).toEqual({ phase: 'signed-out', problem: { kind: 'signed-out' } })
  })

  it('about a video session is kept back while the identity is in doubt', async () => {
    const site = make(pinned())
    await site.signIn('op', 'password')
    let wish: SessionWish | undefined
    server.openSession.mockImplementation(async (asked) => {
      wish = asked
      return { sdp: '', iceServers: [] } as unknown as Awaited<ReturnType<Server['openSession']>>
    })
    const ended: Failure[] = []
    const { signal } = new AbortController()
    await site.openSession({ cameraId, streamId: null }, { signal, onEnded: (because) => ended.push(because) })
    block()
    wish?.onEnded({ kind: 'unreachable', what: 'server', how: 'closed' })
    expect(ended).toEqual([])
    blocked = undefined
    wish?.onEnded({ kind: 'unreachable', what: 'media' })
    expect(ended).toEqual([{ kind: 'unreachable', what: 'media' }])
    await expect(
      site.openSession({ cameraId, streamId: null }, { signal, onEnded: () => undefined }),
    ).rejects.toMatchObject({ failure: impostor })
  })
})

it('a promotion that cannot be saved is a line in the log, and nothing else', async () => {
  const site = make(pinned())
  promote(gateway)
  await vi.waitFor(() => expect(log.lines.at(-1)).toContain('the profile was not brought up to date'))
  expect(site.shown.state).toEqual({ phase: 'signed-out' })
})

it('a file that was damaged says so on its site', () => {
  const problem: Failure = { kind: 'bad-file', file: 'a', problem: 'is empty; a.bak1 is used' }
  const site = new ConfiguredSite({
    stored: { profile: pinned(), file: 'a', managed: true, problem },
    secrets: noSecrets,
    audit: () => undefined,
    store: {} as ConstructorParameters<typeof ConfiguredSite>[0]['store'],
    makeTrust: trustOver,
    makeServer: () => server,
    log: log.scope('sites'),
    keepSecret: () => undefined,
    clock,
    onChanged: () => undefined,
  })
  expect(site.shown).toMatchObject({ managed: true, state: { phase: 'signed-out', problem } })
})
