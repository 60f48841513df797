import { afterEach, describe, expect, it } from 'vitest'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import type { Camera, CameraGroup } from '../../../src-preload/contract/models/camera.ts'
import type { VideoSession } from '../../../src-main/xprotect/server.ts'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import { startSimulator, type Simulator } from '../../simulator/start.ts'
import { realSite, until, type RealSite } from './support/real-site.ts'
import { failureIn } from './support/site.ts'

type Options = Parameters<typeof startSimulator>[0]

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function start(options: Options = {}): Promise<{ simulator: Simulator; site: RealSite }> {
  const simulator = await startSimulator({ media: null, ...options })
  closing.push(() => simulator.stop())
  const site = realSite(simulator)
  closing.push(site.close)
  return { simulator, site }
}

async function signedIn(options: Options = {}): Promise<{ simulator: Simulator; site: RealSite }> {
  const made = await start(options)
  await made.site.server.signIn(made.simulator.user, made.simulator.password)
  return made
}

const never = new AbortController().signal

async function allCameras({ server }: RealSite): Promise<{ cameras: Camera[]; skipped: number }> {
  const cameras: Camera[] = []
  let skipped = 0
  for await (const page of server.cameras(never)) {
    cameras.push(...page.cameras)
    skipped += page.skipped
  }
  return { cameras, skipped }
}

const ended: Failure[] = []
const open = ({ server }: RealSite, cameraId: string, signal = never): Promise<VideoSession> =>
  server.openSession({
    cameraId: cameraId as CameraId,
    streamId: null,
    signal,
    onEnded: (because) => void ended.push(because),
  })

describe('signing in', () => {
  it('opens the site', async () => {
    const { site } = await signedIn()
    expect([(await allCameras(site)).cameras.length, site.links]).toEqual([11, [{ is: 'up' }]])
  })

  it('with a wrong password is one attempt', async () => {
    const { simulator, site } = await start()
    const failure = await failureIn(site.server.signIn(simulator.user, 'wrong'))
    expect([failure, simulator.state().loginsTried]).toEqual([{ kind: 'wrong-password' }, 1])
  })

  it('with an account that must change its password, or is locked, says so', async () => {
    const { simulator, site } = await start()
    const first = await failureIn(site.server.signIn('newcomer', simulator.password))
    await simulator.act({ do: 'lock-users' })
    const second = await failureIn(site.server.signIn(simulator.user, simulator.password))
    expect([first?.kind, second?.kind]).toEqual(['must-change-password', 'locked-out'])
  })
})

describe('tokens', () => {
  it('rotate as they run out, and calls never notice', async () => {
    const { simulator, site } = await signedIn({ tokenTtlSeconds: 1 })
    await until(() => simulator.state().tokensIssued >= 4, 'four tokens')
    expect([(await allCameras(site)).cameras.length, simulator.state().loginsTried]).toEqual([11, 1])
  })

  it('revoked under 36 calls are replaced once, and all calls succeed', async () => {
    const { simulator, site } = await signedIn()
    await site.server.cameraGroups(never)
    await simulator.act({ do: 'expire-tokens' })
    const before = simulator.state().tokensIssued
    const camera = simulator.site.cameras.slice(0, 9).map(({ id }) => id as CameraId)
    const calls = [...Array(4).keys()].flatMap(() => camera.map((id) => failureIn(site.server.streams(id))))
    expect([(await Promise.all(calls)).filter(Boolean), simulator.state().tokensIssued - before]).toEqual([[], 1])
  })
})

describe('lists', () => {
  it('cameras carry what the administrator wrote, and the name of their device', async () => {
    const { site } = await signedIn()
    const { cameras } = await allCameras(site)
    expect(cameras.find(({ name }) => name === 'Main gate')?.hardwareName).toMatch(/./)
  })

  it('ten thousand cameras arrive, and one bad one costs itself', async () => {
    const { simulator, site } = await signedIn({ cameras: 10_000 })
    simulator.addFault({ kind: 'bad-camera', camera: 77, how: 'wrong-types' })
    const { cameras, skipped } = await allCameras(site)
    expect([cameras.length, skipped, new Set(cameras.map(({ id }) => id)).size]).toEqual([10_001, 1, 10_001])
  })

  it.each(['no-id', 'null', 'bad-guid', 'nested', 'wrong-types'] as const)(
    'a camera that is %s costs itself',
    async (how) => {
      const { simulator, site } = await signedIn()
      simulator.addFault({ kind: 'bad-camera', camera: 1, how })
      const { cameras, skipped } = await allCameras(site)
      expect(cameras.length + skipped).toBe(11)
      expect(cameras.length).toBeGreaterThanOrEqual(10)
    },
  )

  it('a name of ten megabytes is refused by the transport, one of a megabyte is cut', async () => {
    const { simulator, site } = await signedIn()
    const id = simulator.addFault({ kind: 'camera-name', camera: 1, name: 'x', repeat: 10 << 20 })
    const failure = await failureIn(allCameras(site))
    simulator.removeFaults(id)
    simulator.addFault({ kind: 'camera-name', camera: 1, name: '<b>\u202e', repeat: 100_000 })
    const { cameras } = await allCameras(site)
    expect([failure, cameras.map(({ name }) => name.length).sort((a, b) => b - a)[0]]).toEqual([
      expect.objectContaining({ kind: 'bad-answer', what: 'too-large' }),
      200,
    ])
  })

  it('groups nest as the administrator arranged them', async () => {
    const { site } = await signedIn({ cameras: 40 })
    const lines = (groups: CameraGroup[], depth = 0): string[] =>
      groups.flatMap(({ name, groups: inner, cameraIds }) => [
        `${'  '.repeat(depth)}${name}: ${cameraIds.length}`,
        ...lines(inner, depth + 1),
      ])
    expect(lines(await site.server.cameraGroups(never))).toMatchInlineSnapshot(`
      [
        "HQ Campus: 9",
        "Parking: 0",
        "  Level 1: 6",
        "Perimeter: 0",
        "  Section 1: 5",
        "Offices: 0",
        "  Floor 1: 5",
        "Depot South: 0",
        "  Hall 1: 5",
        "Gates: 0",
        "  Side 1: 5",
        "Public areas: 0",
        "  House 1: 5",
        "Special: 2",
      ]
    `)
  })

  it('streams tell codec, size and rate', async () => {
    const { simulator, site } = await signedIn()
    const streams = await site.server.streams(simulator.site.cameras[0]!.id as CameraId)
    const [main, sub] = simulator.site.cameras[0]!.streams
    expect(streams).toEqual([
      {
        id: main!.id,
        name: 'Main',
        liveDefault: true,
        codec: 'H264',
        widthPx: 1280,
        heightPx: 720,
        framesPerSecond: 15,
      },
      { id: sub!.id, name: 'Sub', liveDefault: false, codec: 'H264', widthPx: 640, heightPx: 360, framesPerSecond: 15 },
    ])
  })
})

describe.each([
  ['25.1', 'ws'],
  ['25.2', 'ws'],
  ['24.2', 'rest'],
] as const)('video sessions on %s', (profile, road) => {
  it(`go by ${road}`, async () => {
    const { simulator, site } = await signedIn({ profile })
    const session = await open(site, simulator.site.cameras[0]!.id)
    await session.answer(session.sdp!.replaceAll('a=sendonly', 'a=recvonly').replaceAll('actpass', 'active'))
    await session.addCandidate({
      candidate: 'candidate:1 1 udp 2130706431 127.0.0.1 40000 typ host',
      sdpMid: '0',
      sdpMLineIndex: 0,
    })
    await until(() => simulator.state().sessions[0]?.answered === true, 'the answer arrives')
    const more = await session.nextCandidates(AbortSignal.timeout(2000))
    expect([simulator.state().sessions[0]?.road, more]).toEqual([road, []])
  })

  it('open nine at once', async () => {
    const { simulator, site } = await signedIn({ profile })
    const sessions = await Promise.all(simulator.site.cameras.slice(0, 9).map(({ id }) => open(site, id)))
    expect([new Set(sessions.map(({ sdp }) => sdp)).size, simulator.state().sessions.length]).toEqual([9, 9])
  })

  it('refused for one camera leave the others alone, and say what the server said', async () => {
    const { simulator, site } = await signedIn({ profile })
    const masked = simulator.site.cameras.find(({ name }) => name.includes('masked'))!
    const outcomes = await Promise.all(
      [...simulator.site.cameras.slice(0, 5), masked].map(({ id }) => failureIn(open(site, id))),
    )
    expect(outcomes.map((failure) => failure?.kind)).toEqual([...Array.from({ length: 5 }, () => undefined), 'refused'])
    expect(JSON.stringify(outcomes.at(-1))).toContain('privacy mask')
  })

  it('outlive the token they were opened with', async () => {
    const { simulator, site } = await signedIn({ profile, tokenTtlSeconds: 2 })
    const session = await open(site, simulator.site.cameras[0]!.id)
    await session.answer(session.sdp!)
    const first = simulator.state().sessions[0]!.expiresAt
    await until(() => (simulator.state().sessions[0]?.expiresAt ?? '') > first, 'a later end')
    expect(simulator.state().sessions.length).toBe(1)
  })

  it('end when the user signs out', async () => {
    const { simulator, site } = await signedIn({ profile })
    await open(site, simulator.site.cameras[0]!.id)
    ended.length = 0
    await site.server.signOut()
    expect([ended, await failureIn(open(site, simulator.site.cameras[0]!.id))]).toEqual([
      [{ kind: 'signed-out' }],
      { kind: 'signed-out' },
    ])
  })
})

it('nine sessions outlive three tokens, renewed a few at a time', async () => {
  const simulator = await startSimulator({ media: null, tokenTtlSeconds: 2 })
  closing.push(() => simulator.stop())
  let [atOnce, most, renewals] = [0, 0, 0]
  const site = realSite(simulator, (pinned) => ({
    openSocket: (wish) => pinned.openSocket(wish),
    async request(exchange) {
      if (exchange.method !== 'PATCH' || !exchange.body?.includes('"token"')) return pinned.request(exchange)
      renewals++
      most = Math.max(most, ++atOnce)
      return pinned.request(exchange).finally(() => atOnce--)
    },
  }))
  closing.push(site.close)
  await site.server.signIn(simulator.user, simulator.password)
  ended.length = 0
  for (const { id } of simulator.site.cameras.slice(0, 9)) {
    const session = await open(site, id)
    await session.answer(session.sdp!)
  }
  const first = simulator.state().tokensIssued
  await until(() => simulator.state().tokensIssued >= first + 4, 'four more tokens')
  const { sessions } = simulator.state()
  expect([sessions.length, ended, most <= 4, renewals >= 27]).toEqual([9, [], true, true])
})

it('a cut signalling socket ends no answered session, and new ones go over a new socket', async () => {
  const { simulator, site } = await signedIn()
  for (const { id } of simulator.site.cameras.slice(0, 9)) {
    const session = await open(site, id)
    await session.answer(session.sdp!)
  }
  await until(() => simulator.state().sessions.every(({ answered }) => answered), 'nine answers arrive')
  await open(site, simulator.site.cameras[0]!.id) // never answered
  ended.length = 0
  await simulator.act({ do: 'cut-websockets', which: 'webrtc' })
  await until(() => ended.length > 0, 'the session without an answer is told')
  await open(site, simulator.site.cameras[0]!.id)
  expect([ended, simulator.state().webSockets]).toEqual([
    [{ kind: 'unreachable', what: 'server', how: 'closed' }],
    expect.objectContaining({ webrtc: 1, everOpened: 2 }),
  ])
})

it('a network that lets no WebSocket through is gone round by REST', async () => {
  const { simulator, site } = await start()
  simulator.addFault({ kind: 'path', path: '/api/ws/*', method: 'WS', answer: { body: 'reset' } })
  await site.server.signIn(simulator.user, simulator.password)
  await open(site, simulator.site.cameras[0]!.id)
  expect(simulator.state().sessions.map(({ road }) => road)).toEqual(['rest'])
})

it('two sessions too close together, refused once, are asked for once more', async () => {
  const { simulator, site } = await signedIn({ profile: '24.2' })
  await open(site, simulator.site.cameras[0]!.id)
  simulator.addFault({ kind: 'refuse-session', status: 400, times: 1 })
  await open(site, simulator.site.cameras[1]!.id)
  expect(simulator.state().sessions.length).toBe(2)
})

it('a server that goes away is reported down, and up again, once each', async () => {
  const { simulator, site } = await signedIn()
  await simulator.act({ do: 'stop' })
  for (let call = 0; call < 3; call++) await failureIn(site.server.cameraGroups(never))
  await simulator.act({ do: 'start' })
  await site.server.cameraGroups(never)
  expect(site.links.map(({ is }) => is)).toEqual(['up', 'down', 'up'])
})

it('neither token nor password is in the log of all this', async () => {
  const { simulator, site } = await signedIn({ tokenTtlSeconds: 1 })
  await open(site, simulator.site.cameras[0]!.id)
  await until(() => simulator.state().tokensIssued >= 3, 'three tokens')
  expect(
    site.log.lines.filter((line) => /eyJ|ice-pwd|candidate:/.test(line) || line.includes(simulator.password)),
  ).toEqual([])
})
