import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { nowMs } from '../clock.ts'
import { backOffMs, isPassing } from '../session-state.ts'
import { Ear, type TileSound } from '../sound/ear.ts'
import type { ShownFrame } from './master-clock.ts'
import { RecordedPicture } from './recorded-picture.ts'
import { beginRun, isFetching, isOverdue, ON_FIRST, silentSince } from './recorded-run.ts'
import type { Run, StayFrom } from './recorded-run.ts'
import { RecordedSession, SOUND_SPEED, type RecordedWish } from './recorded-session.ts'
import type { RecordedState, RecordedTileDeps } from './recorded-state.ts'
import { StartLine } from './start-line.ts'
import { TileAhead } from './tile-ahead.ts'

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
  readonly picture: RecordedPicture
  readonly #ear = new Ear()
  #running: Run | null = null
  readonly #ahead: TileAhead
  #queued: { wish: RecordedWish; stays: StayFrom; line: StartLine } | null = null
  #state: RecordedState = { phase: 'empty' }
  #failures = 0
  #retry: ReturnType<typeof setTimeout> | undefined
  #holdTimer: ReturnType<typeof setTimeout> | undefined
  #openMs = 300

  constructor(camera: CameraRef, name: string, deps: RecordedTileDeps) {
    this.camera = camera
    this.#name = name
    this.#deps = deps
    this.picture = new RecordedPicture(deps)
    this.#ahead = new TileAhead(this.picture)
  }

  get state(): RecordedState {
    return this.#state
  }

  /** The frame that is seen, moving or not; `null` where none is. */
  get frame(): ShownFrame | null {
    return this.picture.frame
  }

  /** What it brings to be heard, while it plays. Asked anew whenever `onState` is told. */
  get sound(): TileSound {
    const running = this.#running
    const isSeen = this.#state.phase === 'playing' && running?.stayFromMs === null
    return this.#ear.soundOf(
      running && { withSound: running.session.withSound, isSeen, receiver: running.session.receiver },
    )
  }

  /** Whether it is listened to from now on. True where what plays has to be asked for anew, to be heard. */
  listen(on: boolean): boolean {
    if (!this.#ear.listen(on)) return false
    this.unprepare()
    const running = this.#running
    return running?.stayFromMs === null && this.#isHeard(running.wish) && !running.session.withSound
  }

  /** How long the last session took to its first frame. */
  get openMs(): number {
    return this.#openMs
  }

  /** Where to paint. The canvases lie over the video and have its size. */
  bind(video: HTMLVideoElement, canvases: readonly HTMLCanvasElement[]): void {
    this.picture.bind(video, canvases)
  }

  /** Shows another moment, or the same at another speed, and plays on or stays. */
  go(wish: RecordedWish, stays: StayFrom, line: StartLine): void {
    clearTimeout(this.#retry)
    this.#unhold()
    this.#unqueue()
    if (stays === ON_FIRST && this.#state.phase === 'still' && this.#showFetched(wish)) return line.leave()
    const isOpening = this.#running?.paintedAtMs === null && this.#state.phase === 'opening'
    if (isOpening) this.#queued = { wish, stays, line }
    else this.#open(wish, stays, line)
  }

  /** Makes a session ahead, which streams once `go` wants the same. */
  prepare(wish: RecordedWish, line: StartLine): void {
    this.unprepare()
    this.#ahead.prepare(this.#session(wish, line, this.#isHeard(wish)), line)
  }

  /** What was made ahead is not wanted any more. */
  unprepare(): void {
    this.#ahead.unprepare()
  }

  /**
   * Standing, fetches the frame `go` may want to stay on next, to be shown without another session. Resolves when no session
   * is open for it any more.
   */
  async foresee(wish: RecordedWish): Promise<void> {
    this.#ahead.unforesee()
    if (this.#state.phase !== 'still') return
    const session = this.#session(wish, new StartLine(1), false)
    this.#ahead.foresee(session)
    await session.closed
  }

  /** Stays on the frame that comes next, and ends the session: the server would go on streaming. */
  hold(): void {
    this.#unqueue()
    const running = this.#running
    if (!running) return
    running.stayFromMs = ON_FIRST
    // The frame and its time are known together when the next one is painted; where none comes, the last is it.
    this.#stayAtLast(running)
  }

  /** Standing, shows the frame of a moment, or the last before it, if it is kept; else what was shown stays. */
  showAt(mediaMs: number): void {
    if (this.#state.phase !== 'still') return
    const before = this.frame
    if (this.picture.showAt(mediaMs) && this.frame !== before) this.#deps.onFrame(this.frame!, null)
  }

  /** Looks whether frames still come, and whether anybody sees them. */
  look(now: number): void {
    const isDrawn = this.#deps.isDrawn()
    this.picture.look(isDrawn, now)
    if (!isDrawn) this.#ahead.unforesee()
    const running = this.#running
    if (!running || !isDrawn) return
    if (this.#queued && isOverdue(running, now)) return this.#goOn()
    const sinceMs = silentSince(running, now)
    if (sinceMs === null) return
    if (isFetching(running)) return this.#stay(running)
    if (this.#state.phase === 'opening' || this.#state.phase === 'playing') this.#become({ phase: 'silent', sinceMs })
    this.#goOn()
  }

  /** Since when nothing comes although it should; `null` while it does. */
  get silentSinceMs(): number | null {
    return this.#state.phase === 'silent' ? this.#state.sinceMs : null
  }

  dispose(): void {
    clearTimeout(this.#retry)
    this.#unhold()
    this.#unqueue()
    this.#ahead.drop()
    this.#end()
    this.picture.clear()
  }

  #open(wish: RecordedWish, stays: StayFrom, line: StartLine): void {
    const ahead = this.#ahead.adopt(wish, stays)
    const session = ahead?.session ?? this.#session(wish, line, stays === null && this.#isHeard(wish))
    // What comes before the moment it stays at is only kept, behind what is seen.
    if (stays !== null && stays !== ON_FIRST) this.#freeze()
    this.#ahead.drop()
    this.#makeRoom(session)
    this.#run(session, wish, stays)
    if (!ahead) return
    ahead.line?.open()
    line.leave()
    if (ahead.stream) this.#arrived(session, ahead.stream)
  }

  #showFetched(wish: RecordedWish): boolean {
    const kept = this.#ahead.takeFrame(wish)
    if (!kept || !this.picture.showFetched(kept)) return false
    this.unprepare() // it was for where the tile stood
    this.#deps.onFrame(this.frame!, wish)
    return true
  }

  /** What stands makes no sound, and the server sends none at another speed. */
  #isHeard(wish: RecordedWish): boolean {
    return this.#ear.asks && wish.speed === SOUND_SPEED
  }

  #session(wish: RecordedWish, line: StartLine, withSound: boolean): RecordedSession {
    const wanted = { camera: this.camera, wish, withSound }
    const session: RecordedSession = new RecordedSession(this.#deps, wanted, line, {
      onStream: (stream) => this.#arrived(session, stream),
      onLost: (because) => this.#over(session, because),
    })
    return session
  }

  #run(session: RecordedSession, wish: RecordedWish, stayFromMs: StayFrom): void {
    this.#unhold()
    this.#running = beginRun(session, wish, stayFromMs)
    this.#become({ phase: 'opening', sinceMs: this.#running.askedAtMs })
  }

  #arrived(session: RecordedSession, stream: MediaStream): void {
    if (this.#ahead.arrived(session, stream)) return
    const running = this.#running
    if (running?.session !== session) return
    running.mediaAtMs = nowMs()
    const askedMs = running.wish.atMs
    const reachesMs = Math.max(askedMs, running.stayFromMs ?? askedMs)
    this.picture.play(stream, { askedMs, reachesMs }, (frame) => this.#painted(running, frame))
  }

  #painted(running: Run, frame: ShownFrame): void {
    if (this.#running !== running) {
      if (this.frame === frame) this.#deps.onFrame(frame, null)
      return
    }
    if (running.paintedAtMs === null) this.#begun(running, frame)
    running.paintedAtMs = frame.atMs
    const stays = running.stayFromMs
    // Only kept: what was seen is still seen.
    if (stays !== null && frame.mediaMs < stays) return
    if (isFetching(running) && this.frame) return this.#stay(running)
    const isFirst = !running.isSeen
    running.isSeen = true
    this.picture.see(frame)
    this.#deps.onFrame(frame, isFirst ? running.wish : null)
    if (stays !== null) return this.#stay(running)
    this.#become({ phase: 'playing' })
    if (isFirst) this.#goOn()
  }

  #begun(running: Run, { mediaMs }: ShownFrame): void {
    running.session.painted()
    this.#failures = 0
    this.#openMs = nowMs() - running.askedAtMs
    const shown = new Date(mediaMs).toISOString()
    this.#deps.report('info', `camera ${this.#name} shows ${shown} after ${this.#openMs.toFixed(0)} ms`)
  }

  /** Where the frame cannot be kept standing it goes on, and the next one may. */
  #stay(running: Run): void {
    if (this.#running !== running) return
    if (this.#freeze()) return this.#standStill()
    this.#stayAtLast(running)
  }

  /** Where none that comes can be kept soon, the last stands in the video: that is stopped, and says so of the very last. */
  #stayAtLast(running: Run): void {
    this.#holdTimer ??= setTimeout(() => {
      this.#holdTimer = undefined
      if (this.#running !== running || !running.isSeen) return
      this.#freeze()
      this.#standStill()
    }, HOLD_MS)
  }

  #standStill(): void {
    this.#unhold()
    this.#end()
    this.#become({ phase: 'still' })
    this.#goOn()
  }

  #unhold(): void {
    clearTimeout(this.#holdTimer)
    this.#holdTimer = undefined
  }

  /** What stands may be the frame before the one that was told of last: then that is what the tile has to say. */
  #freeze(): boolean {
    const before = this.frame
    const isFrozen = this.picture.freeze()
    if (this.frame && this.frame !== before) this.#deps.onFrame(this.frame, null)
    return isFrozen
  }

  /** The wish before is fulfilled, or will not be: the newest of those that came meanwhile is next. */
  #goOn(): void {
    const queued = this.#queued
    this.#queued = null
    if (queued) this.#open(queued.wish, queued.stays, queued.line)
  }

  #unqueue(): void {
    this.#queued?.line.leave()
    this.#queued = null
  }

  #over(session: RecordedSession, because: Failure): void {
    if (this.#ahead.lost(session)) return
    const running = this.#running
    if (running?.session !== session) return
    this.#freeze()
    this.#end()
    this.#deps.report('warn', `recordings of camera ${this.#name} are lost: ${because.kind}`)
    const isSoundRefused = this.#ear.lost(because, session.withSound)
    if (this.#queued) return this.#goOn()
    if (isSoundRefused) return this.#open(running.wish, running.stayFromMs, new StartLine(1))
    if (!isPassing(because)) return this.#become({ phase: 'failed', because })
    const waitMs = backOffMs(++this.#failures + 1, because, this.#deps.random())
    this.#retry = setTimeout(() => this.#deps.onRetry(), waitMs)
    this.#become({ phase: 'waiting', because, retryAtMs: nowMs() + waitMs })
  }

  /**
   * Ends what runs, for what comes next. To close its peer takes the page ten milliseconds (measured), which it has once the
   * next one waits for its server.
   */
  #makeRoom(next: RecordedSession): void {
    this.#running?.session.close(Promise.race([next.reached, passed(AT_MOST_MS)]))
    this.#running = null
    this.picture.leave()
  }

  #end(): void {
    this.#running?.session.close()
    this.#running = null
    this.picture.leave()
  }

  #become(state: RecordedState): void {
    if (state.phase === this.#state.phase && state.phase === 'playing') return
    this.#state = state
    this.#deps.onState(state)
  }
}

/** A picture that is held waits so long for its next frame. */
const HOLD_MS = 400
/** A peer is kept no longer for another to be made. */
const AT_MOST_MS = 300

const passed = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
