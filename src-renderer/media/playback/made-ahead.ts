import { isSameWish, type RecordedWish } from './recorded-session.ts'
import type { RecordedTile } from './recorded-tile.ts'
import { StartLine } from './start-line.ts'

/** A paused playback is made ready to go on where it stands, once it has stood so long. */
const READY_AFTER_MS = 400
/** Servers let go of sessions nobody answers [?]; they are made anew before. */
const READY_FOR_MS = 45_000

interface MadeAheadDeps {
  tiles: () => Iterable<RecordedTile>
  /** What going on from here would ask for; `null` where it does not stand. */
  here: () => RecordedWish | null
}

/** The sessions that will be wanted next, made before they are. */
export class MadeAhead {
  readonly #deps: MadeAheadDeps
  #wish: RecordedWish | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

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
    clearTimeout(this.#timer)
  }

  /** It stands: what going on needs is made, and kept fresh. */
  readySoon(): void {
    this.wait()
    const ready = (): void => {
      const wish = this.#deps.here()
      if (!wish) return
      this.#wish = null
      this.prepare(wish)
      this.#timer = setTimeout(ready, READY_FOR_MS)
    }
    this.#timer = setTimeout(ready, READY_AFTER_MS)
  }

  prepare(wish: RecordedWish): void {
    if (this.#wish && isSameWish(this.#wish, wish)) return
    this.#wish = wish
    const tiles = [...this.#deps.tiles()]
    const line = new StartLine(tiles.length, false)
    for (const tile of tiles) tile.prepare(wish, line)
  }
}
