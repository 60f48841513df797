// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { Stream } from '../../../src-preload/contract/models/camera.ts'
import type { CameraRef, StreamId } from '../../../src-preload/contract/models/ids.ts'
import { LINGER_MS, SessionPool } from '../../../src-renderer/media/session-pool.ts'
import { StreamCatalogue } from '../../../src-renderer/media/stream-catalogue.ts'
import { TilePicture } from '../../../src-renderer/media/tile-picture.ts'
import type { TileState } from '../../../src-renderer/media/tile-state.ts'
import {
  camera,
  FakeMediaStream,
  FakePeers,
  FakeSignalling,
  H264_OFFER,
  H265_OFFER,
  settle,
  SOUND_OFFER,
} from './fakes.ts'

const stream = (id: string, widthPx: number, codec: string, liveDefault = false): Stream => {
  return {
    id: id as StreamId,
    name: id,
    liveDefault,
    codec,
    widthPx,
    heightPx: (widthPx * 9) / 16,
    framesPerSecond: 15,
  }
}
const other = { ...camera, cameraId: '22222222-2222-4222-8222-999999999999' } as CameraRef

/** Painting by hand: happy-dom's videos have no engine behind them. */
const callbacks = new Map<HTMLVideoElement, Map<number, VideoFrameRequestCallback>>()
const counts = new Map<HTMLVideoElement, number>()
let nextHandle = 1

function paint(video: HTMLVideoElement): void {
  const due = [...(callbacks.get(video)?.values() ?? [])]
  callbacks.delete(video)
  counts.set(video, (counts.get(video) ?? 0) + 1)
  const frame = { presentedFrames: counts.get(video), rtpTimestamp: 0 } as VideoFrameCallbackMetadata
  for (const callback of due) callback(0, frame)
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('MediaStream', FakeMediaStream)
  Object.assign(HTMLVideoElement.prototype, {
    requestVideoFrameCallback(this: HTMLVideoElement, callback: VideoFrameRequestCallback) {
      callbacks.set(
        this,
        (callbacks.get(this) ?? new Map<number, VideoFrameRequestCallback>()).set(nextHandle, callback),
      )
      return nextHandle++
    },
    cancelVideoFrameCallback(this: HTMLVideoElement, handle: number) {
      callbacks.get(this)?.delete(handle)
    },
    play: async () => {},
  })
  // Its own setter wants its own MediaStream.
  Object.defineProperty(HTMLVideoElement.prototype, 'srcObject', { value: null, writable: true, configurable: true })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  callbacks.clear()
  document.body.replaceChildren()
})

interface SceneOptions {
  streams?: Stream[]
  offers?: Record<string, string | Failure>
  list?: () => Promise<Stream[]>
}

function scene({
  streams = [stream('main', 1280, 'H264', true), stream('sub', 640, 'H264')],
  offers = {},
  list,
}: SceneOptions = {}) {
  const asked: (string | null)[] = []
  const roads: FakeSignalling[] = []
  const peers = new FakePeers()
  const playable = new Set(['H264'])
  const pool = new SessionPool({
    newSignalling(_camera, streamId, _playback, withSound) {
      const wish = withSound ? `${streamId} with sound` : streamId
      asked.push(wish)
      const road = new FakeSignalling(offers[wish ?? 'null'] ?? H264_OFFER)
      roads.push(road)
      return road
    },
    peers,
    playable,
    isDrawn: () => true,
    report: () => {},
    random: () => 0.5,
  })
  const catalogue = new StreamCatalogue(list ?? (async () => streams), playable)
  const states: TileState[] = []
  const picture = new TilePicture({ pool, catalogue, onState: (state) => states.push(state) })
  const video = document.createElement('video')
  document.body.append(video)
  picture.bind(video)
  picture.resize({ widthPx: 640, heightPx: 360 })
  const videos = () => [...document.querySelectorAll('video')]
  /** The one that would be seen: the last with a stream. */
  const front = () => videos().findLast((one) => one.srcObject !== null)!
  const phases = () => states.map(({ phase }) => phase).filter((phase, index, all) => phase !== all[index - 1])
  return { picture, pool, catalogue, peers, roads, asked, states, phases, videos, front, video }
}

/** Shows the camera and paints its first frame. */
async function live(options?: SceneOptions) {
  const all = scene(options)
  all.picture.show({ camera, name: 'Gate' })
  await settle()
  paint(all.front())
  return all
}

describe('the picture of a tile', () => {
  it('opens the stream that fits and is live with its first frame', async () => {
    const { asked, phases, states } = await live()
    expect([asked, phases(), states.at(-1)?.phase]).toEqual([['sub'], ['opening', 'live'], 'live'])
  })

  it('opens the fitting stream though the camera list was read anew while the streams were asked for', async () => {
    const { promise, resolve } = Promise.withResolvers<Stream[]>()
    const { picture, asked, catalogue } = scene({ list: () => promise })
    picture.show({ camera, name: 'Gate' })
    catalogue.forgetSite(camera.siteId)
    resolve([stream('main', 1280, 'H264', true), stream('sub', 640, 'H264')])
    await settle()
    expect(asked).toEqual(['sub'])
  })

  it('asks for the streams again before it changes, where they were forgotten since', async () => {
    const { picture, asked, catalogue } = await live()
    catalogue.forgetSite(camera.siteId)
    picture.resize({ widthPx: 1280, heightPx: 720 })
    await vi.advanceTimersByTimeAsync(500)
    await settle()
    expect(asked).toEqual(['sub', 'main'])
  })

  it('comes back at once with the stream it knew, though the cameras were read anew, and asks again a moment later', async () => {
    const lists: PromiseWithResolvers<Stream[]>[] = []
    const list = () => {
      const answer = Promise.withResolvers<Stream[]>()
      lists.push(answer)
      return answer.promise
    }
    const { picture, asked, catalogue, front } = scene({ list })
    picture.show({ camera, name: 'Gate' })
    lists[0]!.resolve([stream('main', 1280, 'H264', true), stream('sub', 640, 'H264')])
    await settle()
    picture.show(null)
    await vi.advanceTimersByTimeAsync(LINGER_MS)
    catalogue.forgetSite(camera.siteId)
    picture.show({ camera, name: 'Gate' })
    const atOnce = [...asked]
    await settle()
    paint(front())
    const askedWithThePicture = lists.length
    await vi.advanceTimersByTimeAsync(1_000)
    lists[1]!.resolve([stream('main', 1280, 'H264', true), stream('third', 640, 'H264')])
    await settle()
    expect([atOnce, askedWithThePicture, asked]).toEqual([['sub', 'sub'], 1, ['sub', 'sub', 'third']])
  })

  it('does not wait long to learn the streams, and keeps the server’s choice where it is the right one', async () => {
    const { promise, resolve } = Promise.withResolvers<Stream[]>()
    const { picture, asked, front, pool } = scene({ list: () => promise })
    picture.resize({ widthPx: 1280, heightPx: 720 })
    picture.show({ camera, name: 'Gate' })
    await vi.advanceTimersByTimeAsync(1_500)
    paint(front())
    resolve([stream('main', 1280, 'H264', true), stream('sub', 640, 'H264')])
    await settle()
    expect([asked, pool.counts.sessions]).toEqual([[null], 1])
  })

  it('keeps the old stream on the screen, and live, until the better one is painted', async () => {
    const { picture, asked, phases, videos, front, pool, video } = await live()
    picture.resize({ widthPx: 1280, heightPx: 720 })
    await vi.advanceTimersByTimeAsync(500)
    const coming = front()
    expect([asked, videos().length, video.srcObject !== null]).toEqual([['sub', 'main'], 2, true])
    paint(video)
    paint(coming)
    expect([video.srcObject, video.style.display, coming.srcObject !== null, phases()]).toEqual([
      null,
      'none',
      true,
      ['opening', 'live'],
    ])
    await vi.advanceTimersByTimeAsync(5000)
    expect(pool.counts.sessions).toBe(1)
  })

  it('does not take the black frame that an ended stream leaves for the better picture', async () => {
    const { picture, peers, front, phases, video } = await live()
    picture.resize({ widthPx: 1280, heightPx: 720 })
    await vi.advanceTimersByTimeAsync(500)
    const coming = front()
    peers.last.fail()
    await settle()
    paint(video)
    paint(coming)
    expect([video.srcObject !== null, coming.srcObject, phases()]).toEqual([true, null, ['opening', 'live']])
    await vi.advanceTimersByTimeAsync(1_500)
    paint(video)
    paint(front())
    expect([video.srcObject, phases()]).toEqual([null, ['opening', 'live']])
  })

  it('says a picture is old after two seconds, dims it at five, and keeps it while it connects anew', async () => {
    const { phases, states, video } = await live()
    await vi.advanceTimersByTimeAsync(2000)
    expect(phases()).toEqual(['opening', 'live', 'stale'])
    await vi.advanceTimersByTimeAsync(3000)
    expect(phases().at(-1)).toBe('dim')
    await vi.advanceTimersByTimeAsync(2000)
    expect(states.at(-1)).toMatchObject({
      phase: 'waiting',
      attempt: 0,
      because: { kind: 'unreachable', how: 'silent' },
    })
    expect(video.srcObject).not.toBeNull()
    await vi.advanceTimersByTimeAsync(1_500)
    expect(states.at(-1)).toMatchObject({ phase: 'opening', attempt: 1 })
    expect(video.srcObject).not.toBeNull()
  })

  it('does not call a camera live in this tile because another tile has painted it', async () => {
    const { pool, front, picture, states } = scene()
    const elsewhere = document.createElement('video')
    const lease = pool.lease({ camera, streamId: 'sub' as StreamId, name: '', framesPerSecond: 0 }, 'visible', () => {})
    await settle()
    lease.watch(elsewhere)
    paint(elsewhere)
    picture.show({ camera, name: 'Gate' })
    await settle()
    expect([lease.state.phase, states.at(-1)?.phase]).toEqual(['playing', 'opening'])
    paint(front())
    expect(states.at(-1)?.phase).toBe('live')
  })

  it('takes the old picture away at once when another camera is wanted', async () => {
    const { picture, videos, states } = await live()
    picture.show({ camera: other, name: 'Dock' })
    expect([videos().every((one) => one.srcObject === null), states.at(-1)?.phase]).toEqual([true, 'opening'])
  })

  it('tries the next stream when one cannot be decoded', async () => {
    const { asked, states } = await live({ offers: { sub: H265_OFFER } })
    expect([asked, states.at(-1)?.phase]).toEqual([['sub', 'main'], 'live'])
  })

  it('names the codec when no stream can be decoded, and tries again when the operator asks', async () => {
    const { picture, asked, states } = scene({ offers: { sub: H265_OFFER, main: H265_OFFER } })
    picture.show({ camera, name: 'Gate' })
    await settle()
    expect(states.at(-1)).toMatchObject({ phase: 'failed', because: { kind: 'unplayable-codec', codec: 'H265' } })
    picture.retry()
    await settle()
    expect(asked).toEqual(['sub', 'main', 'sub', 'main'])
  })

  it('stays with the stream it has when the better one cannot be decoded', async () => {
    const { picture, phases, pool } = await live({ offers: { main: H265_OFFER } })
    picture.resize({ widthPx: 1280, heightPx: 720 })
    await vi.advanceTimersByTimeAsync(500)
    expect([phases(), pool.counts.leases]).toEqual([['opening', 'live'], 1])
  })

  it('gives its session back while nobody can see it, and takes it up again', async () => {
    const { picture, pool, phases, videos } = await live()
    picture.setVisible(false)
    expect([pool.counts.leases, phases().at(-1), videos().map(({ srcObject }) => srcObject)]).toEqual([
      0,
      'hidden',
      [null],
    ])
    picture.setVisible(true)
    expect(phases().at(-1)).toBe('opening')
    await settle()
    expect(pool.counts).toMatchObject({ leases: 1, sessions: 1 })
  })

  it('leaves no lease, timer or video behind', async () => {
    const { picture, pool, videos, peers } = await live()
    picture.resize({ widthPx: 1280, heightPx: 720 })
    await vi.advanceTimersByTimeAsync(500)
    picture.dispose()
    pool.close()
    expect([videos().length, pool.counts.leases, peers.open, vi.getTimerCount()]).toEqual([1, 0, 0, 0])
  })
})

describe('the sound of a picture', () => {
  it('comes with another session, while the picture goes on, and goes with the next', async () => {
    const { picture, asked, peers, phases, front } = await live({ offers: { 'sub with sound': SOUND_OFFER } })
    expect(picture.sound).toEqual({ is: 'off' })
    picture.listen(true)
    await settle()
    expect([asked, picture.sound]).toEqual([['sub', 'sub with sound'], { is: 'coming' }])
    paint(front())
    expect([picture.sound, phases()]).toEqual([{ is: 'there', receiver: peers.last.receiver }, ['opening', 'live']])

    picture.listen(false)
    await settle()
    expect(picture.sound).toEqual({ is: 'off' })
    paint(front())
    expect(phases()).toEqual(['opening', 'live'])
    await vi.advanceTimersByTimeAsync(LINGER_MS)
    // The one without was still there.
    expect([asked, peers.open]).toEqual([['sub', 'sub with sound'], 1])
  })

  it('is none where the server offers none, or refuses it, and the picture stays', async () => {
    const refused: Failure = { kind: 'refused', call: 'WebRTC', status: 400, text: 'no' }
    for (const offer of [H264_OFFER, refused]) {
      const { picture, peers, phases, front, pool } = await live({ offers: { 'sub with sound': offer } })
      picture.listen(true)
      await settle()
      paint(front())
      expect([picture.sound, phases()]).toEqual([{ is: 'none' }, ['opening', 'live']])
      await vi.advanceTimersByTimeAsync(LINGER_MS)
      expect([peers.open, pool.counts.sessions]).toEqual([1, 1])
      picture.dispose()
    }
  })

  it('that is refused later takes the picture down with it for no longer than it takes to open it alone', async () => {
    const offers: Record<string, string | Failure> = { 'sub with sound': SOUND_OFFER }
    const { picture, roads, states, front, pool } = await live({ offers })
    picture.listen(true)
    await settle()
    paint(front())
    offers['sub with sound'] = { kind: 'refused', call: 'WebRTC', status: 400, text: 'no' }
    roads[1]!.end({ kind: 'unreachable', what: 'media', how: 'closed' })
    await vi.advanceTimersByTimeAsync(1_000)
    paint(front())
    expect([states.at(-1)?.phase, picture.sound, pool.counts.leases]).toEqual(['live', { is: 'none' }, 1])
  })

  it('is not asked for of another camera before somebody listens to that', async () => {
    const { picture, asked } = await live({ offers: { 'sub with sound': SOUND_OFFER } })
    picture.listen(true)
    picture.show({ camera: other, name: 'Yard' })
    picture.listen(false)
    await settle()
    expect(asked).toEqual(['sub', 'sub with sound', 'sub'])
  })
})
