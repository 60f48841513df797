/** What is known of recordings, as far as ways lead along them; `null` where there is none, or nobody knows. */
interface Landmarks {
  nextAfter: (mediaMs: number) => number | null
  previousBefore: (mediaMs: number) => number | null
}

/** A way from one moment to another that can be gone again from there. */
type Way = { is: 'next' } | { is: 'previous' } | { is: 'step'; byMs: number }

/** Who went the same way twice, and saw where it led, may go it a third time: says where that would lead. */
export class Foresight {
  readonly #landmarks: Landmarks
  #last: Way | null = null
  #isRepeated = false

  constructor(landmarks: Landmarks) {
    this.#landmarks = landmarks
  }

  /** Somebody goes from one moment to another. `isSeen`: the picture they go from was there; else they go on blindly. */
  note(fromMs: number, toMs: number, isSeen: boolean): void {
    const way = this.#wayOf(fromMs, toMs)
    this.#isRepeated = isSeen && this.#last !== null && isSameWay(way, this.#last)
    this.#last = isSeen ? way : null
  }

  /** Whether `take` may have an answer. */
  get isExpecting(): boolean {
    return this.#isRepeated
  }

  /**
   * Where they may go next from this moment; `null` where nobody can tell, and when asked a second time. A step from a
   * clock that runs leads somewhere else each moment.
   */
  take(atMs: number, isRunning: boolean): number | null {
    if (!this.#isRepeated || this.#last === null) return null
    this.#isRepeated = false
    if (this.#last.is === 'next') return this.#landmarks.nextAfter(atMs)
    if (this.#last.is === 'previous') return this.#landmarks.previousBefore(atMs)
    return isRunning ? null : atMs + this.#last.byMs
  }

  #wayOf(fromMs: number, toMs: number): Way {
    if (toMs === this.#landmarks.nextAfter(fromMs)) return { is: 'next' }
    if (toMs === this.#landmarks.previousBefore(fromMs)) return { is: 'previous' }
    return { is: 'step', byMs: Math.round(toMs - fromMs) } // a clock that runs stands between milliseconds
  }
}

/** Moments are whole milliseconds where they are asked for: a step from a clock that runs may be one longer or shorter. */
const isSameWay = (a: Way, b: Way): boolean =>
  a.is === 'step' && b.is === 'step' ? Math.abs(a.byMs - b.byMs) <= 1 : a.is === b.is
