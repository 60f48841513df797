import { failureOf, type Failure } from '../../../src-preload/contract/failure.ts'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { runAttempt, type Peers } from '../attempt.ts'
import type { NewSignalling } from '../signalling.ts'
import { HeldSignalling } from './held-signalling.ts'
import type { StartLine } from './start-line.ts'

/** From when, epoch milliseconds by the server's clock, and how. */
export interface RecordedWish {
  atMs: number
  speed: number
  skipGaps: boolean
}

/** The server sends sound at this speed alone (xprotect-api.md 3.5). */
export const SOUND_SPEED = 1

export const isSameWish = (a: RecordedWish, b: RecordedWish): boolean =>
  a.atMs === b.atMs && a.speed === b.speed && a.skipGaps === b.skipGaps

export interface RecordedDeps {
  newSignalling: NewSignalling
  peers: Peers
  /** Codecs this computer decodes, in `plainCodec` spelling. */
  playable: ReadonlySet<string>
}

/** Which recording, and whether it is to be heard. */
interface Wanted {
  camera: CameraRef
  wish: RecordedWish
  withSound: boolean
}

interface Listener {
  /** Its media is there; a frame may come, or none for as long as a gap is. */
  onStream: (stream: MediaStream) => void
  /** It is over without our doing. */
  onLost: (because: Failure) => void
}

/** An answered session that is not connected by then never will be. */
const CONNECT_MS = 15_000
/** One that nobody wants any more is given so long to connect, for its end to be heard. */
const LEAVE_MS = 5_000

/**
 * One session of recorded video: one attempt, never used again. That no frame comes says nothing here: the server sends
 * none where nothing is recorded (xprotect-api.md 3.5).
 */
export class RecordedSession {
  readonly wish: RecordedWish
  /** It was asked for with sound. */
  readonly withSound: boolean
  /** What brings it; `null` where the server sends none. It is there before the first frame. */
  receiver: RTCRtpReceiver | null = null
  readonly #ending = new AbortController()
  readonly #painted = Promise.withResolvers<void>()
  readonly #reached = Promise.withResolvers<void>()
  readonly #road: HeldSignalling
  readonly #listener: Listener
  readonly #line: StartLine
  #peer: RTCPeerConnection | undefined
  #peerUntil: Promise<void> | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #isOffered = false
  #isLeaving = false

  constructor(
    { newSignalling, peers, playable }: RecordedDeps,
    { camera, wish, withSound }: Wanted,
    line: StartLine,
    listener: Listener,
  ) {
    this.wish = wish
    this.withSound = withSound
    this.#line = line
    this.#listener = listener
    const playback = { timeIso: new Date(wish.atMs).toISOString(), speed: wish.speed, skipGaps: wish.skipGaps }
    this.#road = new HeldSignalling(newSignalling(camera, null, playback, withSound || undefined), () =>
      this.#offered(),
    )
    const { signal } = this.#ending
    const attempt = {
      signalling: this.#road,
      peers: {
        take: (servers: RTCIceServer[]) => peers.take(servers),
        close: (peer: RTCPeerConnection) => void this.#giveBack(peer, peers),
      },
      playable,
      painted: this.#painted.promise,
      onPeer: (peer: RTCPeerConnection) => this.#begin(peer),
      onVideo: (track: MediaStreamTrack) => {
        if (!this.#isLeaving) listener.onStream(new MediaStream([track]))
      },
      onSound: withSound ? (receiver: RTCRtpReceiver) => void (this.receiver = receiver) : undefined,
    }
    runAttempt(attempt, signal).catch((error: unknown) => this.#lost(failureOf(error)))
  }

  /** Its peer has found the server, or it is over: for a moment there is nothing to be done but to wait. */
  get reached(): Promise<void> {
    return this.#reached.promise
  }

  /** Nothing of it is left at the server, once it was closed or lost. */
  get closed(): Promise<void> {
    return this.#road.closed
  }

  /** Its first frame is on the screen. */
  painted(): void {
    this.#painted.resolve()
  }

  /**
   * Ends it; more often does no harm. One that the server knows of, or may yet, is answered and connected first: a server
   * that knows no `DELETE` hears of no other end (xprotect-api.md 3.2), and would keep it for a minute [?].
   *
   * The peer may be kept `until` then; a server that knows no `DELETE` streams on as long.
   */
  close(until: Promise<void> | null = null): void {
    if (this.#isLeaving || this.#ending.signal.aborted) return
    this.#peerUntil = until
    this.#isLeaving = true
    const isUnheardOf = this.#isOffered && !this.#road.isHeardOf
    if (isUnheardOf || this.#peer?.connectionState === 'connected') return this.#end()
    if (this.#isOffered) this.#line.open()
    else this.#line.leave()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#end(), LEAVE_MS)
  }

  #begin(peer: RTCPeerConnection): void {
    this.#peer = peer
    peer.addEventListener('iceconnectionstatechange', () => {
      if (peer.iceConnectionState === 'connected') this.#reached.resolve()
    })
    peer.addEventListener('connectionstatechange', () => {
      if (this.#isLeaving && peer.connectionState === 'connected') this.#end()
    })
  }

  /** Rejects where nothing may be told to the server any more. */
  async #offered(): Promise<void> {
    if (!this.#isLeaving) {
      this.#isOffered = true
      await this.#line.arrive()
    } else if (!this.#road.isHeardOf) this.#end()
    this.#ending.signal.throwIfAborted()
    if (!this.#isLeaving) this.#awaitConnection()
  }

  #awaitConnection(): void {
    this.#timer = setTimeout(() => {
      if (this.#peer?.connectionState !== 'connected')
        this.#lost({ kind: 'unreachable', what: 'media', how: 'timeout' })
    }, CONNECT_MS)
  }

  async #giveBack(peer: RTCPeerConnection, peers: Peers): Promise<void> {
    if (this.#peerUntil) await this.#peerUntil
    peers.close(peer)
  }

  #lost(because: Failure): void {
    if (this.#ending.signal.aborted) return
    const wasLeft = this.#isLeaving
    this.#end()
    if (!wasLeft) this.#listener.onLost(because)
  }

  #end(): void {
    clearTimeout(this.#timer)
    this.#ending.abort()
    this.#reached.resolve()
    if (!this.#isOffered && !this.#isLeaving) this.#line.leave()
  }
}
