import { placeAt, SAME_MS } from './frame-order.ts'
import type { RingBudget } from './ring-budget.ts'

/** A frame that is kept, and named by its moment. */
export interface Kept {
  /** Epoch milliseconds. */
  readonly mediaMs: number
  readonly bytes: number
  /** It is not kept any more. */
  drop: () => void
}

/** The frames of a tile that were decoded last, in the order of the recording: as many as its share of the memory holds. */
export class FrameRing<F extends Kept> {
  readonly #budget: RingBudget
  #frames: F[] = []
  #moments: number[] = []
  #bytes = 0
  /** Dropped, and their memory not yet given back. */
  #spares: F[] = []
  #spareBytes = 0

  constructor(budget: RingBudget) {
    this.#budget = budget
  }

  /** Their moments, ascending. */
  get moments(): readonly number[] {
    return this.#moments
  }

  get bytes(): number {
    return this.#bytes
  }

  /** The frame that stands at a moment; `undefined` where all that are kept come later. */
  at(mediaMs: number): F | undefined {
    return this.#frames[placeAt(this.#moments, mediaMs)]
  }

  /** Keeps a frame, and lets go of what is farthest from it where there is no room. One kept already is not kept twice. */
  add(frame: F): void {
    const place = placeAt(this.#moments, frame.mediaMs + SAME_MS) + 1
    if (place > 0 && this.#moments[place - 1]! >= frame.mediaMs - SAME_MS) return frame.drop()
    this.#frames.splice(place, 0, frame)
    this.#moments.splice(place, 0, frame.mediaMs)
    this.#bytes += frame.bytes
    this.#budget.enter(this)
    while (this.#frames.length > 1 && this.#bytes > this.#budget.shareBytes)
      this.#letGo(this.#frames.indexOf(frame) < this.#frames.length / 2 ? this.#frames.length - 1 : 0)
    this.#tidy()
  }

  /** A session begins at a moment and reaches another: where it leaves a hole to what is kept, one step would be many. */
  goOnFrom(fromMs: number, reachesMs: number): void {
    const [oldest, newest] = [this.#moments[0], this.#moments.at(-1)]
    if (oldest === undefined || newest === undefined) return
    const isNext = reachesMs >= oldest - SAME_MS && fromMs <= newest + SAME_MS
    while (!isNext && this.#frames.length > 0) this.#letGo(0)
  }

  /** The frame that was let go of last, once: its memory may be used again. */
  takeSpare(): F | null {
    const spare = this.#spares.pop() ?? null
    this.#spareBytes -= spare?.bytes ?? 0
    return spare
  }

  /** Keeps nothing, and gives all memory back. */
  clear(): void {
    for (const frame of this.#frames) frame.drop()
    this.#frames = []
    this.#moments = []
    this.#bytes = 0
    this.#spares = []
    this.#spareBytes = 0
    this.#budget.leave(this)
  }

  #letGo(place: number): void {
    const [frame] = this.#frames.splice(place, 1)
    this.#moments.splice(place, 1)
    this.#bytes -= frame?.bytes ?? 0
    if (!frame) return
    frame.drop()
    this.#spares.push(frame)
    this.#spareBytes += frame.bytes
  }

  /** What is kept and what may be used again take no more than the share together, but for one that is soon used. */
  #tidy(): void {
    while (this.#spares.length > 1 && this.#bytes + this.#spareBytes > this.#budget.shareBytes)
      this.#spareBytes -= this.#spares.shift()!.bytes
  }
}
