import { isSameWish, type RecordedWish } from './recorded-session.ts'
import type { RecordedTile } from './recorded-tile.ts'
import { StartLine } from './start-line.ts'

/** A paused playback is made ready to go on where it stands, once it has stood so long. */
const READY_AFTER_MS = 400
/** Servers let go of sessions nobody answers [?]; they are made anew before. */
const READY_FOR_MS = 45_000
/** Who has not gone on the same way by then does something else. */
const EXPECTED_FOR_MS = 10_000

interface MadeAheadDeps {
  tiles: () => Iterable<RecordedTile>
  /** What going on from here would ask for; `null` where it does not stand. */
  here: () => RecordedWish | null
  /** What going on the way that was gone before would ask for, said once; `null` where nobody can tell. */
  expected: () => RecordedWish | null
}

/** The sessions that will be wanted next, made before they are. */
export class MadeAhead {
  readonly #deps: MadeAheadDeps
  #wish: RecordedWish | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Counts what was asked for: what was fetched for something else is followed by nothing. */
  #turn = 0

  constructor(deps: MadeAheadDeps) {
    this.#deps = deps
  }

  /** Something else is asked for: what is made is used by it, or ended. */
  forget(): void {
    this.wait()
    this.#wish = null
  }

  /** Nothing is made for going on from here. */
  wait(): void {
    this.#turn++
    clearTimeout(this.#timer)
  }

  /**
   * What may be wanted next is made: where it stands, the frame to which the same way leads; where it plays, a session from
   * there for a while; then what going on needs, which is kept fresh.
   */
  readySoon(afterMs = READY_AFTER_MS): void {
    this.wait()
    this.#timer = setTimeout(() => this.#ready(), afterMs)
  }

  #ready(): void {
    const [expected, here] = [this.#deps.expected(), this.#deps.here()]
    if (expected && here) return void this.#foresee(expected)
    const wish = expected ?? here
    this.#wish = null
    if (!wish) {
      for (const tile of this.#deps.tiles()) tile.unprepare()
      return
    }
    this.prepare(wish)
    this.#timer = setTimeout(() => this.#ready(), expected ? EXPECTED_FOR_MS : READY_FOR_MS)
  }

  /** One session of a tile at a time: going on is made ready after. */
  async #foresee(wish: RecordedWish): Promise<void> {
    const turn = this.#turn
    this.#wish = null
    const tiles = [...this.#deps.tiles()]
    for (const tile of tiles) tile.unprepare()
    await Promise.all(tiles.map((tile) => tile.foresee(wish)))
    if (turn === this.#turn) this.#ready()
  }

  prepare(wish: RecordedWish): void {
    if (this.#wish && isSameWish(this.#wish, wish)) return
    this.#wish = wish
    const tiles = [...this.#deps.tiles()]
    const line = new StartLine(tiles.length, false)
    for (const tile of tiles) tile.prepare(wish, line)
  }
}
