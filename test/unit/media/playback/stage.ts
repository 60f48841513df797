import { afterEach, beforeEach, vi } from 'vitest'
import { nowMs } from '../../../../src-renderer/media/clock.ts'
import { Player } from '../../../../src-renderer/media/playback/player.ts'
import { RingBudget } from '../../../../src-renderer/media/playback/ring-budget.ts'
import { Sheets } from '../../../../src-renderer/media/playback/sheets.ts'
import { RecordedTile } from '../../../../src-renderer/media/playback/recorded-tile.ts'
import type { Offer } from '../../../../src-renderer/media/signalling.ts'
import type { Playback } from '../../../../src-preload/contract/models/playback.ts'
import {
  camera,
  FakeMediaStream,
  FakePeer,
  FakePeers,
  FakeSignalling,
  H264_OFFER,
  OURS,
  settle,
  SOUND_OFFER,
} from '../fakes.ts'

/** The moment playbacks begin at here, well before the server's present. */
export const AT = Date.UTC(2026, 10, 23, 14, 2, 30)

interface Told {
  rtpTimestamp: number | undefined
  expectedDisplayTime: number
  mediaTime: number
}
type FrameCallback = (now: number, told: Told) => void

/** A decoded frame whose timestamp is the moment of the recording after the beginning of its session. Counts what is open. */
export class FakeVideoFrame {
  static open = 0
  readonly timestamp: number
  readonly format = 'I420'
  readonly displayWidth = 640
  readonly displayHeight = 360
  readonly visibleRect = { width: 640, height: 360 }
  readonly colorSpace = { toJSON: () => ({}) }

  constructor(source: RecordedVideo | ArrayBuffer, init?: { timestamp: number }) {
    this.timestamp = source instanceof RecordedVideo ? source.timestamp : init!.timestamp
    FakeVideoFrame.open++
  }

  allocationSize = (): number => 1_000
  /** A picture made of it begins with its timestamp. */
  copyTo = async (into: ArrayBuffer | Uint8ClampedArray): Promise<unknown[]> => {
    if (into instanceof Uint8ClampedArray) new DataView(into.buffer).setFloat64(0, this.timestamp)
    return []
  }
  close = (): void => {
    FakeVideoFrame.open--
  }
}

/** As much of a video as a recorded tile uses; `paint` is the engine painting a frame. */
class RecordedVideo {
  srcObject: unknown = null
  videoWidth = 0
  /** Of the frame it shows, microseconds. */
  timestamp = 0
  videoHeight = 360
  #callbacks = new Map<number, FrameCallback>()
  #next = 1

  readonly style = {}
  paused = true
  /** The copy that was made of it. */
  twin: RecordedVideo | null = null

  cloneNode = (): RecordedVideo => (this.twin = new RecordedVideo())
  after = (): void => undefined

  play = (): Promise<void> => {
    this.paused = false
    return Promise.resolve()
  }

  pause = (): void => void (this.paused = true)

  requestVideoFrameCallback(callback: FrameCallback): number {
    this.#callbacks.set(this.#next, callback)
    return this.#next++
  }

  cancelVideoFrameCallback(handle: number): void {
    this.#callbacks.delete(handle)
  }

  paint(rtpTimestamp: number): void {
    this.paintPast(rtpTimestamp, rtpTimestamp)
  }

  /** What a page that is late is told: a frame in whose place another is shown by now. */
  paintPast(rtpTimestamp: number, nextRtpTimestamp: number): void {
    this.videoWidth = 640
    this.timestamp = nextRtpTimestamp * 1_000
    this.#call({ rtpTimestamp, expectedDisplayTime: performance.now(), mediaTime: rtpTimestamp / 1_000 })
  }

  /** What an engine that is late calls for: a frame of a stream that is gone. */
  paintNothing(): void {
    this.videoWidth = 0
    this.#call({ rtpTimestamp: undefined, expectedDisplayTime: 0, mediaTime: 0 })
  }

  #call(told: Told): void {
    const callbacks = [...this.#callbacks.values()]
    this.#callbacks.clear()
    for (const callback of callbacks) callback(0, told)
  }
}

/** The video of a tile and its twin, of which one has what comes. */
class RecordedVideos {
  readonly original = new RecordedVideo()

  get all(): RecordedVideo[] {
    return [this.original, this.original.twin].filter((video) => video !== null)
  }

  /** The one that stands; `undefined` where none waits for another's picture. */
  get standing(): RecordedVideo | undefined {
    return this.all.find(({ srcObject, paused }) => srcObject !== null && paused)
  }

  /** The one that plays, or played last. */
  get playing(): RecordedVideo {
    return this.all.find(({ srcObject, paused }) => srcObject !== null && !paused) ?? this.original
  }

  paint(rtpTimestamp: number): void {
    this.playing.paint(rtpTimestamp)
  }

  paintNothing(): void {
    this.playing.paintNothing()
  }
}

/** As much of a picture in memory as a frame that stands uses. */
class FakeImageData {
  readonly data = new Uint8ClampedArray(8)
  readonly width: number
  readonly height: number

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
  }
}

/** A canvas that counts what was drawn on it. */
class RecordedCanvas {
  style = { display: '' }
  width = 0
  height = 0
  drawn = 0
  /** The timestamp of what was drawn last, milliseconds. */
  shows: number | null = null
  getContext = () => ({
    drawImage: ({ timestamp }: { timestamp: number }) => {
      this.drawn += 1
      this.shows = timestamp / 1_000
    },
    putImageData: ({ data }: FakeImageData) => {
      this.drawn += 1
      this.shows = new DataView(data.buffer).getFloat64(0) / 1_000
    },
  })
}

/** The canvases of a tile, of which one at most is seen. */
class RecordedCanvases {
  readonly all = [new RecordedCanvas(), new RecordedCanvas(), new RecordedCanvas()]

  get seen(): RecordedCanvas | undefined {
    const seen = this.all.filter(({ style }) => style.display !== 'none')
    if (seen.length > 1) throw new Error('two canvases are seen')
    return seen[0]
  }

  /** The timestamp of what is seen, or was drawn on the first, milliseconds. */
  get shows(): number | null {
    return (this.seen ?? this.all[0]!).shows
  }

  get drawn(): number {
    return this.all.reduce((sum, { drawn }) => sum + drawn, 0)
  }

  get style(): { display: string } {
    return { display: this.seen ? '' : 'none' }
  }
}

/** A peer that says when it is connected. */
class ConnectingPeer extends FakePeer {
  override iceGatheringState = 'complete'

  /** It has found the server. */
  reach(): void {
    this.iceConnectionState = 'connected'
    for (const listener of this.listeners) listener()
  }

  connect(): void {
    this.reach()
    this.connectionState = 'connected'
    for (const listener of this.listeners) listener()
  }
}

class ConnectingPeers extends FakePeers {
  override readonly made: ConnectingPeer[] = []
  override readonly take: FakePeers['take'] = () => {
    const peer = new ConnectingPeer()
    this.made.push(peer)
    return peer as unknown as RTCPeerConnection
  }
}

/** A road whose server connects as soon as it has the answer. */
class ConnectingSignalling extends FakeSignalling {
  peer: () => FakePeer | undefined = () => undefined
  offers = Promise.resolve()

  override async open(): Promise<Offer> {
    await this.offers
    return super.open()
  }

  override async answer(sdp: string): Promise<void> {
    await super.answer(sdp)
    const peer = this.peer()
    if (peer instanceof ConnectingPeer) peer.connect()
  }

  override async offer(sdp: string): Promise<string> {
    const answer = await super.offer(sdp)
    const peer = this.peer()
    if (peer instanceof ConnectingPeer) peer.connect()
    return answer
  }
}

interface Road {
  signalling: FakeSignalling
  playback: Playback | undefined
  withSound: boolean
}

/** Before each test: clocks that stand, and an engine that is made up. */
export function withFakeEngine(): void {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('MediaStream', FakeMediaStream)
    vi.stubGlobal('VideoFrame', FakeVideoFrame)
    vi.stubGlobal('ImageData', FakeImageData)
    FakeVideoFrame.open = 0
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })
}

/** A player told to play, with tiles over made-up roads and videos. */
export function stage({
  tiles = 1,
  recorded = {},
  skipGaps = true,
  ringFrames = 100,
  weOffer = false,
  refusesSound = false,
  isDrawn = (): boolean => true,
} = {}) {
  const offerTo = (withSound: boolean) => {
    if (!withSound) return H264_OFFER
    return refusesSound ? ({ kind: 'refused', call: 'WebRTC', status: 400, text: 'no' } as const) : SOUND_OFFER
  }
  const roads: Road[] = []
  /** Far away, peers find their servers when they are told to; the server makes its offers in its own time. */
  const network = { isFar: false, offers: Promise.resolve() }
  const peers = new ConnectingPeers()
  const states: string[][] = []
  const sheets = new Sheets()
  const ringBudget = new RingBudget(tiles * ringFrames * 1_000)
  const player = new Player(
    {
      serverNow: () => AT + 3_600_000,
      recorded: { isRecordedAt: () => null, nextAfter: () => null, previousBefore: () => null, ...recorded },
      onChange: () => undefined,
    },
    AT,
  )
  player.setSkipGaps(skipGaps)
  player.play()
  const all = Array.from({ length: tiles }, (_, index) => {
    const [video, canvas] = [new RecordedVideos(), new RecordedCanvases()]
    const seen: string[] = []
    states.push(seen)
    const tile: RecordedTile = new RecordedTile(camera, `Camera ${index + 1}`, {
      newSignalling(_camera, _streamId, playback, withSound) {
        const place = roads.length
        const signalling = new ConnectingSignalling(weOffer ? Promise.resolve(OURS) : offerTo(withSound ?? false))
        signalling.offers = network.offers
        signalling.peer = () => (network.isFar ? undefined : peers.made[place])
        roads.push({ signalling, playback, withSound: withSound ?? false })
        return signalling
      },
      peers,
      playable: new Set(['H264']),
      ringBudget,
      sheets,
      whenIdle: (act) => void setTimeout(act),
      isDrawn,
      onState({ phase }) {
        seen.push(phase)
        if (phase === 'still') player.walk.stands(tile)
      },
      onFrame: (frame, firstOf) => player.painted(frame, firstOf),
      onRetry: () => player.retry(tile),
      report: () => undefined,
      random: () => 0,
    })
    tile.bind(video.original as unknown as HTMLVideoElement, canvas.all as unknown as HTMLCanvasElement[])
    player.add(tile)
    return { tile, video, canvas, seen }
  })
  /** The moments asked of the server, in milliseconds after the beginning. */
  const asked = () => roads.map(({ playback }) => Date.parse(playback?.timeIso ?? '') - AT)
  const open = () => roads.filter(({ signalling }) => !signalling.said.includes('close')).length
  const wait = async (ms: number) => {
    await vi.advanceTimersByTimeAsync(ms)
    await settle()
  }
  return { player, tiles: all, roads, peers, network, asked, open, wait, now: nowMs }
}
