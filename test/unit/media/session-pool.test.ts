import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { CameraId, CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { LINGER_MS, SessionPool, type Picture } from '../../../src-renderer/media/session-pool.ts'
import { camera, FakeMediaStream, FakePeers, FakeSignalling, FakeVideo, H264_OFFER, settle } from './fakes.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('MediaStream', FakeMediaStream)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const away: Failure = { kind: 'unreachable', what: 'server', how: 'refused' }

const picture = (index = 0): Picture => {
  const cameraId = `22222222-2222-4222-8222-${String(index).padStart(12, '0')}` as CameraId
  return { camera: { ...camera, cameraId }, streamId: null, name: `Camera ${index}`, framesPerSecond: 15 }
}

function scene() {
  const peers = new FakePeers()
  const server = { answer: H264_OFFER as Failure | string }
  const roads: { camera: CameraRef; road: FakeSignalling }[] = []
  const log: string[] = []
  const pool = new SessionPool({
    newSignalling(ref) {
      const road = new FakeSignalling(server.answer)
      roads.push({ camera: ref, road })
      return road
    },
    peers,
    playable: new Set(['H264']),
    isDrawn: () => true,
    report: (_level, line) => log.push(line),
    random: () => 0.5,
  })
  return { pool, peers, server, roads, log }
}

/** Takes a lease and paints whatever stream it brings, now and after every new attempt. */
function show(pool: SessionPool, index = 0) {
  const video = new FakeVideo()
  let stream: MediaStream | null = null
  const bind = () => {
    if (lease.stream === stream) return
    stream = lease.stream
    if (!stream) return
    lease.watch(video.asElement)
    queueMicrotask(() => video.paint())
  }
  const lease = pool.lease(picture(index), 'visible', () => bind())
  bind()
  return { lease, video }
}

/** Time passes while these cameras move. */
async function paintFor(ms: number, tiles: { video: FakeVideo }[]): Promise<void> {
  for (let passed = 0; passed < ms; passed += 100) {
    await vi.advanceTimersByTimeAsync(100)
    for (const { video } of tiles) video.paint()
  }
}

describe('the pool', () => {
  it('shares one session between two tiles and ends it a while after the last has gone', async () => {
    const { pool, peers, roads } = scene()
    const first = show(pool)
    const second = show(pool)
    await settle()
    expect(pool.counts).toEqual({ sessions: 1, playing: 1, leases: 2 })
    first.lease.release()
    first.lease.release()
    second.lease.release()
    await vi.advanceTimersByTimeAsync(LINGER_MS - 1)
    expect([pool.counts.sessions, peers.open]).toEqual([1, 1])
    await vi.advanceTimersByTimeAsync(1)
    expect([pool.counts, peers.open, roads[0]?.road.said.at(-1)]).toEqual([
      { sessions: 0, playing: 0, leases: 0 },
      0,
      'close',
    ])
  })

  it('gives a session that lingers to whoever comes back in time', async () => {
    const { pool, peers } = scene()
    show(pool).lease.release()
    await vi.advanceTimersByTimeAsync(1000)
    show(pool)
    await settle()
    await vi.advanceTimersByTimeAsync(LINGER_MS)
    expect([pool.counts.sessions, peers.made.length]).toEqual([1, 1])
  })

  it('opens ahead what may be wanted, and drops it if it is not', async () => {
    const { pool, peers } = scene()
    pool.warm(picture())
    await settle()
    expect([pool.counts, peers.open]).toEqual([{ sessions: 1, playing: 0, leases: 0 }, 1])
    await vi.advanceTimersByTimeAsync(LINGER_MS)
    expect([pool.counts.sessions, peers.open]).toEqual([0, 0])
  })

  it('starts a whole view at once', async () => {
    const { pool, roads } = scene()
    for (let index = 0; index < 16; index++) show(pool, index)
    expect(roads).toHaveLength(16)
    await settle()
    expect(pool.counts.playing).toBe(16)
  })

  it('brings a whole view back after an outage, with few attempts while it lasts', async () => {
    const { pool, server, roads, peers } = scene()
    const tiles = Array.from({ length: 16 }, (_, index) => show(pool, index))
    await settle()
    server.answer = away
    roads.forEach(({ road }) => road.end(away))
    await vi.advanceTimersByTimeAsync(120_000)
    const during = roads.length - 16
    expect(tiles.map(({ lease }) => lease.state.phase)).toEqual(tiles.map(() => 'waiting'))
    server.answer = H264_OFFER
    await paintFor(13_000, tiles)
    expect({ few: during < 40, playing: pool.counts.playing, open: peers.open }).toEqual({
      few: true,
      playing: 16,
      open: 16,
    })
  })

  it('holds a new tile back while its site is away, and says why and until when', async () => {
    const { pool, server, roads } = scene()
    server.answer = away
    for (let index = 0; index < 4; index++) show(pool, index)
    await vi.advanceTimersByTimeAsync(30_000)
    const before = roads.length
    const late = Array.from({ length: 8 }, (_, index) => show(pool, 10 + index))
    await settle()
    expect(roads.length - before).toBeLessThanOrEqual(1)
    const held = late.at(-1)?.lease.state
    expect(held).toMatchObject({ phase: 'waiting', attempt: -1, because: away })
  })

  it('opens a site again whose cameras had all failed for good', async () => {
    const { pool, server, roads } = scene()
    server.answer = { kind: 'signed-out' }
    const { lease } = show(pool)
    await settle()
    expect(lease.state.phase).toBe('failed')
    server.answer = H264_OFFER
    pool.retrySite(camera.siteId)
    await settle()
    expect([lease.state.phase, roads.length]).toEqual(['playing', 2])
  })

  it('takes a picture that does not move after waking up for lost', async () => {
    const { pool, roads } = scene()
    const still = show(pool, 0)
    const moving = show(pool, 1)
    await settle()
    await vi.advanceTimersByTimeAsync(400)
    pool.networkChanged()
    await paintFor(1600, [moving])
    await vi.advanceTimersByTimeAsync(200)
    expect(roads.map(({ camera: { cameraId } }) => cameraId)).toEqual(
      [0, 1, 0].map((index) => picture(index).camera.cameraId),
    )
    expect(still.lease.state.phase).toBe('playing')
  })

  it('leaves nothing behind after a thousand tiles have come and gone', async () => {
    const { pool, peers, roads } = scene()
    for (let index = 0; index < 1000; index++) {
      const { lease } = show(pool, index % 7)
      if (index % 3 === 0) await settle()
      lease.release()
      if (index % 5 === 0) await vi.advanceTimersByTimeAsync(LINGER_MS)
    }
    await vi.advanceTimersByTimeAsync(LINGER_MS)
    const unclosed = roads.filter(({ road }) => road.said.at(-1) !== 'close').length
    expect([pool.counts, peers.open, unclosed, vi.getTimerCount()]).toEqual([
      { sessions: 0, playing: 0, leases: 0 },
      0,
      0,
      0,
    ])
  })

  it('closes everything at once', async () => {
    const { pool, peers } = scene()
    for (let index = 0; index < 5; index++) show(pool, index)
    await settle()
    pool.close()
    expect([pool.counts.sessions, peers.open, vi.getTimerCount()]).toEqual([0, 0, 0])
  })
})
