import { nowMs } from '../clock.ts'
import { lead, median, mediaNow, shifted, started, stopped, type MasterClock } from './master-clock.ts'
import { OutOfStep } from './out-of-step.ts'
import type { PlayerDeps, PlayerState } from './player-state.ts'
import type { RecordedTile } from './recorded-tile.ts'

const TICK_MS = 250
/** So long after a seek the clock goes on without a picture: it plays through a gap. */
const NO_PICTURE_MS = 2_500
/** A gap is about to be skipped: the other side is opened so long before, on our wall. */
const AHEAD_MS = 2_000

export interface WatchDeps extends Pick<PlayerDeps, 'serverNow' | 'recorded'> {
  tiles: () => ReadonlySet<RecordedTile>
  state: () => PlayerState
  offsetOf: (tile: RecordedTile) => number | null
  /** The clock is so from now on; a seek is over, with a picture or without. */
  set: (clock: MasterClock) => void
  seek: (mediaMs: number) => void
  /** Opens a tile anew, where the clock is. */
  join: (tile: RecordedTile) => void
  /** What will be asked for there is made ahead. */
  prepare: (mediaMs: number) => void
}

/** What a playback does unasked while it goes on: it keeps the clock and the tiles together, and goes over gaps. */
export class PlayerWatch {
  readonly #deps: WatchDeps
  readonly #outOfStep = new OutOfStep()
  readonly #timer: ReturnType<typeof setInterval>
  #askedAtMs = 0

  constructor(deps: WatchDeps) {
    this.#deps = deps
    this.#timer = setInterval(() => this.#tick(), TICK_MS)
  }

  /** All of these are opened anew. */
  asked(): void {
    this.#askedAtMs = nowMs()
    this.#outOfStep.forgive(this.#deps.tiles())
  }

  joined(tile: RecordedTile): void {
    this.#outOfStep.forgive([tile])
  }

  left(tile: RecordedTile): void {
    this.#outOfStep.forget(tile)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #tick(): void {
    const now = nowMs()
    const tiles = this.#deps.tiles()
    for (const tile of tiles) tile.look(now)
    const { isPlaying, isSeeking, clock } = this.#deps.state()
    if (isSeeking) {
      if (tiles.size > 0 && now - this.#askedAtMs > NO_PICTURE_MS) this.#goOnWithoutPicture(now)
      return
    }
    if (!isPlaying) return
    if (clock.runs && mediaNow(clock, now) > this.#deps.serverNow()) return this.#deps.set(stopped(clock, now))
    this.#align(now)
    this.#mend(now)
    this.#skip(now)
  }

  /** Nothing is recorded here, it seems: through the gap, or over it. */
  #goOnWithoutPicture(now: number): void {
    const { recorded, seek, set } = this.#deps
    const { clock, skipGaps, isPlaying } = this.#deps.state()
    if (!isPlaying) return set(clock)
    const nextMs = skipGaps ? recorded.nextAfter(clock.mediaMs) : null
    if (nextMs !== null && recorded.isRecordedAt(clock.mediaMs) === false) return seek(nextMs)
    set(started(clock, now))
  }

  /** The clock follows the middle one of its tiles: at once where one is alone and skips, else gently. */
  #align(now: number): void {
    const { clock } = this.#deps.state()
    const tiles = this.#deps.tiles()
    const leads = [...tiles].flatMap((tile) =>
      tile.frame && tile.state.phase === 'playing' ? [lead(clock, tile.frame, now)] : [],
    )
    if (leads.length === 0 || !clock.runs) return
    const off = median(leads)
    const isNew = now - this.#askedAtMs < NO_PICTURE_MS
    const byMs = isNew || tiles.size === 1 ? off : off / 5
    if (Math.abs(byMs) >= 1) this.#deps.set(shifted(clock, byMs))
  }

  /** Opens anew what stays out of step, or sends nothing where there is something. */
  #mend(now: number): void {
    const { recorded, state, offsetOf, join } = this.#deps
    const atMs = mediaNow(state().clock, now)
    for (const tile of this.#deps.tiles()) {
      const isRecorded = recorded.isRecordedAt(atMs, tile.camera) === true
      if (this.#outOfStep.isDue(tile, { isOff: offsetOf(tile) !== null, isRecorded }, now)) join(tile)
    }
  }

  /** Several tiles skip a gap together, where it is one for all. */
  #skip(now: number): void {
    const { recorded, seek, prepare } = this.#deps
    const { clock, skipGaps } = this.#deps.state()
    if (!skipGaps || this.#deps.tiles().size < 2) return
    const atMs = mediaNow(clock, now)
    if (recorded.isRecordedAt(atMs) === false) {
      const nextMs = recorded.nextAfter(atMs)
      if (nextMs !== null) seek(nextMs)
      return
    }
    const soonMs = atMs + AHEAD_MS * clock.speed
    if (recorded.isRecordedAt(soonMs) !== false) return
    const nextMs = recorded.nextAfter(soonMs)
    if (nextMs !== null) prepare(nextMs)
  }
}
