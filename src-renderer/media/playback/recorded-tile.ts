import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { nowMs } from '../clock.ts'
import { backOffMs, isPassing } from '../session-state.ts'
import { frameClock, readFrame, type FrameClock } from '../../time/frame-clock.ts'
import { FrozenFrame } from './frozen-frame.ts'
import type { ShownFrame } from './master-clock.ts'
import { isSameWish, RecordedSession, type RecordedDeps, type RecordedWish } from './recorded-session.ts'
import type { StartLine } from './start-line.ts'

/** A session that has its media and sends no frame so long sends none for now: nothing may be recorded there. */
export const SILENT_MS = 2_000

/** What a tile of a playback has to draw. Instants are `nowMs()`. */
export type RecordedState =
  | { phase: 'empty' }
  /** The first frame of what was asked for is not there; the frame before it is still seen. */
  | { phase: 'opening'; sinceMs: number }
  | { phase: 'playing' }
  /** Paused: the frame that is seen stays. */
  | { phase: 'still' }
  /** Nothing comes, which is what a server does where nothing is recorded. */
  | { phase: 'silent'; sinceMs: number }
  | { phase: 'waiting'; because: Failure; retryAtMs: number }
  | { phase: 'failed'; because: Failure }

export interface RecordedTileDeps extends RecordedDeps {
  isDrawn: () => boolean
  onState: (state: RecordedState) => void
  /** Each frame when it is painted; of the first of a session also what that was asked for. */
  onFrame: (frame: ShownFrame, firstOf: RecordedWish | null) => void
  /** It may be tried again now. */
  onRetry: () => void
  report: (level: 'info' | 'warn' | 'error', line: string) => void
  random: () => number
}

interface Running {
  readonly session: RecordedSession
  /** To the object what was asked for: one made ahead was asked for by another. */
  readonly wish: RecordedWish
  clock: FrameClock
  stays: boolean
  readonly askedAtMs: number
  /** Since when it has its media. */
  mediaAtMs: number | null
  isPainted: boolean
}

interface Ahead {
  readonly session: RecordedSession
  readonly line: StartLine
  stream: MediaStream | null
}

/**
 * One tile of a playback: at most one session that is shown or about to be, and one made ahead.
 *
 * A new wish freezes the frame that is seen and ends the session at once. While a wish has not been fulfilled, those
 * after it collapse to the newest.
 */
export class RecordedTile {
  readonly camera: CameraRef
  readonly #name: string
  readonly #deps: RecordedTileDeps
  #video: HTMLVideoElement | null = null
  #frozen: FrozenFrame | null = null
  #running: Running | null = null
  #ahead: Ahead | null = null
  #queued: { wish: RecordedWish; stays: boolean; line: StartLine } | null = null
  #state: RecordedState = { phase: 'empty' }
  #frame: ShownFrame | null = null
  #request = 0
  #failures = 0
  #retry: ReturnType<typeof setTimeout> | undefined
  #holdTimer: ReturnType<typeof setTimeout> | undefined
  #openMs = 300

  constructor(camera: CameraRef, name: string, deps: RecordedTileDeps) {
    this.camera = camera
    this.#name = name
    this.#deps = deps
  }

  get state(): RecordedState {
    return this.#state
  }

  /** The frame that is seen, moving or not; `null` where none is. */
  get frame(): ShownFrame | null {
    return this.#frame
  }

  /** How long the last session took to its first frame. */
  get openMs(): number {
    return this.#openMs
  }

  /** Where to paint. The canvas lies over the video and has its size. */
  bind(video: HTMLVideoElement, canvas: HTMLCanvasElement): void {
    this.#video = video
    this.#frozen = new FrozenFrame(video, canvas)
  }

  /** Shows another moment, or the same at another speed, and plays on or stays on its first frame. */
  go(wish: RecordedWish, stays: boolean, line: StartLine): void {
    clearTimeout(this.#retry)
    clearTimeout(this.#holdTimer)
    this.#queued?.line.leave()
    this.#queued = null
    const isOpening = this.#running && !this.#running.isPainted && this.#state.phase === 'opening'
    if (isOpening) this.#queued = { wish, stays, line }
    else this.#open(wish, stays, line)
  }

  /** Makes a session ahead, which streams once `go` wants the same. */
  prepare(wish: RecordedWish, line: StartLine): void {
    this.unprepare()
    const ahead: Ahead = {
      session: new RecordedSession(this.#deps, this.camera, wish, line, {
        onStream: (stream) => this.#arrived(ahead.session, stream),
        onLost: (because) => this.#over(ahead.session, because),
      }),
      line,
      stream: null,
    }
    this.#ahead = ahead
  }

  /** What was made ahead is not wanted any more. */
  unprepare(): void {
    this.#ahead?.session.close()
    this.#ahead = null
  }

  /** Stays on the frame that comes next, and ends the session: the server would go on streaming. */
  hold(): void {
    this.#queued?.line.leave()
    this.#queued = null
    const running = this.#running
    if (!running) return
    running.stays = true
    // The frame and its time are known together when the next one is painted; where none comes, the last is it.
    this.#holdTimer = setTimeout(() => running.isPainted && this.#stay(running), HOLD_MS)
  }

  /** Looks whether frames still come. */
  look(now: number): void {
    const running = this.#running
    if (!running || !this.#deps.isDrawn()) return
    if (this.#queued && now - running.askedAtMs > OVERTAKEN_MS) return this.#goOn()
    if (running.mediaAtMs === null) return
    const quietSinceMs = Math.max(running.mediaAtMs, running.isPainted ? (this.#frame?.atMs ?? 0) : 0)
    if (now - quietSinceMs < SILENT_MS) return
    if (this.#state.phase === 'opening' || this.#state.phase === 'playing')
      this.#become({ phase: 'silent', sinceMs: quietSinceMs })
    this.#goOn()
  }

  /** Since when nothing comes although it should; `null` while it does. */
  get silentSinceMs(): number | null {
    return this.#state.phase === 'silent' ? this.#state.sinceMs : null
  }

  dispose(): void {
    clearTimeout(this.#retry)
    clearTimeout(this.#holdTimer)
    this.#queued?.line.leave()
    this.#queued = null
    this.unprepare()
    this.#end()
    this.#frozen?.clear()
    this.#frame = null
  }

  #open(wish: RecordedWish, stays: boolean, line: StartLine): void {
    const ahead = this.#ahead
    if (ahead && isSameWish(ahead.session.wish, wish)) {
      this.#ahead = null
      this.#frozen?.take()
      this.#end()
      this.#run(ahead.session, wish, stays)
      ahead.line.open()
      line.leave()
      if (ahead.stream) this.#arrived(ahead.session, ahead.stream)
      return
    }
    // Asked for before the one before is ended, which holds the page for some milliseconds.
    const session: RecordedSession = new RecordedSession(this.#deps, this.camera, wish, line, {
      onStream: (stream) => this.#arrived(session, stream),
      onLost: (because) => this.#over(session, because),
    })
    this.#frozen?.take()
    this.unprepare()
    this.#end()
    this.#run(session, wish, stays)
  }

  #run(session: RecordedSession, wish: RecordedWish, stays: boolean): void {
    const now = nowMs()
    this.#running = {
      session,
      wish,
      clock: frameClock(wish.atMs),
      stays,
      askedAtMs: now,
      mediaAtMs: null,
      isPainted: false,
    }
    this.#become({ phase: 'opening', sinceMs: now })
  }

  #arrived(session: RecordedSession, stream: MediaStream): void {
    if (this.#ahead?.session === session) {
      this.#ahead.stream = stream
      return
    }
    const running = this.#running
    const video = this.#video
    if (running?.session !== session || !video) return
    running.mediaAtMs = nowMs()
    video.srcObject = stream
    video.play().catch(() => {}) // another stream took its place, or the element left the page
    this.#watch(video, running)
  }

  #watch(video: HTMLVideoElement, running: Running): void {
    this.#request = video.requestVideoFrameCallback((_now, { rtpTimestamp, expectedDisplayTime }) => {
      if (this.#running !== running) return
      const { atMs, clock } = readFrame(running.clock, rtpTimestamp ?? 0)
      running.clock = clock
      this.#painted(running, atMs, expectedDisplayTime)
      if (this.#running === running) this.#watch(video, running)
    })
  }

  #painted(running: Running, mediaMs: number, displayMs: number): void {
    const isFirst = !running.isPainted
    this.#frame = { mediaMs, atMs: performance.timeOrigin + displayMs }
    if (isFirst) {
      running.isPainted = true
      running.session.painted()
      this.#failures = 0
      this.#openMs = nowMs() - running.askedAtMs
      this.#frozen?.lift()
      this.#deps.report(
        'info',
        `camera ${this.#name} shows ${new Date(mediaMs).toISOString()} after ${this.#openMs.toFixed(0)} ms`,
      )
    }
    this.#deps.onFrame(this.#frame, isFirst ? running.wish : null)
    if (running.stays) return this.#stay(running)
    this.#become({ phase: 'playing' })
    if (isFirst) this.#goOn()
  }

  #stay(running: Running): void {
    if (this.#running !== running) return
    clearTimeout(this.#holdTimer)
    this.#frozen?.take()
    this.#end()
    this.#become({ phase: 'still' })
    this.#goOn()
  }

  /** The wish before is fulfilled, or will not be: the newest of those that came meanwhile is next. */
  #goOn(): void {
    const queued = this.#queued
    this.#queued = null
    if (queued) this.#open(queued.wish, queued.stays, queued.line)
  }

  #over(session: RecordedSession, because: Failure): void {
    if (this.#ahead?.session === session) {
      this.#ahead = null
      return
    }
    const running = this.#running
    if (running?.session !== session) return
    this.#frozen?.take()
    this.#end()
    this.#deps.report('warn', `recordings of camera ${this.#name} are lost: ${because.kind}`)
    if (this.#queued) return this.#goOn()
    if (!isPassing(because)) return this.#become({ phase: 'failed', because })
    const waitMs = backOffMs(++this.#failures + 1, because, this.#deps.random())
    this.#retry = setTimeout(() => this.#deps.onRetry(), waitMs)
    this.#become({ phase: 'waiting', because, retryAtMs: nowMs() + waitMs })
  }

  #end(): void {
    this.#running?.session.close()
    this.#running = null
    if (!this.#video) return
    this.#video.cancelVideoFrameCallback(this.#request)
    this.#video.srcObject = null
  }

  #become(state: RecordedState): void {
    if (state.phase === this.#state.phase && state.phase === 'playing') return
    this.#state = state
    this.#deps.onState(state)
  }
}

/** A wish that was overtaken is not waited for longer. */
const OVERTAKEN_MS = 3_000
/** A picture that is held waits so long for its next frame. */
const HOLD_MS = 400
