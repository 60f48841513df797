import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError, type Failure } from '../../../src-preload/contract/failure.ts'
import type { ProbeReport } from '../../../src-preload/contract/models/certificate.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import type { Site } from '../../../src-preload/contract/models/site.ts'
import { createMemoryLog } from '../../../src-main/log.ts'
import { isLoopback, type OriginName } from '../../../src-main/sites/origins.ts'
import { FakeClock } from '../xprotect/support/fake-clock.ts'
import { ConfiguredSite } from '../../../src-main/sites/site.ts'
import { parseOrigin as parseTyped } from '../../../src-main/storage/origin.ts'
import { withFirstPin, type SiteProfile } from '../../../src-main/storage/profile.ts'
import { noSecrets } from '../../../src-main/storage/secrets.ts'
import type { BlockedReport, SiteTrust } from '../../../src-main/trust/index.ts'
import { parseOrigin } from '../../../src-main/trust/origin.ts'
import type { Server, ServerReports, SessionWish } from '../../../src-main/xprotect/server.ts'
import { promised } from './promised.ts'

const gateway = 'https://gateway.example'
const idp = 'https://idp.example:8443'
const pins = { gateway: 'aa'.repeat(32), idp: 'bb'.repeat(32) }
const impostor: Failure = { kind: 'untrusted-certificate', fingerprint: 'x', expected: [] }
const cameraId = '0b3e9a52-6c3e-4f7b-9d84-0e7e4d1c9aaa' as CameraId

let profile: SiteProfile
let server: { [K in keyof Server]: ReturnType<typeof vi.fn<Server[K]>> }
let reports: ServerReports
let trust: SiteTrust<OriginName>
let blocked: BlockedReport<OriginName> | undefined
let block: () => void
let promote: (origin: OriginName) => void
let saved: string[]
let announced: Site[]
let log: ReturnType<typeof createMemoryLog>
let clock: FakeClock
let renewals: number

const reportOf = (name: OriginName): ProbeReport =>
  ({ probeId: `probe of ${name}`, offered: { fingerprint: pins[name] } }) as ProbeReport

beforeEach(() => {
  profile = { version: 1, id: 'site', name: 'North', gateway: [gateway], idp, trust: {} } as unknown as SiteProfile
  server = {
    signIn: vi.fn<Server['signIn']>(async () => undefined),
    resume: vi.fn<Server['resume']>(async () => undefined),
    keepsake: vi.fn<Server['keepsake']>(() => undefined),
    signOut: vi.fn<Server['signOut']>(async () => undefined),
    renew: vi.fn<Server['renew']>(),
    cameras: vi.fn<Server['cameras']>(async function* () {
      yield { cameras: [], skipped: 0 }
    }),
    cameraGroups: vi.fn<Server['cameraGroups']>(async () => []),
    streams: vi.fn<Server['streams']>(async () => []),
    facts: vi.fn<Server['facts']>(() => new Promise(() => undefined)),
    capture: vi.fn<Server['capture']>(async () => []),
    openSession: vi.fn<Server['openSession']>(),
  }
  saved = []
  announced = []
  blocked = undefined
  log = createMemoryLog()
  clock = new FakeClock()
  renewals = 0
})

function pinned(): SiteProfile {
  return withFirstPin(withFirstPin(profile, gateway, pins.gateway), idp, pins.idp)
}

function make(own: SiteProfile): ConfiguredSite {
  return new ConfiguredSite({
    stored: { profile: own, file: 'a', managed: false },
    secrets: noSecrets,
    store: {
      savePin: async (_id, origin, pin) => {
        saved.push(origin)
        own = withFirstPin(own, origin, pin)
        return own
      },
      savePromotion: () => Promise.reject(new AppError({ kind: 'bad-file', file: 'a', problem: 'was not saved' })),
    },
    makeTrust: (needs) => {
      trust = {
        transport: () => ({}) as ReturnType<SiteTrust<OriginName>['transport']>,
        probe: async (name) => reportOf(name),
        pin: vi.fn((name: OriginName, fingerprint: string) => {
          if (fingerprint !== pins[name]) throw new AppError(impostor)
          return { before: [], trust: { mode: 'none' as const } }
        }),
        get blocked() {
          return blocked
        },
        renew: () => {
          renewals++
        },
        close: vi.fn(),
      }
      block = () => {
        const report = { origin: 'gateway' as const, address: 'a', expected: [], because: impostor, seenAt: 't' }
        blocked = report
        needs.onBlocked?.(report)
      }
      promote = (origin) => needs.onPromoted?.({ origin, fingerprint: pins[origin], trust: { mode: 'none' }, at: 't' })
      return trust
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

describe('a site with an identity provider of its own', () => {
  it('is looked at and pinned twice before it asks for a password', async () => {
    const site = make(profile)
    const steps: unknown[] = []
    for (const name of ['gateway', 'idp'] as const) {
      const report = await site.probe()
      steps.push(report.probeId)
      await site.pin(report.probeId, pins[name])
      steps.push(site.shown.state)
    }
    expect(steps).toEqual(['probe of gateway', { phase: 'unpinned' }, 'probe of idp', { phase: 'signed-out' }])
    expect(saved).toEqual([gateway, idp])
    await expect(site.pin('again', pins.gateway)).rejects.toMatchObject({ failure: { kind: 'forbidden' } })
  })

  it('saves nothing that the trust room refuses', async () => {
    const site = make(profile)
    const { probeId } = await site.probe()
    await expect(site.pin(probeId, pins.idp)).rejects.toMatchObject({ failure: impostor })
    expect([saved, site.shown.state.phase]).toEqual([[], 'unpinned'])
  })
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
  promote('gateway')
  await vi.waitFor(() => expect(log.lines.at(-1)).toContain('the profile was not brought up to date'))
  expect(site.shown.state).toEqual({ phase: 'signed-out' })
})

it('a file that was damaged says so on its site', () => {
  const problem: Failure = { kind: 'bad-file', file: 'a', problem: 'is empty; a.bak1 is used' }
  const site = new ConfiguredSite({
    stored: { profile: pinned(), file: 'a', managed: true, problem },
    secrets: noSecrets,
    store: {} as ConstructorParameters<typeof ConfiguredSite>[0]['store'],
    makeTrust: () => ({}) as SiteTrust<OriginName>,
    makeServer: () => server,
    log: log.scope('sites'),
    keepSecret: () => undefined,
    clock,
    onChanged: () => undefined,
  })
  expect(site.shown).toMatchObject({ managed: true, state: { phase: 'signed-out', problem } })
})

describe('an address', () => {
  it('a profile may hold is one the trust room takes, in the same words', () => {
    const label = fc.stringMatching(/^[a-zA-Z0-9._:[\]-]{1,12}$/)
    const host = fc.oneof(
      label,
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().map((address) => `[${address}]`),
    )
    const address = fc.tuple(host, fc.option(fc.nat(70_000)), fc.constantFrom('', '/')).map(([name, port, end]) => {
      return `https://${name}${port === null ? '' : `:${port}`}${end}`
    })
    fc.assert(
      fc.property(address, (text) => {
        const origin = parseTyped(text)
        if (origin === undefined) return
        expect(new URL(parseOrigin(origin).href).origin).toBe(origin)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is this very computer or is not', () => {
    const here = ['https://127.0.0.1:8443', 'https://localhost', 'https://[::1]:1', 'https://127.3.2.1']
    const elsewhere = ['https://127.0.0.1.example', 'https://localhost.example', 'https://10.0.0.1', 'https://[::2]']
    expect([here.every(isLoopback), elsewhere.some(isLoopback)]).toEqual([true, false])
  })
})
