import type { Stream } from '../../src-preload/contract/models/camera.ts'
import type { CameraRef, StreamId } from '../../src-preload/contract/models/ids.ts'
import { nowMs } from './clock.ts'
import type { Lease, SessionPool } from './session-pool.ts'
import type { Priority } from './site-gate.ts'
import type { TwinVideo } from './twin-video.ts'

/** A camera and what the log calls it. */
export interface NamedCamera {
  camera: CameraRef
  name: string
}

/** One tile's share in a stream of its camera, and what this tile has seen of it. */
export class TileShare {
  /** `null` while it is the server's choice. */
  streamId: StreamId | null
  /** It was asked for with sound. */
  readonly withSound: boolean
  readonly lease: Lease
  #stream: MediaStream | null = null
  #paintedSinceMs: number | null = null
  #unwatch: () => void = () => {}

  /** Takes the share. `onChange` is told of every new state or stream of its session. */
  constructor(
    pool: SessionPool,
    { camera, name }: NamedCamera,
    wish: { stream: Stream | null; withSound: boolean; priority: Priority; onChange: (share: TileShare) => void },
  ) {
    const { stream, withSound, priority, onChange } = wish
    this.streamId = stream?.id ?? null
    this.withSound = withSound
    const framesPerSecond = stream?.framesPerSecond ?? 0
    const picture = { camera, name, streamId: this.streamId, withSound, framesPerSecond }
    this.lease = pool.lease(picture, priority, () => onChange(this))
  }

  /** Since when the present stream is painted in this very tile; `null` while it is not. */
  get paintedSinceMs(): number | null {
    return this.#paintedSinceMs
  }

  /** Whether there is a stream for the tile. */
  get hasStream(): boolean {
    return this.#stream !== null
  }

  /** Whether its session has moved on to another stream, or has lost its own. */
  get isBehind(): boolean {
    return this.lease.stream !== this.#stream
  }

  /** It is on the screen, and brings what there is to be heard. */
  get isSeen(): boolean {
    return this.#paintedSinceMs !== null
  }

  get receiver(): RTCRtpReceiver | null {
    return this.lease.sound
  }

  /** It is the stream that fits best, as far as one is known, with sound or without. */
  brings(best: Stream | null, withSound: boolean): boolean {
    if (this.streamId === null && best?.liveDefault) this.streamId = best.id // the server's choice
    return (!best || this.streamId === best.id) && this.withSound === withSound
  }

  /** Takes the session's present stream for its own, and into a video where there is one for it. */
  bind(pair: TwinVideo | null, onPainted: () => void): void {
    this.#unwatch()
    this.#unwatch = () => {}
    this.#paintedSinceMs = null
    this.#stream = this.lease.stream
    if (!this.#stream || !pair) return
    const unwatch = this.lease.watch(pair.load(this.#stream))
    const stay = pair.raise(() => {
      this.#paintedSinceMs = nowMs()
      onPainted()
    })
    this.#unwatch = () => {
      unwatch()
      stay()
    }
  }

  /** Its video is gone. */
  unbind(): void {
    this.#stream = null
  }

  /** Gives the share back. */
  drop(): void {
    this.#unwatch()
    this.lease.release()
  }
}
