import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { nowMs } from '../clock.ts'
import { Foresight } from './foresight.ts'
import {
  atSpeed,
  lead,
  median,
  mediaNow,
  NOTABLE_OFFSET_MS,
  shifted,
  standingAt,
  started,
  stopped,
  type MasterClock,
  type ShownFrame,
} from './master-clock.ts'
import { isSameWish, type RecordedWish } from './recorded-session.ts'
import type { RecordedTile } from './recorded-tile.ts'
import { freshPace, takeSeek } from './seek-pace.ts'
import { StartLine } from './start-line.ts'

/** Where a playback is. Media instants are epoch milliseconds by the server's clock. */
export interface PlayerState {
  readonly clock: MasterClock
  /** It plays, or will once its pictures are there; else it stands. */
  readonly isPlaying: boolean
  /** What was asked for last is not on the screen yet. */
  readonly isSeeking: boolean
  readonly skipGaps: boolean
}

/** What is known of recordings: of all cameras of the playback together, or of one. */
export interface Recorded {
  /** `null`: nobody knows. */
  isRecordedAt: (mediaMs: number, camera?: CameraRef) => boolean | null
  /** Where the next recording of any of them begins; `null` where there is none, or nobody knows. */
  nextAfter: (mediaMs: number, camera?: CameraRef) => number | null
  /** Where the recording of any of them begins that is gone back to from a moment. */
  previousBefore: (mediaMs: number) => number | null
}

export interface PlayerDeps {
  /** The server's clock, epoch milliseconds. */
  serverNow: () => number
  recorded: Recorded
  onChange: (state: PlayerState) => void
}

const TICK_MS = 250
/** So long after a seek the clock goes on without a picture: it plays through a gap. */
const NO_PICTURE_MS = 2_500
/** The newest second may not be on the recorder's disk. */
const EDGE_MS = 1_000
/** A paused playback is made ready to go on where it stands, once it has stood so long. */
const READY_AFTER_MS = 400
/** Servers let go of sessions nobody answers [?]; they are made anew before. */
const READY_FOR_MS = 45_000
/** Who has not gone on the same way by then does something else. */
const EXPECTED_FOR_MS = 10_000
/** A gap is about to be skipped: the other side is opened so long before, on our wall. */
const AHEAD_MS = 2_000
/** A tile that stays off so long is opened anew … */
const OFF_TICKS = 4
/** … but not more often than this, twice as long after each time that it did not help, and at most so long. */
const CORRECT_EVERY_MS = 5_000
const CORRECT_LIMIT_MS = 60_000
/** So is one that sends nothing for so long although there is a recording. */
const DEAD_MS = 5_000

/** One clock and the tiles that follow it. Seeking, speed and playing on after a pause are new sessions, all at once. */
export class Player {
  readonly #deps: PlayerDeps
  readonly #tiles = new Map<RecordedTile, { offTicks: number; correctedAtMs: number; corrections: number }>()
  readonly #timer: ReturnType<typeof setInterval>
  #state: PlayerState
  readonly #foresight: Foresight
  #pace = freshPace
  #seekTimer: ReturnType<typeof setTimeout> | undefined
  #readyTimer: ReturnType<typeof setTimeout> | undefined
  #joinTimer: ReturnType<typeof setTimeout> | undefined
  #askedAtMs = 0
  #target: RecordedWish | null = null
  #ahead: RecordedWish | null = null

  /** Stands at a moment, with no picture yet. */
  constructor(deps: PlayerDeps, mediaMs: number) {
    this.#deps = deps
    this.#foresight = new Foresight(deps.recorded)
    this.#state = { clock: standingAt(mediaMs, 1), isPlaying: false, isSeeking: false, skipGaps: true }
    this.#timer = setInterval(() => this.#tick(), TICK_MS)
  }

  get state(): PlayerState {
    return this.#state
  }

  /** What the clock shows now. */
  get mediaMs(): number {
    return mediaNow(this.#state.clock, nowMs())
  }

  /** A tile joins; the others are not disturbed. */
  add(tile: RecordedTile): void {
    this.#tiles.set(tile, { offTicks: 0, correctedAtMs: 0, corrections: 0 })
    if (!this.#state.isSeeking) return this.#join(tile)
    // Those of one view come one after the other, and shall start as one.
    clearTimeout(this.#joinTimer)
    this.#joinTimer = setTimeout(() => this.#issue())
  }

  remove(tile: RecordedTile): void {
    this.#tiles.delete(tile)
    tile.dispose()
  }

  /** Goes to a moment, and plays on from there or stands there as it did. */
  seek(mediaMs: number): void {
    const toMs = Math.round(Math.min(mediaMs, this.#deps.serverNow() - EDGE_MS))
    this.#foresight.note(this.mediaMs, toMs, !this.#state.isSeeking)
    this.#target = null // what is on its way leads somewhere else
    this.#become({ clock: standingAt(toMs, this.#state.clock.speed), isSeeking: true })
    this.#seekSoon()
  }

  jump(byMs: number): void {
    this.seek(this.mediaMs + byMs)
  }

  play(): void {
    if (this.#state.isPlaying) return
    this.#become({ isPlaying: true })
    this.seek(this.mediaMs)
  }

  pause(): void {
    if (!this.#state.isPlaying) return
    const { mediaMs, speed } = stopped(this.#state.clock, nowMs())
    this.#become({ isPlaying: false, clock: standingAt(Math.round(mediaMs), speed) })
    if (this.#state.isSeeking) return this.#seekSoon()
    for (const tile of this.#tiles.keys()) tile.hold()
    this.#readySoon()
  }

  setSpeed(speed: number): void {
    if (speed === this.#state.clock.speed) return
    this.#become({ clock: atSpeed(this.#state.clock, speed, nowMs()) })
    if (this.#state.isPlaying) this.seek(this.mediaMs)
    else this.#readySoon()
  }

  setSkipGaps(skipGaps: boolean): void {
    if (skipGaps === this.#state.skipGaps) return
    this.#become({ skipGaps })
    // Several tiles skip together, by their clock; one alone is skipped by the server, which is told at the start.
    if (this.#state.isPlaying && this.#tiles.size === 1) this.seek(this.mediaMs)
  }

  /** A tile painted a frame. `firstOf`: it is the first of what was asked for so. */
  painted(frame: ShownFrame, firstOf: RecordedWish | null): void {
    if (firstOf === null || firstOf !== this.#target) return
    this.#target = null
    const { isPlaying, isSeeking, clock } = this.#state
    // The key frame before, or the next recording where this one tile skips.
    const standing = { ...clock, mediaMs: frame.mediaMs, atMs: frame.atMs }
    // A picture that comes late finds the clock gone on without it.
    if (isSeeking) this.#become({ isSeeking: false, clock: isPlaying ? { ...standing, runs: true } : clock })
    if (!isPlaying || this.#foresight.isExpecting) this.#readySoon()
  }

  /** A tile that was lost may be tried again. */
  retry(tile: RecordedTile): void {
    if (this.#tiles.has(tile)) this.#join(tile)
  }

  /** How far a tile is off, in milliseconds of recording, where that is worth a word; `null` where it is not. */
  offsetOf(tile: RecordedTile): number | null {
    const { clock, isSeeking } = this.#state
    if (!tile.frame || isSeeking || tile.state.phase !== (clock.runs ? 'playing' : 'still')) return null
    const off = lead(clock, tile.frame, nowMs())
    return Math.abs(off) > this.#toleranceMs ? off : null
  }

  dispose(): void {
    clearInterval(this.#timer)
    clearTimeout(this.#seekTimer)
    clearTimeout(this.#readyTimer)
    clearTimeout(this.#joinTimer)
    for (const tile of this.#tiles.keys()) tile.dispose()
    this.#tiles.clear()
  }

  get #toleranceMs(): number {
    return NOTABLE_OFFSET_MS * Math.max(1, this.#state.clock.speed)
  }

  /** Seeks that come fast collapse to the newest. */
  #seekSoon(): void {
    clearTimeout(this.#seekTimer)
    clearTimeout(this.#readyTimer)
    const { pace, waitMs } = takeSeek(this.#pace, nowMs())
    this.#pace = pace
    if (waitMs > 0) this.#seekTimer = setTimeout(() => this.#seekSoon(), waitMs)
    else this.#issue()
  }

  #issue(): void {
    if (this.#tiles.size === 0) return
    this.#askedAtMs = nowMs()
    const wish = this.#wish(this.#state.clock.mediaMs)
    this.#target = wish
    this.#ahead = null
    const line = new StartLine(this.#tiles.size)
    for (const [tile, standing] of this.#tiles) {
      Object.assign(standing, { offTicks: 0, correctedAtMs: 0, corrections: 0 })
      tile.go(wish, !this.#state.isPlaying, line)
    }
  }

  #wish(mediaMs: number): RecordedWish {
    const { skipGaps, clock } = this.#state
    return { atMs: Math.round(mediaMs), speed: clock.speed, skipGaps: skipGaps && this.#tiles.size === 1 }
  }

  /** One tile alone, so that it is in step when it is there. */
  #join(tile: RecordedTile): void {
    const { clock, isPlaying } = this.#state
    const atMs = mediaNow(clock, nowMs()) + (clock.runs ? tile.openMs * clock.speed : 0)
    tile.go(this.#wish(atMs), !isPlaying, new StartLine(1))
  }

  #tick(): void {
    const now = nowMs()
    for (const tile of this.#tiles.keys()) tile.look(now)
    const { isPlaying, isSeeking, clock } = this.#state
    if (isSeeking) {
      if (this.#tiles.size > 0 && now - this.#askedAtMs > NO_PICTURE_MS) this.#goOnWithoutPicture(now)
      return
    }
    if (!isPlaying) return
    if (clock.runs && mediaNow(clock, now) > this.#deps.serverNow()) return this.#become({ clock: stopped(clock, now) })
    this.#align(now)
    this.#mend(now)
    this.#skip(now)
  }

  /** Nothing is recorded here, it seems: through the gap, or over it. */
  #goOnWithoutPicture(now: number): void {
    const { clock, skipGaps, isPlaying } = this.#state
    if (!isPlaying) return this.#become({ isSeeking: false })
    const nextMs = skipGaps ? this.#deps.recorded.nextAfter(clock.mediaMs) : null
    if (nextMs !== null && this.#deps.recorded.isRecordedAt(clock.mediaMs) === false) return this.seek(nextMs)
    this.#become({ isSeeking: false, clock: started(clock, now) })
  }

  /** The clock follows the middle one of its tiles: at once where one is alone and skips, else gently. */
  #align(now: number): void {
    const { clock } = this.#state
    const leads = [...this.#tiles.keys()].flatMap((tile) =>
      tile.frame && tile.state.phase === 'playing' ? [lead(clock, tile.frame, now)] : [],
    )
    if (leads.length === 0 || !clock.runs) return
    const off = median(leads)
    const isNew = now - this.#askedAtMs < NO_PICTURE_MS
    const byMs = isNew || this.#tiles.size === 1 ? off : off / 5
    if (Math.abs(byMs) >= 1) this.#become({ clock: shifted(clock, byMs) })
  }

  /** Opens anew what stays out of step, or sends nothing where there is something. */
  #mend(now: number): void {
    const at = mediaNow(this.#state.clock, now)
    for (const [tile, standing] of this.#tiles) {
      const isDead =
        tile.silentSinceMs !== null &&
        now - tile.silentSinceMs > DEAD_MS &&
        this.#deps.recorded.isRecordedAt(at, tile.camera) === true
      standing.offTicks = this.offsetOf(tile) === null ? 0 : standing.offTicks + 1
      if (!isDead && standing.offTicks < OFF_TICKS) continue
      if (now - standing.correctedAtMs < Math.min(CORRECT_EVERY_MS * 2 ** standing.corrections, CORRECT_LIMIT_MS))
        continue
      standing.correctedAtMs = now
      standing.corrections++
      this.#join(tile)
    }
  }

  /** Several tiles skip a gap together, where it is one for all. */
  #skip(now: number): void {
    const { clock, skipGaps } = this.#state
    const { recorded } = this.#deps
    if (!skipGaps || this.#tiles.size < 2) return
    const at = mediaNow(clock, now)
    if (recorded.isRecordedAt(at) === false) {
      const nextMs = recorded.nextAfter(at)
      if (nextMs !== null) this.seek(nextMs)
      return
    }
    const soon = at + AHEAD_MS * clock.speed
    if (recorded.isRecordedAt(soon) !== false) return
    const nextMs = recorded.nextAfter(soon)
    if (nextMs !== null) this.#prepare(this.#wish(nextMs))
  }

  #readySoon(afterMs = READY_AFTER_MS): void {
    clearTimeout(this.#readyTimer)
    this.#readyTimer = setTimeout(() => this.#ready(), afterMs)
  }

  /** Makes ahead what may be wanted next: for a while the way that was gone twice, else going on from where it stands. */
  #ready(): void {
    const { clock, isPlaying, isSeeking } = this.#state
    if (isSeeking) return
    const expectedMs = this.#foresight.take(this.mediaMs, isPlaying)
    const isThere = expectedMs !== null && expectedMs < this.#deps.serverNow() - EDGE_MS
    this.#ahead = null
    if (isThere) this.#prepare(this.#wish(expectedMs))
    else if (isPlaying) for (const tile of this.#tiles.keys()) tile.unprepare()
    else this.#prepare(this.#wish(clock.mediaMs))
    if (isThere || !isPlaying) this.#readySoon(isThere ? EXPECTED_FOR_MS : READY_FOR_MS)
  }

  #prepare(wish: RecordedWish): void {
    if (this.#ahead && isSameWish(this.#ahead, wish)) return
    this.#ahead = wish
    const line = new StartLine(this.#tiles.size, false)
    for (const tile of this.#tiles.keys()) tile.prepare(wish, line)
  }

  #become(change: Partial<PlayerState>): void {
    this.#state = { ...this.#state, ...change }
    this.#deps.onChange(this.#state)
  }
}
