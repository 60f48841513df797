import { nowMs } from '../clock.ts'
import { Foresight } from './foresight.ts'
import { FrameWalk } from './frame-walk.ts'
import { MadeAhead } from './made-ahead.ts'
import { atSpeed, lead, mediaNow, NOTABLE_OFFSET_MS, standingAt, stopped, type ShownFrame } from './master-clock.ts'
import type { PlayerDeps, PlayerState } from './player-state.ts'
import { PlayerWatch } from './player-watch.ts'
import { ON_FIRST, type StayFrom } from './recorded-run.ts'
import type { RecordedWish } from './recorded-session.ts'
import type { RecordedTile } from './recorded-tile.ts'
import { freshPace, takeSeek } from './seek-pace.ts'
import { StartLine } from './start-line.ts'

export type { PlayerState, Recorded } from './player-state.ts'

/** The newest second may not be on the recorder's disk. */
const EDGE_MS = 1_000
/** Who steps may step again: what going on needs is made only after so long. */
const STEP_MS = 2_000

/** One clock and the tiles that follow it. Seeking, speed and playing on after a pause are new sessions, all at once. */
export class Player {
  /** Frame by frame, and back. */
  readonly walk: FrameWalk
  readonly #deps: PlayerDeps
  readonly #tiles = new Set<RecordedTile>()
  readonly #foresight: Foresight
  readonly #ahead: MadeAhead
  readonly #watch: PlayerWatch
  #state: PlayerState
  #leader: RecordedTile | null = null
  #pace = freshPace
  #seekTimer: ReturnType<typeof setTimeout> | undefined
  #joinTimer: ReturnType<typeof setTimeout> | undefined
  #target: RecordedWish | null = null

  /** Stands at a moment, with no picture yet. */
  constructor(deps: PlayerDeps, mediaMs: number) {
    this.#deps = deps
    const clock = standingAt(mediaMs, 1)
    this.#state = { clock, isPlaying: false, isSeeking: false, skipGaps: true, isReversing: false, edge: null }
    this.#foresight = new Foresight(deps.recorded)
    this.#ahead = new MadeAhead({
      tiles: () => this.#tiles,
      expected: () => this.#expected(),
      here: () => (this.#state.isPlaying || this.#state.isSeeking ? null : this.#wish(this.#state.clock.mediaMs)),
    })
    this.walk = new FrameWalk({
      tiles: () => this.#leaderFirst(),
      stop: () => this.#hold(),
      standAt: (atMs) => this.#standAt(atMs),
      fetch: (fromMs, toMs) => this.#issue({ ...this.#wish(fromMs), speed: 1 }, toMs),
      onChange: (change) => this.#become(change),
    })
    this.#watch = new PlayerWatch({
      ...deps,
      tiles: () => this.#tiles,
      state: () => this.#state,
      offsetOf: (tile) => this.offsetOf(tile),
      set: (clock) => this.#become({ clock, isSeeking: false }),
      seek: (atMs) => this.seek(atMs),
      join: (tile) => this.#join(tile),
      prepare: (atMs) => this.#ahead.prepare(this.#wish(atMs)),
    })
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
    this.#tiles.add(tile)
    this.#watch.joined(tile)
    if (!this.#state.isSeeking) return this.#join(tile)
    // Those of one view come one after the other, and shall start as one.
    clearTimeout(this.#joinTimer)
    this.#joinTimer = setTimeout(() => this.#go())
  }

  remove(tile: RecordedTile): void {
    this.#tiles.delete(tile)
    this.#watch.left(tile)
    if (this.#leader === tile) this.#leader = null
    tile.dispose()
  }

  /** Steps are steps of this tile from now on. */
  follow(tile: RecordedTile): void {
    this.#leader = tile
  }

  /** Goes to a moment, and plays on from there or stands there as it did. */
  seek(mediaMs: number, fromMs = this.mediaMs): void {
    this.walk.stop()
    const toMs = Math.round(Math.min(mediaMs, this.#deps.serverNow() - EDGE_MS))
    this.#foresight.note(fromMs, toMs, !this.#state.isSeeking)
    this.#target = null // what is on its way leads somewhere else
    this.#become({ clock: standingAt(toMs, this.#state.clock.speed), isSeeking: true })
    this.#seekSoon()
  }

  jump(byMs: number): void {
    const fromMs = this.mediaMs
    this.seek(fromMs + byMs, fromMs)
  }

  play(): void {
    if (this.#state.isPlaying) return
    this.#become({ isPlaying: true })
    this.seek(this.mediaMs)
  }

  pause(): void {
    this.walk.stop()
    this.#hold()
  }

  setSpeed(speed: number): void {
    if (speed === this.#state.clock.speed) return
    this.#become({ clock: atSpeed(this.#state.clock, speed, nowMs()) })
    if (this.#state.isPlaying) this.seek(this.mediaMs)
    else this.#ahead.readySoon()
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
    if (!isPlaying || this.#foresight.isExpecting) this.#ahead.readySoon()
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
    this.walk.stop()
    this.#ahead.wait()
    this.#watch.stop()
    clearTimeout(this.#seekTimer)
    clearTimeout(this.#joinTimer)
    for (const tile of this.#tiles) tile.dispose()
    this.#tiles.clear()
  }

  get #toleranceMs(): number {
    return NOTABLE_OFFSET_MS * Math.max(1, this.#state.clock.speed)
  }

  #leaderFirst(): RecordedTile[] {
    const others = [...this.#tiles].filter((tile) => tile !== this.#leader)
    return this.#leader ? [this.#leader, ...others] : others
  }

  #hold(): void {
    if (!this.#state.isPlaying) return
    const { mediaMs, speed } = stopped(this.#state.clock, nowMs())
    this.#become({ isPlaying: false, clock: standingAt(Math.round(mediaMs), speed) })
    if (this.#state.isSeeking) return this.#seekSoon()
    for (const tile of this.#tiles) tile.hold()
    this.#ahead.readySoon()
  }

  #standAt(mediaMs: number): void {
    this.#become({ clock: standingAt(Math.round(mediaMs), this.#state.clock.speed), isSeeking: false })
    for (const tile of this.#tiles) tile.showAt(mediaMs)
    this.#ahead.readySoon(STEP_MS)
  }

  /** Seeks that come fast collapse to the newest. */
  #seekSoon(): void {
    clearTimeout(this.#seekTimer)
    this.#ahead.wait()
    const { pace, waitMs } = takeSeek(this.#pace, nowMs())
    this.#pace = pace
    if (waitMs > 0) this.#seekTimer = setTimeout(() => this.#seekSoon(), waitMs)
    else this.#go()
  }

  /** All tiles, to where the clock is. */
  #go(): void {
    this.#issue(this.#wish(this.#state.clock.mediaMs), this.#stays)
  }

  #issue(wish: RecordedWish, stays: StayFrom): void {
    if (this.#tiles.size === 0) return
    this.#target = wish
    this.#watch.asked()
    this.#ahead.forget()
    if (!this.#state.isSeeking) this.#become({ isSeeking: true })
    const line = new StartLine(this.#tiles.size)
    for (const tile of this.#tiles) tile.go(wish, stays, line)
  }

  get #stays(): StayFrom {
    return this.#state.isPlaying ? null : ON_FIRST
  }

  #wish(mediaMs: number): RecordedWish {
    const { skipGaps, clock } = this.#state
    return { atMs: Math.round(mediaMs), speed: clock.speed, skipGaps: skipGaps && this.#tiles.size === 1 }
  }

  /** What they would ask for who go on the way they went. */
  #expected(): RecordedWish | null {
    const { isPlaying, isSeeking } = this.#state
    const atMs = isSeeking ? null : this.#foresight.take(this.mediaMs, isPlaying)
    return atMs === null || atMs > this.#deps.serverNow() - EDGE_MS ? null : this.#wish(atMs)
  }

  /** One tile alone, so that it is in step when it is there. */
  #join(tile: RecordedTile): void {
    const { clock } = this.#state
    const atMs = mediaNow(clock, nowMs()) + (clock.runs ? tile.openMs * clock.speed : 0)
    tile.go(this.#wish(atMs), this.#stays, new StartLine(1))
  }

  #become(change: Partial<PlayerState>): void {
    this.#state = { ...this.#state, ...change }
    this.#deps.onChange(this.#state)
  }
}
