import { nowMs } from '../clock.ts'
import type { Step } from './frame-order.ts'
import type { RecordedTile } from './recorded-tile.ts'

/** So much is asked of the server at once where a step leads beyond what is kept: the next steps are then here already. */
const FETCH_BACK_MS = 1_000
const FETCH_ON_MS = 500
/** The tiles do not end on the same frame: what is asked for begins where the first of them ends, within this. */
const OVERLAP_MS = 500
/** Going back, the frame that is due is looked for so often. */
const BACK_EVERY_MS = 20

/**
 * What a step ran into: the first frame that is kept, from where one more step back asks the server; or that, asked, it
 * sent none further back or on.
 */
export type WalkEdge = 'first-kept' | 'no-earlier' | 'no-later'

export interface WalkDeps {
  /** The tile that leads, then the others. */
  tiles: () => readonly RecordedTile[]
  /** Stops where it is; each tile tells when it stands. */
  stop: () => void
  /** The clock, and every tile, stand at this moment. */
  standAt: (mediaMs: number) => void
  /** Plays from a moment and stays from another on; each tile tells when it stands. What is seen stays meanwhile. */
  fetch: (fromMs: number, toMs: number) => void
  onChange: (change: { isReversing?: boolean; edge?: WalkEdge | null }) => void
}

/**
 * Goes through a playback frame by frame, and back: by the frames that are kept, and beyond them by asking the server for
 * more. One tile leads, as each camera has its frames at moments of its own; the others show what stood when its did.
 */
export class FrameWalk {
  readonly #deps: WalkDeps
  /** What is to be done as soon as the leading tile stands. */
  #next: ((leader: RecordedTile) => void) | null = null
  /** Where the tiles stand, as long as nothing else is asked for. */
  #standsAtMs: number | null = null
  #timer: ReturnType<typeof setInterval> | undefined
  #edge: WalkEdge | null = null

  constructor(deps: WalkDeps) {
    this.#deps = deps
  }

  step(by: Step): void {
    this.#halt()
    this.#whenStanding((leader) => this.#step(leader, by))
  }

  /** Goes back at the speed of the recording as far as frames are kept; once more stops it. */
  reverse(): void {
    if (this.#timer !== undefined) return this.stop()
    this.#whenStanding((leader) => this.#reverse(leader))
  }

  /** Something else is asked for. */
  stop(): void {
    this.#halt()
    this.#next = null
    this.#standsAtMs = null
    this.#meet(null)
  }

  /** A tile stands. */
  stands(tile: RecordedTile): void {
    // It may have run on to fetch more.
    if (this.#standsAtMs !== null) tile.showAt(this.#standsAtMs)
    const leader = this.#leader
    const next = this.#next
    if (leader?.state.phase !== 'still' || !next) return
    this.#next = null
    next(leader)
  }

  /** The first that has a frame, or will. */
  get #leader(): RecordedTile | undefined {
    return this.#deps
      .tiles()
      .find(({ state: { phase } }) => phase === 'still' || phase === 'playing' || phase === 'opening')
  }

  #whenStanding(act: (leader: RecordedTile) => void): void {
    const leader = this.#leader
    if (!leader) return
    if (leader.state.phase !== 'still') {
      this.#next ??= act
      return this.#deps.stop()
    }
    this.#next = null
    act(leader)
  }

  #step(leader: RecordedTile, by: Step): void {
    const atMs = leader.frame?.mediaMs
    if (atMs === undefined) return
    const besideMs = leader.picture.momentBeside(atMs, by)
    if (besideMs !== null) {
      this.#meet(null)
      return this.#standAt(besideMs)
    }
    if (by < 0 && (this.#edge === null || this.#edge === 'no-later')) return this.#meet('first-kept')
    this.#fetch(atMs, by)
  }

  #fetch(atMs: number, by: Step): void {
    this.#meet(null)
    this.#standsAtMs = atMs
    this.#next = (stands) => {
      const besideMs = stands.picture.momentBeside(atMs, by)
      this.#standAt(besideMs ?? atMs)
      if (besideMs === null) this.#meet(by < 0 ? 'no-earlier' : 'no-later')
    }
    if (by < 0) return this.#deps.fetch(atMs - FETCH_BACK_MS, atMs)
    const ends = this.#deps.tiles().flatMap(({ picture }) => picture.kept?.lastMs ?? [])
    this.#deps.fetch(Math.max(atMs - OVERLAP_MS, Math.min(atMs, ...ends)), atMs + FETCH_ON_MS)
  }

  #reverse(leader: RecordedTile): void {
    const beganAtMs = nowMs()
    const fromMs = leader.frame?.mediaMs ?? 0
    this.#deps.onChange({ isReversing: true })
    this.#timer = setInterval(() => {
      const firstMs = leader.picture.kept?.firstMs ?? fromMs
      const atMs = fromMs - (nowMs() - beganAtMs)
      this.#standAt(Math.max(atMs, firstMs))
      if (atMs > firstMs) return
      this.#halt()
      this.#meet('first-kept')
    }, BACK_EVERY_MS)
  }

  #standAt(mediaMs: number): void {
    this.#standsAtMs = mediaMs
    this.#deps.standAt(mediaMs)
  }

  #halt(): void {
    if (this.#timer === undefined) return
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#deps.onChange({ isReversing: false })
  }

  #meet(edge: WalkEdge | null): void {
    if (edge === this.#edge) return
    this.#edge = edge
    this.#deps.onChange({ edge })
  }
}
