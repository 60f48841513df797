import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import type { Site } from '../../../src-preload/contract/models/site.ts'
import { systemClock, type Clock } from '../../../src-main/xprotect/clock.ts'
import { startSimulator, type Simulator } from '../../simulator/start.ts'
import { camerasOf, openDesk, siteId, type Desk } from './desk.ts'

let simulator: Simulator
let desk: Desk
beforeAll(async () => {
  simulator = await startSimulator({ media: null, special: false })
})
afterAll(() => simulator.stop())
afterEach(async () => {
  expect(desk.lines.join('\n') + JSON.stringify(desk.facts)).not.toContain(simulator.password)
  simulator.removeFaults()
  await simulator.act({ do: 'restore-certificate', cutConnections: true })
  await simulator.act({ do: 'start' })
  await simulator.act({ do: 'unlock-users' })
  await desk.close()
})

const pinned = (view?: object, clock?: Clock): Promise<Desk> =>
  openDesk(
    {
      gateway: [simulator.gateway],
      trust: { [simulator.gateway]: { mode: 'pin', pins: [simulator.sha256] } },
      ...(view && { view }),
    },
    clock,
  )
const signIn = (password = simulator.password): Promise<void> =>
  desk.ask('signIn', { siteId, user: simulator.user, password })
const whenCameras = (phase: string): Promise<void> =>
  vi.waitFor(async () => expect((await desk.site()).cameras.phase).toBe(phase), { timeout: 15_000 })
const failureOf = async (asked: Promise<unknown>): Promise<Failure | undefined> => {
  try {
    await asked
    return undefined
  } catch (error) {
    return (error as { failure: Failure }).failure
  }
}
const firstCamera = async (): Promise<CameraId> => (await camerasOf(desk))[0]!.id

const typedRightly = (probeId: string, fingerprint: string) => ({
  siteId,
  probeId,
  fingerprint,
  typed: fingerprint.slice(-8),
})

describe('a site whose certificate is agreed on', () => {
  it('signs in, lists its nine cameras, plays one and lets go of it', async () => {
    desk = await pinned({ rows: 2, columns: 2, cameras: 'first' })
    expect((await desk.site()).state).toEqual({ phase: 'signed-out' })
    await signIn()
    await whenCameras('ready')

    const site = await desk.site()
    const cameras = await camerasOf(desk)
    expect(site).toMatchObject({
      name: 'North',
      address: new URL(simulator.gateway).host,
      user: simulator.user,
      managed: false,
      state: { phase: 'open', user: simulator.user, link: { is: 'up' } },
      cameras: { phase: 'ready', total: 9, skipped: 0 },
      view: { rows: 2, columns: 2, cameraIds: cameras.slice(0, 4).map(({ id }) => id) },
    })
    expect(Math.abs(site.clockOffsetMs ?? Infinity)).toBeLessThan(1_500)
    expect(new Set(cameras.map(({ name }) => name)).size).toBe(9)
    expect((await desk.ask('listCameraGroups', { siteId })).length).toBeGreaterThan(0)
    expect((await desk.ask('listStreams', { siteId, cameraId: cameras[0]!.id })).length).toBe(2)

    const offer = await desk.ask('openSession', { siteId, cameraId: cameras[0]!.id, streamId: null })
    expect(offer.sdp).toContain('v=0')
    expect(simulator.state().sessions.map(({ camera }) => camera.id)).toEqual([cameras[0]!.id])
    await desk.ask('closeSession', { sessionId: offer.sessionId })
    expect(await failureOf(desk.ask('nextCandidates', { sessionId: offer.sessionId }))).toEqual({
      kind: 'not-found',
      what: 'session',
    })
  })

  it('announces every step it takes', async () => {
    desk = await pinned()
    await signIn()
    await whenCameras('ready')
    await desk.ask('signOut', { siteId })
    expect([...new Set(desk.phases())]).toEqual(['signing-in', 'open', 'signed-out'])
    expect(desk.facts.filter(({ name }) => name === 'cameraListChanged').map(({ fact }) => fact)).toEqual([
      { siteId, cameras: { phase: 'loading', loaded: 0 } },
      { siteId, cameras: { phase: 'loading', loaded: 9 } },
      { siteId, cameras: { phase: 'ready', total: 9, skipped: 0 } },
      { siteId, cameras: { phase: 'none' } },
    ])
    expect(await camerasOf(desk)).toEqual([])
  })

  it('announces a view of the first cameras as it fills, and not for every page after that', async () => {
    desk = await pinned({ rows: 2, columns: 2, cameras: 'first' })
    await signIn()
    await whenCameras('ready')
    const sites = desk.facts.filter(({ name }) => name === 'siteChanged').map(({ fact }) => fact as Site)
    const others = sites.map((site) => JSON.stringify({ ...site, cameras: undefined }))
    expect(sites.at(-1)?.view?.cameraIds).toHaveLength(4)
    expect(others.filter((one, at) => one === others[at - 1])).toEqual([])
  })

  it('tries a wrong password exactly once and never writes it down', async () => {
    desk = await pinned()
    const before = simulator.state().loginsTried
    expect(await failureOf(signIn('not-the-password'))).toEqual({ kind: 'wrong-password' })
    expect(simulator.state().loginsTried - before).toBe(1)
    expect((await desk.site()).state).toEqual({ phase: 'signed-out', problem: { kind: 'wrong-password' } })
    expect(desk.lines.join('\n')).not.toContain('not-the-password')
    expect(desk.lines.join('\n')).toContain('wrong-password')
  })

  it('says that an account is locked', async () => {
    desk = await pinned()
    await simulator.act({ do: 'lock-users' })
    expect(await failureOf(signIn())).toEqual({ kind: 'locked-out' })
  })

  it('closes every session when the page goes', async () => {
    desk = await pinned()
    await signIn()
    await whenCameras('ready')
    const { sessionId } = await desk.ask('openSession', { siteId, cameraId: await firstCamera(), streamId: null })
    await desk.services.pageGone()
    expect(await failureOf(desk.ask('answerSession', { sessionId, sdp: 'x' }))).toMatchObject({ kind: 'not-found' })
    expect((await desk.site()).state.phase).toBe('open')
  })

  it('refuses what needs a person first', async () => {
    desk = await pinned()
    const cameraId = siteId as string as CameraId
    const asked = [
      desk.ask('listCameraGroups', { siteId }),
      desk.ask('reloadCameras', { siteId }),
      desk.ask('listStreams', { siteId, cameraId }),
      desk.ask('openSession', { siteId, cameraId, streamId: null }),
    ]
    expect(await Promise.all(asked.map(failureOf))).toEqual(new Array(4).fill({ kind: 'signed-out' }))
  })
})

describe('a site nobody has agreed on a certificate for', () => {
  it('asks for no password before it was looked at and pinned, and is pinned for good', async () => {
    desk = await openDesk({ gateway: [simulator.gateway] })
    expect((await desk.site()).state).toEqual({ phase: 'unpinned' })
    const bytesBefore = simulator.state().applicationBytes
    expect(await failureOf(signIn())).toEqual({ kind: 'not-pinned' })

    const report = await desk.ask('probeSite', { siteId })
    expect(report).toMatchObject({ offered: { fingerprint: simulator.sha256, selfSigned: true }, pinned: [] })
    expect((await desk.site()).state).toEqual({ phase: 'unpinned', report })
    expect(simulator.state().applicationBytes).toBe(bytesBefore)

    const { probeId, offered } = report
    await desk.ask('pinSite', typedRightly(probeId, offered.fingerprint))
    expect((await desk.site()).state).toEqual({ phase: 'signed-out' })
    expect(JSON.parse(readFileSync(desk.file, 'utf8'))).toMatchObject({
      trust: { [simulator.gateway]: { mode: 'pin', pins: [simulator.sha256] } },
    })
    await signIn()
    expect((await desk.site()).state.phase).toBe('open')
  })

  it('is not pinned to a certificate main has not seen, or by a probe that was not made', async () => {
    desk = await openDesk({ gateway: [simulator.gateway] })
    const { probeId } = await desk.ask('probeSite', { siteId })
    const foreign = 'ab'.repeat(32)
    expect(await failureOf(desk.ask('pinSite', typedRightly(probeId, foreign)))).toBeDefined()
    expect(await failureOf(desk.ask('pinSite', typedRightly(siteId, simulator.sha256)))).toBeDefined()
    expect((await desk.site()).state.phase).toBe('unpinned')
    expect(readFileSync(desk.file, 'utf8')).not.toContain(foreign)
  })

  it('keeps its look when the server goes, and says why it cannot be seen', async () => {
    desk = await openDesk({ gateway: [simulator.gateway] })
    const report = await desk.ask('probeSite', { siteId })
    await simulator.act({ do: 'stop' })
    const problem = { kind: 'unreachable', what: 'server', how: 'refused' }
    expect(await failureOf(desk.ask('probeSite', { siteId }))).toEqual(problem)
    expect((await desk.site()).state).toEqual({ phase: 'unpinned', report, problem })
  })

  it('that turns out to be plain HTTP says so', async () => {
    desk = await openDesk({ gateway: [simulator.control.replace('http:', 'https:')] })
    expect(await failureOf(desk.ask('probeSite', { siteId }))).toEqual({ kind: 'not-tls' })
  })
})

describe('a server that is no longer the agreed one', () => {
  it('is sent nothing, not even at sign-in, and cannot be pinned by what nobody typed', async () => {
    desk = await pinned()
    await simulator.act({ do: 'swap-certificate', cutConnections: true })
    const before = simulator.state()
    const failure = await failureOf(signIn())
    expect(failure).toEqual({
      kind: 'untrusted-certificate',
      fingerprint: simulator.state().sha256,
      expected: [simulator.sha256],
    })
    const { state } = await desk.site()
    expect(state).toMatchObject({
      phase: 'blocked',
      because: failure,
      report: { offered: { fingerprint: simulator.state().sha256 }, pinned: [simulator.sha256] },
    })
    const { probeId, offered } = await desk.ask('probeSite', { siteId })
    expect(
      await failureOf(desk.ask('pinSite', { ...typedRightly(probeId, offered.fingerprint), typed: '00000000' })),
    ).toMatchObject({ kind: 'untrusted-certificate' })
    expect(await failureOf(signIn())).toEqual(failure)
    expect(simulator.state().applicationBytes).toBe(before.applicationBytes)
    expect(simulator.state().loginsTried).toBe(before.loginsTried)
  })

  it('while signed in: nothing more is sent, the list and the running session stay', async () => {
    desk = await pinned()
    await signIn()
    await whenCameras('ready')
    const cameraId = await firstCamera()
    const { sessionId, sdp } = await desk.ask('openSession', { siteId, cameraId, streamId: null })
    await desk.ask('answerSession', { sessionId, sdp: sdp! })
    await vi.waitFor(() => expect(simulator.state().sessions[0]?.answered).toBe(true))
    await simulator.act({ do: 'swap-certificate' })
    desk.services.networkChanged() // the next request needs a new connection
    await vi.waitFor(() => expect(simulator.state().webSockets.webrtc).toBe(0))
    const bytes = simulator.state().applicationBytes

    expect(await failureOf(desk.ask('listCameraGroups', { siteId }))).toMatchObject({ kind: 'untrusted-certificate' })
    expect((await desk.site()).state.phase).toBe('blocked')
    expect(await failureOf(desk.ask('openSession', { siteId, cameraId, streamId: null }))).toMatchObject({
      kind: 'untrusted-certificate',
    })
    expect((await camerasOf(desk)).length).toBe(9)
    expect(desk.facts.filter(({ name }) => name === 'sessionEnded')).toEqual([])
    expect(await failureOf(desk.ask('closeSession', { sessionId }))).toBeUndefined()
    expect(simulator.state().applicationBytes).toBe(bytes)
  })
})

describe('a server whose agreed certificate comes back', () => {
  it('goes on where it was, without a person', async () => {
    // The next look, half a minute from now, is due when the test says so.
    const looks: (() => void)[] = []
    const isLook = (ms: number): boolean => ms > 20_000 && ms < 40_000
    desk = await pinned(undefined, {
      ...systemClock,
      after(ms, run) {
        if (!isLook(ms)) return systemClock.after(ms, run)
        looks.push(run)
        return () => void looks.splice(looks.indexOf(run), 1)
      },
    })
    await signIn()
    await whenCameras('ready')
    const logins = simulator.state().loginsTried
    await simulator.act({ do: 'swap-certificate', cutConnections: true })
    await failureOf(desk.ask('listCameraGroups', { siteId }))
    expect((await desk.site()).state.phase).toBe('blocked')

    looks.splice(0).forEach((look) => look())
    await vi.waitFor(() => expect(looks).toHaveLength(1)) // looked, and still an impostor
    expect((await desk.site()).state.phase).toBe('blocked')

    await simulator.act({ do: 'restore-certificate', cutConnections: true })
    looks.splice(0).forEach((look) => look())
    await vi.waitFor(async () => expect((await desk.site()).state.phase).toBe('open'))
    expect(simulator.state().loginsTried - logins).toBe(0)
  })

  it('or the announced one: it leads from now on, and the older counts for thirty days more', async () => {
    const older = 'ab'.repeat(32)
    desk = await openDesk({
      gateway: [simulator.gateway],
      trust: { [simulator.gateway]: { mode: 'pin', pins: [older], next: [simulator.sha256] } },
    })
    await signIn()
    await vi.waitFor(() =>
      expect(JSON.parse(readFileSync(desk.file, 'utf8'))).toMatchObject({
        trust: {
          [simulator.gateway]: { mode: 'pin', pins: [simulator.sha256], next: [], replaced: [{ pin: older }] },
        },
      }),
    )
  })
})

describe('a server that answers badly', () => {
  it('gone in the middle of the list leaves what was there', async () => {
    desk = await pinned()
    await signIn()
    await whenCameras('ready')
    simulator.addFault({ kind: 'path', path: '*/cameras', cutAfterBytes: 200, thenStop: true })
    await desk.ask('reloadCameras', { siteId })
    await whenCameras('failed')
    expect((await desk.site()).cameras).toMatchObject({ loaded: 9, because: { kind: 'unreachable' } })
    expect((await camerasOf(desk)).length).toBe(9)
    expect((await desk.site()).state).toMatchObject({ phase: 'open' })
  })

  it.each<[string, Parameters<Simulator['addFault']>[0], Failure['kind'], string]>([
    ['HTML', { kind: 'path', path: '*/cameras', answer: { status: 200, body: 'html' } }, 'bad-answer', 'html'],
    [
      'half of its JSON',
      { kind: 'path', path: '*/cameras', answer: { status: 200, body: 'truncated-json' } },
      'bad-answer',
      'not-json',
    ],
    ['64 MB', { kind: 'path', path: '*/cameras', answer: { status: 200, body: 'huge' } }, 'bad-answer', 'too-large'],
    [
      'a name of ten million letters',
      { kind: 'camera-name', name: 'x', repeat: 10_000_000 },
      'bad-answer',
      'too-large',
    ],
  ])('with %s is named', async (_what, fault, kind, what) => {
    desk = await pinned()
    simulator.addFault(fault)
    await signIn()
    await whenCameras('failed')
    expect((await desk.site()).cameras).toMatchObject({ phase: 'failed', loaded: 0, because: { kind, what } })
    simulator.removeFaults()
    await desk.ask('reloadCameras', { siteId })
    await whenCameras('ready')
  })

  it('with one broken camera costs that camera', async () => {
    desk = await pinned()
    simulator.addFault({ kind: 'bad-camera', camera: 3 })
    await signIn()
    await whenCameras('ready')
    expect((await desk.site()).cameras).toEqual({ phase: 'ready', total: 8, skipped: 1 })
  })

  it('with markup and marks in a name keeps the text and drops what does not print', async () => {
    desk = await pinned()
    simulator.addFault({ kind: 'camera-name', camera: 1, name: '<img src=x onerror=alert(1)>\u202e\u0000' })
    await signIn()
    await whenCameras('ready')
    const names = (await camerasOf(desk)).map(({ name }) => name)
    expect(names.find((name) => name.startsWith('<img'))).toBe('<img src=x onerror=alert(1)>')
  })

  it('that refuses a session says so and stays open', async () => {
    desk = await pinned()
    await signIn()
    await whenCameras('ready')
    simulator.addFault({ kind: 'refuse-session', status: 403, text: 'No permission' })
    const cameraId = await firstCamera()
    expect(await failureOf(desk.ask('openSession', { siteId, cameraId, streamId: null }))).toBeDefined()
    expect((await desk.site()).state.phase).toBe('open')
  })

  it('that is not there is said not to be there', async () => {
    desk = await pinned()
    await simulator.act({ do: 'stop' })
    expect(await failureOf(signIn())).toEqual({ kind: 'unreachable', what: 'server', how: 'refused' })
  })
})

describe('the desk', () => {
  it('shows a file that is no profile by its name, and refuses to use it', async () => {
    desk = await openDesk({ gateway: ['http://gateway.example'] })
    const site = await desk.site()
    expect(site).toMatchObject({ name: 'a', state: { phase: 'signed-out', problem: { kind: 'bad-file' } } })
    expect(await failureOf(desk.ask('signIn', { siteId: site.id, user: 'x', password: 'y' }))).toMatchObject({
      kind: 'bad-file',
    })
  })

  it('knows no site by another id', async () => {
    desk = await pinned()
    const other = '0b3e9a52-6c3e-4f7b-9d84-0e7e4d1c9aff' as typeof siteId
    expect(await failureOf(desk.ask('probeSite', { siteId: other }))).toEqual({ kind: 'not-found', what: 'site' })
  })

  it('tells every window of a changed preference', async () => {
    desk = await pinned()
    await desk.ask('savePreferences', { treeWidthPx: 300, view: undefined })
    expect(await desk.ask('readPreferences')).toMatchObject({ treeWidthPx: 300, view: null })
    expect(desk.facts).toMatchObject([{ name: 'preferencesChanged', fact: { treeWidthPx: 300 } }])
  })

  it('writes a line of the page under the page, whatever it calls itself', async () => {
    desk = await pinned()
    await desk.ask('report', { level: 'warn', scope: 'trust)\nforged', line: 'two\nlines' })
    expect(desk.lines.at(-1)).toBe(String.raw`warn (page trustforged) two\nlines`)
  })

  it('tells the page when the network changed', async () => {
    desk = await pinned()
    desk.services.networkChanged()
    expect(desk.facts).toMatchObject([{ name: 'networkChanged', fact: { at: expect.any(String) as string } }])
  })
})
