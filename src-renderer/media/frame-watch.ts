import { nowMs } from './clock.ts'

/** A picture is silent after this long without a frame … */
export const SILENCE_MS = 2_000
/** … or after this many of its usual intervals, for slow cameras. */
const SILENT_INTERVALS = 3
/** The usual interval is the shortest of so many: a picture that moves again after a stall has not become a slow one. */
const INTERVALS_KEPT = 4
/**
 * A flowing picture is looked at this often. Each look makes the page draw once more: four a second for sixteen tiles cost
 * a tenth of all that the page does, two cost half of that.
 */
const LOOK_EVERY_MS = 500
/** Decoded frames are asked for this often where nothing is painted. */
const COUNT_EVERY_MS = 1_000

export interface FrameWatchDeps {
  /** Frames decoded so far. Stands in for painted frames while the picture is on no screen. */
  decodedFrames: () => Promise<number>
  /** False while the page is hidden or the screen is off: then nothing is painted, whatever the camera does. */
  isDrawn: () => boolean
  /** What the server says of the stream; 0 if nothing. Holds until two frames have been seen. */
  framesPerSecond: number
  onEdge: (edge: 'frame' | 'silence') => void
}

/** A video being looked at, and what was seen of it last. */
interface Look {
  request: number | null
  presented: number
  atMs: number
}

/**
 * Says when a picture begins to move and when it stops: edges, not every frame.
 *
 * A frame counts when one of the videos attached has painted it. While no video is attached, or the page is not drawn, a
 * decoded frame counts instead, so that a session nobody sees is kept or mended all the same.
 */
export class FrameWatch {
  readonly #deps: FrameWatchDeps
  readonly #looks = new Map<HTMLVideoElement, Look>()
  readonly #timer: ReturnType<typeof setInterval>
  #silenceTimer: ReturnType<typeof setTimeout> | undefined
  #isFlowing = false
  #lastFrameAtMs: number | null = null
  #rtpTimestamp: number | null = null
  #intervalsMs: number[]
  #decoded: number | null = null
  #countedAtMs = 0

  constructor(deps: FrameWatchDeps) {
    this.#deps = deps
    this.#intervalsMs = deps.framesPerSecond > 0 ? [1000 / deps.framesPerSecond] : []
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS)
  }

  /** When a frame was last known to be on the screen, `nowMs()`. Never later than the truth, at most half a second earlier. */
  get lastFrameAtMs(): number | null {
    return this.#lastFrameAtMs
  }

  /** Frames painted by the video that has painted most, as of the last look. */
  get framesPainted(): number {
    return Math.max(0, ...[...this.#looks.values()].map(({ presented }) => presented))
  }

  /** RTP timestamp of that frame: in XProtect milliseconds since streaming started (xprotect-api.md 3.6). */
  get rtpTimestamp(): number | null {
    return this.#rtpTimestamp
  }

  /** Counts the frames this video paints, until the returned function is called. */
  attach(video: HTMLVideoElement): () => void {
    const look: Look = { request: null, presented: 0, atMs: 0 }
    this.#looks.set(video, look)
    this.#ask(video, look)
    return () => {
      if (this.#looks.get(video) !== look) return
      this.#looks.delete(video)
      if (look.request !== null) video.cancelVideoFrameCallback(look.request)
    }
  }

  stop(): void {
    clearInterval(this.#timer)
    clearTimeout(this.#silenceTimer)
    for (const [video, { request }] of this.#looks) if (request !== null) video.cancelVideoFrameCallback(request)
    this.#looks.clear()
  }

  #look(): void {
    for (const [video, look] of this.#looks) this.#ask(video, look)
    const isPainted = this.#looks.size > 0 && this.#deps.isDrawn()
    if (!isPainted && nowMs() - this.#countedAtMs >= COUNT_EVERY_MS) void this.#count() // it never rejects
    this.#listen()
  }

  /** Says that the picture is silent, to the moment: a look may come half a second too late. */
  #listen(): void {
    clearTimeout(this.#silenceTimer)
    if (!this.#isFlowing) return
    const leftMs = (this.#lastFrameAtMs ?? 0) + this.#silenceMs() - nowMs()
    if (leftMs <= 0) return this.#turn(false)
    if (leftMs < LOOK_EVERY_MS) this.#silenceTimer = setTimeout(() => this.#listen(), Math.ceil(leftMs))
  }

  #ask(video: HTMLVideoElement, look: Look): void {
    look.request ??= video.requestVideoFrameCallback((_at, frame) => {
      look.request = null
      this.#learnInterval(look, frame.presentedFrames)
      this.#rtpTimestamp = frame.rtpTimestamp ?? null
      this.#see()
    })
  }

  async #count(): Promise<void> {
    this.#countedAtMs = nowMs()
    const decoded = await this.#deps.decodedFrames().catch(() => 0) // the peer was closed meanwhile
    if (this.#decoded !== null && decoded > this.#decoded) this.#see()
    this.#decoded = decoded
  }

  #see(): void {
    this.#lastFrameAtMs = nowMs()
    this.#turn(true)
  }

  #turn(isFlowing: boolean): void {
    if (isFlowing === this.#isFlowing) return
    this.#isFlowing = isFlowing
    this.#deps.onEdge(isFlowing ? 'frame' : 'silence')
  }

  #learnInterval(look: Look, presented: number): void {
    const atMs = nowMs()
    if (look.atMs > 0 && presented > look.presented) {
      const intervalMs = (atMs - look.atMs) / (presented - look.presented)
      this.#intervalsMs = [intervalMs, ...this.#intervalsMs].slice(0, INTERVALS_KEPT)
    }
    look.presented = presented
    look.atMs = atMs
  }

  #silenceMs(): number {
    if (this.#intervalsMs.length === 0) return SILENCE_MS
    return Math.max(SILENCE_MS, SILENT_INTERVALS * Math.min(...this.#intervalsMs))
  }
}
