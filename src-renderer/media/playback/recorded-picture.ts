import { frameClock, readFrame, type FrameClock } from '../../time/frame-clock.ts'
import { TwinVideo } from '../twin-video.ts'
import { momentBeside, type Step } from './frame-order.ts'
import { FrameRing } from './frame-ring.ts'
import { FrozenFrame } from './frozen-frame.ts'
import { frameOf, KeptFrame } from './kept-frame.ts'
import type { ShownFrame } from './master-clock.ts'
import type { RingBudget } from './ring-budget.ts'
import type { Sheets } from './sheets.ts'

/** What was kept for stepping is given back after so long on no screen. */
const FORGET_AFTER_MS = 10_000

/** What all pictures of the page share. */
export interface PictureDeps {
  ringBudget: RingBudget
  sheets: Sheets
  /** Calls back when the page has nothing better to do. */
  whenIdle: (act: () => void) => void
}

/**
 * What is seen in a tile of a playback: a video, or a frame that stands on a canvas over it, and which moment that is. The
 * frames that were painted last are kept for stepping.
 */
export class RecordedPicture {
  readonly #ring: FrameRing<KeptFrame>
  readonly #sheets: Sheets
  readonly #whenIdle: PictureDeps['whenIdle']
  #pair: TwinVideo | null = null
  #frozen: FrozenFrame | null = null
  #frame: ShownFrame | null = null
  /** Of what is only fetched. */
  #stopWatching = (): void => {}
  /** What the video shows stands there: its stream is over. */
  #isLeft = false
  #undrawnSinceMs: number | null = null

  constructor({ ringBudget, sheets, whenIdle }: PictureDeps) {
    this.#ring = new FrameRing(ringBudget)
    this.#sheets = sheets
    this.#whenIdle = whenIdle
  }

  /** Where to paint. The canvases lie over the video and have its size. */
  bind(video: HTMLVideoElement, canvases: readonly HTMLCanvasElement[]): void {
    const pair = new TwinVideo(video)
    this.#pair = pair
    this.#whenIdle(() => pair.ready())
    this.#frozen = new FrozenFrame(canvases, this.#sheets)
  }

  /** The video whose picture is seen, where no canvas covers it. */
  get seenVideo(): HTMLVideoElement | null {
    return this.#pair?.seen ?? null
  }

  /** The canvas on which a frame stands; `null` while the video is seen. */
  get standing(): HTMLCanvasElement | null {
    return this.#frozen?.standing ?? null
  }

  /** The frame that is seen, moving or not; `null` where none is. */
  get frame(): ShownFrame | null {
    return this.#frame
  }

  /** The moments of the first and the last frame that are kept; `null` where none is. */
  get kept(): { firstMs: number; lastMs: number } | null {
    const { moments } = this.#ring
    const [firstMs, lastMs] = [moments[0], moments.at(-1)]
    return firstMs === undefined || lastMs === undefined ? null : { firstMs, lastMs }
  }

  /** The moment of the kept frame next to the one of a moment; `null` where none is kept on that side. */
  momentBeside(ofMs: number, step: Step): number | null {
    return momentBeside(this.#ring.moments, ofMs, step)
  }

  /**
   * Plays a stream from a moment, behind what is frozen, and tells of each frame when it is painted. It surely `reaches`
   * another moment before it is left.
   */
  play(
    stream: MediaStream,
    { askedMs, reachesMs }: { askedMs: number; reachesMs: number },
    onFrame: (frame: ShownFrame) => void,
  ): void {
    if (!this.#pair) return
    this.#ring.goOnFrom(askedMs, reachesMs)
    const video = this.#pair.load(stream)
    this.#watch(video, frameClock(askedMs), (frame, mediaTime) => {
      // Painted just before it was paused: that is what stands.
      if (this.#isLeft && video === this.#pair?.seen) this.#frame = frame
      else {
        const kept = this.#copyOf(video, frame, mediaTime)
        if (kept) this.#ring.add(kept)
      }
      onFrame(frame)
    })
  }

  /** Takes the first frame of a stream, behind one that stands on a canvas; `null` where none does, or it cannot be copied. */
  fetch(stream: MediaStream, askedMs: number, onKept: (kept: KeptFrame | null) => void): void {
    const [pair, frozen] = [this.#pair, this.#frozen]
    if (!pair || !frozen?.isShown) return onKept(null)
    const video = pair.load(stream)
    this.#stopWatching = this.#watch(video, frameClock(askedMs), (frame, mediaTime) => {
      const kept = this.#copyOf(video, frame, mediaTime)
      pair.clear()
      if (kept) void frozen.prepare(kept) // never rejects
      onKept(kept)
    })
  }

  /** What was to be fetched is not wanted any more. */
  stopFetching(): void {
    this.#stopWatching()
    if (this.#frozen?.isShown) this.#pair?.clear()
  }

  /** Shows a frame that was fetched, in place of the one that stands. False where it cannot be drawn. */
  showFetched(kept: KeptFrame): boolean {
    this.#ring.goOnFrom(kept.mediaMs, kept.mediaMs)
    this.#ring.add(kept)
    return this.showAt(kept.mediaMs)
  }

  /** The video has this frame, and is seen. */
  see(frame: ShownFrame): void {
    this.#frame = frame
    this.#isLeft = false
    this.#pair?.show()
    this.#frozen?.lift()
  }

  /**
   * Keeps what is seen standing, under its own name. False where that is not kept: the video may have gone on by now, or not
   * have it yet, though it was told to be painted.
   */
  freeze(): boolean {
    if (!this.#frozen || !this.#frame) return false
    return this.#frozen.isShown || this.#isLeft || this.showAt(this.#frame.mediaMs)
  }

  /** Shows the frame that stands at a moment, if it is kept. */
  showAt(mediaMs: number): boolean {
    const kept = this.#ring.at(mediaMs)
    if (!kept || !this.#frozen) return false
    const isShown = this.#frozen.isShown && this.#frame?.mediaMs === kept.mediaMs
    if (!isShown && !this.#frozen.show(kept)) return false
    const byMs = kept.mediaMs - (this.#frame?.mediaMs ?? kept.mediaMs)
    if (byMs !== 0) this.#makeReady(kept.mediaMs, byMs < 0 ? -1 : 1)
    this.#frame = { mediaMs: kept.mediaMs, atMs: this.#frame?.atMs ?? 0 }
    return true
  }

  /** The stream is over; what is seen stays. */
  leave(): void {
    const stands = this.#frame !== null && this.#frozen?.isShown === false
    if (stands) this.#pair?.stand()
    else this.#pair?.clear()
    this.#isLeft = stands
  }

  /** Looks whether anybody sees it: on no screen for a while, what is kept for stepping is given back. */
  look(isDrawn: boolean, now: number): void {
    if (isDrawn) this.#undrawnSinceMs = null
    else this.#undrawnSinceMs ??= now
    if (this.#undrawnSinceMs !== null && now - this.#undrawnSinceMs > FORGET_AFTER_MS) this.#ring.clear()
  }

  /** Nothing is to be seen any more. */
  clear(): void {
    this.#ring.clear()
    this.#pair?.clear()
    this.#frozen?.clear()
    this.#frame = null
    this.#isLeft = false
  }

  /** Who goes from frame to frame mostly goes on the same way. */
  #makeReady(besideMs: number, way: Step): void {
    this.#whenIdle(() => {
      const nextMs = this.#frame?.mediaMs === besideMs ? this.momentBeside(besideMs, way) : null
      const next = nextMs === null ? undefined : this.#ring.at(nextMs)
      if (next && this.#frozen?.isShown) void this.#frozen.prepare(next) // never rejects
    })
  }

  /** Tells of each frame of what a video plays now, until the returned function is called. */
  #watch(
    video: HTMLVideoElement,
    fromClock: FrameClock,
    onFrame: (frame: ShownFrame, mediaTime: number) => void,
  ): () => void {
    const stream = video.srcObject
    let request = 0
    const watch = (clock: FrameClock): void => {
      request = video.requestVideoFrameCallback((_now, told) => {
        if (video.srcObject !== stream) return
        // An engine that is late calls for a frame of the stream before, when this one has nothing to show yet: what has no
        // size or no time is no frame.
        if (told.rtpTimestamp === undefined || video.videoWidth === 0) return watch(clock)
        const { atMs: mediaMs, clock: next } = readFrame(clock, told.rtpTimestamp)
        onFrame({ mediaMs, atMs: performance.timeOrigin + told.expectedDisplayTime }, told.mediaTime)
        watch(next)
      })
    }
    watch(fromClock)
    return () => video.cancelVideoFrameCallback(request)
  }

  #copyOf(video: HTMLVideoElement, { mediaMs }: ShownFrame, mediaTime: number): KeptFrame | null {
    const frame = frameOf(video, mediaTime)
    return frame && new KeptFrame(frame, mediaMs, this.#ring.takeSpare()?.takeSpare() ?? null)
  }
}
