/**
 * What all kept frames of the page may take together. A frame of 1280 × 720 takes 1.4 million bytes, so that four cameras
 * have about two seconds each at 25 frames a second.
 */
export const RING_BYTES = 256 * 1024 * 1024

/** The memory for kept frames, shared alike by all tiles that keep some. */
export class RingBudget {
  readonly #bytes: number
  readonly #rings = new Set<object>()

  constructor(bytes: number = RING_BYTES) {
    this.#bytes = bytes
  }

  /** What each may take. */
  get shareBytes(): number {
    return this.#bytes / Math.max(1, this.#rings.size)
  }

  /** This one keeps frames; more often does no harm. */
  enter(ring: object): void {
    this.#rings.add(ring)
  }

  /** It keeps none. */
  leave(ring: object): void {
    this.#rings.delete(ring)
  }
}
