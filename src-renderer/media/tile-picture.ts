import type { Stream } from '../../src-preload/contract/models/camera.ts'
import type { TileSize } from './choose-stream.ts'
import { nowMs } from './clock.ts'
import type { SessionPool } from './session-pool.ts'
import { Ear, type TileSound } from './sound/ear.ts'
import type { Priority } from './site-gate.ts'
import type { SessionStats } from './stats.ts'
import type { StreamCatalogue } from './stream-catalogue.ts'
import { TileShare, type NamedCamera } from './tile-share.ts'
import { DIM_MS, tileState, type TileState } from './tile-state.ts'
import { TwinVideo } from './twin-video.ts'

/**
 * A new tile does not wait longer than this to learn the camera’s streams: it takes the server’s choice meanwhile. Opening
 * the large stream of every camera first and the fitting one after it costs the server and this computer far more.
 */
const STREAMS_MS = 1_500
/** A tile that is being resized takes another stream only after it has kept its size this long. */
const RESIZED_MS = 500
/** What is not needed for a picture waits so long after it: the other tiles of the view are still opening. */
const REFRESH_MS = 1_000

export interface TilePictureDeps {
  pool: SessionPool
  catalogue: StreamCatalogue
  onState: (state: TileState) => void
}

/**
 * The picture of one tile: which camera and stream, in which video, and what the tile may say of it.
 *
 * Another stream of the same camera is opened beside the present one and takes its place when it is painted. Another
 * camera takes the place at once: an old picture under a new name would be a lie.
 */
export class TilePicture {
  readonly #deps: TilePictureDeps
  #wanted: NamedCamera | null = null
  #size: TileSize = { widthPx: 0, heightPx: 0 }
  #priority: Priority = 'visible'
  #isVisible = true
  #twin: { video: HTMLVideoElement; pair: TwinVideo } | null = null
  #shown: TileShare | null = null
  #coming: TileShare | null = null
  #unplayable: string | null = null
  readonly #ear = new Ear()
  #askedAtMs = 0
  #resizeTimer: ReturnType<typeof setTimeout> | undefined
  #dimTimer: ReturnType<typeof setTimeout> | undefined
  #refreshTimer: ReturnType<typeof setTimeout> | undefined

  constructor(deps: TilePictureDeps) {
    this.#deps = deps
  }

  /** When this tile's camera was last seen moving, `nowMs()`. Cheap; ask as often as you draw. */
  get lastFrameAtMs(): number | null {
    return this.#shown?.lease.lastFrameAtMs ?? null
  }

  /** The last sample of the session shown; `null` if none was taken. */
  get stats(): SessionStats | null {
    return this.#shown?.lease.stats ?? null
  }

  /** What it brings to be heard. Asked anew whenever `onState` is told. */
  get sound(): TileSound {
    return this.#ear.soundOf(this.#shown)
  }

  /** The video whose picture is seen now, live or old; `null` where the tile has none. */
  get seenVideo(): HTMLVideoElement | null {
    return this.#twin?.pair.seen ?? null
  }

  /** Shows this camera from now on, or none. */
  show(wanted: NamedCamera | null): void {
    if (isSame(wanted, this.#wanted)) return
    this.#leave()
    this.#twin?.pair.clear()
    this.#wanted = wanted
    this.#begin()
  }

  /** The video to paint in, `null` when it leaves the page. */
  bind(video: HTMLVideoElement | null): void {
    if (video === (this.#twin?.video ?? null)) return
    this.#twin?.pair.dispose(this.#twin.video)
    this.#twin = video && { video, pair: new TwinVideo(video) }
    this.#shown?.unbind()
    this.#follow(this.#shown)
  }

  /** The tile's size in physical pixels. */
  resize(size: TileSize): void {
    this.#size = size
    clearTimeout(this.#resizeTimer)
    if (this.#shown) this.#resizeTimer = setTimeout(() => this.#change(), RESIZED_MS)
  }

  /** Whether it is listened to: the picture goes on while the session with sound, or without, is on its way. */
  listen(on: boolean): void {
    if (!this.#ear.listen(on)) return
    this.#change()
    this.#publish()
  }

  prioritise(priority: Priority): void {
    this.#priority = priority
    this.#shown?.lease.prioritise(priority)
    this.#coming?.lease.prioritise(priority)
  }

  /** A tile nobody can see gives its session back: nothing less saves the work of decoding (simulator.md 5). */
  setVisible(isVisible: boolean): void {
    if (isVisible === this.#isVisible) return
    this.#isVisible = isVisible
    if (isVisible) return this.#begin()
    this.#leave()
    this.#twin?.pair.clear() // it would be an old picture when the tile comes back
    this.#publish()
  }

  /** The operator asks again. */
  retry(): void {
    if (!this.#wanted) return
    this.#deps.catalogue.forget(this.#wanted.camera)
    if (this.#shown && this.#unplayable === null) return this.#shown.lease.retry()
    this.#leave()
    this.#begin()
  }

  dispose(): void {
    this.show(null)
    this.bind(null)
    clearTimeout(this.#dimTimer)
  }

  #begin(): void {
    const wanted = this.#wanted
    this.#unplayable = null
    this.#askedAtMs = nowMs()
    this.#publish()
    if (!wanted || !this.#isVisible) return
    const { catalogue } = this.#deps
    if (catalogue.known(wanted.camera)) return this.#take(this.#choose(wanted))
    const decide = () => {
      if (this.#isStill(wanted) && !this.#shown) this.#take(this.#choose(wanted))
    }
    const timer = setTimeout(decide, STREAMS_MS)
    const loaded = () => {
      clearTimeout(timer)
      decide()
      if (this.#isStill(wanted)) this.#change()
    }
    catalogue.load(wanted.camera).then(loaded, decide)
  }

  /** The stream for this tile as far as is known; `null` leaves it to the server. */
  #choose({ camera }: NamedCamera): Stream | null {
    return this.#deps.catalogue.choose(camera, this.#size) ?? null
  }

  #take(stream: Stream | null): void {
    if (this.#wanted) this.#shown = this.#open(this.#wanted, stream)
    this.#follow(this.#shown)
  }

  /** The picture alone, where it is refused with its sound. */
  #takeAnew(): void {
    const wanted = this.#wanted
    this.#leave()
    if (wanted) this.#take(this.#choose(wanted))
  }

  /** Takes another stream if another fits better now, and one with sound, or without, as it is wanted now. */
  #change(): void {
    const { catalogue } = this.#deps
    const wanted = this.#wanted
    if (!wanted || !this.#shown || this.#unplayable !== null) return
    if (catalogue.known(wanted.camera)) return this.#swap(wanted, this.#choose(wanted))
    // The list was forgotten since; the picture goes on as it is while the server is asked again, or cannot be asked.
    this.#reload(wanted, () => this.#isStill(wanted) && this.#swap(wanted, null))
  }

  /** Asks for the streams again where the list is an older one. */
  #reload(wanted: NamedCamera, failed: () => void = () => {}): void {
    this.#deps.catalogue.load(wanted.camera).then(() => this.#isStill(wanted) && this.#change(), failed)
  }

  #swap(wanted: NamedCamera, best: Stream | null): void {
    const { asks } = this.#ear
    const shown = this.#shown
    if (!shown || (this.#coming ?? shown).brings(best, asks)) return
    this.#coming?.drop()
    this.#coming = null
    if (shown.brings(best, asks)) return this.#publish()
    this.#coming = this.#open(wanted, best, asks)
    this.#follow(this.#coming)
  }

  /** A new picture is asked for without sound, which may be refused: that comes after it, in its place. */
  #open(wanted: NamedCamera, stream: Stream | null, withSound = false): TileShare {
    const wish = { stream, withSound, priority: this.#priority, onChange: (share: TileShare) => this.#follow(share) }
    return new TileShare(this.#deps.pool, wanted, wish)
  }

  /** A session moved on: bind its new stream, leave what cannot be played, say what is seen. */
  #follow(share: TileShare | null): void {
    if (!share || (share !== this.#shown && share !== this.#coming)) return
    const { state } = share.lease
    if (state.phase === 'failed' && state.because.kind === 'unplayable-codec')
      return this.#leaveUnplayable(share, state.because.codec)
    const isRefused = 'because' in state && this.#ear.lost(state.because, share.withSound)
    if (share === this.#coming && (isRefused || state.phase === 'failed')) return this.#giveUpComing()
    if (isRefused) return this.#takeAnew()
    if (share.isBehind) this.#bind(share)
    this.#publish()
  }

  #bind(share: TileShare): void {
    // While another stream is coming the present one keeps the screen as it is.
    const hasScreen = share !== this.#shown || !this.#coming?.hasStream
    share.bind(hasScreen ? (this.#twin?.pair ?? null) : null, () => this.#painted(share))
  }

  #painted(share: TileShare): void {
    if (share === this.#coming) {
      this.#shown?.drop()
      this.#shown = share
      this.#coming = null
    }
    this.#publish()
    clearTimeout(this.#refreshTimer)
    this.#refreshTimer = setTimeout(() => this.#wanted && this.#reload(this.#wanted), REFRESH_MS)
  }

  #giveUpComing(): void {
    this.#coming?.drop()
    this.#coming = null
    const shown = this.#shown
    if (shown && shown.paintedSinceMs === null) this.#bind(shown)
    this.#publish()
  }

  /** This stream cannot be decoded here: try the next one, and say so when there is none. */
  #leaveUnplayable(share: TileShare, codec: string): void {
    const wanted = this.#wanted
    if (!wanted) return
    const { catalogue } = this.#deps
    if (share === this.#coming) {
      if (share.streamId) catalogue.exclude(wanted.camera, share.streamId, codec)
      return this.#giveUpComing()
    }
    const next = () => {
      if (this.#shown !== share) return
      const streamId = share.streamId ?? catalogue.known(wanted.camera)?.find((stream) => stream.liveDefault)?.id
      if (streamId) catalogue.exclude(wanted.camera, streamId, codec)
      const stream = streamId ? this.#choose(wanted) : null
      this.#leave()
      this.#unplayable = stream ? null : codec
      if (stream) this.#take(stream)
      else this.#publish()
    }
    catalogue.load(wanted.camera).then(next, next)
  }

  #leave(): void {
    clearTimeout(this.#resizeTimer)
    clearTimeout(this.#refreshTimer)
    this.#coming?.drop()
    this.#shown?.drop()
    this.#coming = null
    this.#shown = null
  }

  #isStill(wanted: NamedCamera): boolean {
    return this.#wanted === wanted && this.#isVisible
  }

  #publish(): void {
    clearTimeout(this.#dimTimer)
    const state = this.#state()
    if (state.phase === 'stale')
      this.#dimTimer = setTimeout(() => this.#publish(), Math.ceil(state.lastFrameAtMs + DIM_MS - nowMs()))
    this.#deps.onState(state)
  }

  #state(): TileState {
    if (!this.#wanted) return { phase: 'empty' }
    if (!this.#isVisible) return { phase: 'hidden' }
    const lastFrameAtMs = this.lastFrameAtMs
    if (this.#unplayable !== null)
      return { phase: 'failed', because: { kind: 'unplayable-codec', codec: this.#unplayable }, lastFrameAtMs }
    if (!this.#shown) return { phase: 'opening', attempt: 0, sinceMs: this.#askedAtMs, lastFrameAtMs }
    return tileState(this.#shown.lease.state, { paintedSinceMs: this.#shown.paintedSinceMs, lastFrameAtMs }, nowMs())
  }
}

const isSame = (a: NamedCamera | null, b: NamedCamera | null): boolean =>
  a?.camera.siteId === b?.camera.siteId && a?.camera.cameraId === b?.camera.cameraId
