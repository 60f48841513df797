/** Presses within this time are one press (security.md 6, R37). */
const SAME_PRESS_MS = 3_000

/** Makes one command of a button that is pressed again while its first press is still being heard. */
export class Presses<T> {
  readonly #recent = new Map<string, { atMs: number; result: Promise<T> }>()
  readonly #monotonic: () => number

  constructor(monotonic: () => number) {
    this.#monotonic = monotonic
  }

  /** Without a key every press counts. One that failed is not remembered. */
  once(key: string | undefined, act: () => Promise<T>): Promise<T> {
    if (key === undefined) return act()
    const nowMs = this.#monotonic()
    for (const [other, { atMs }] of this.#recent) if (nowMs - atMs >= SAME_PRESS_MS) this.#recent.delete(other)
    const earlier = this.#recent.get(key)
    if (earlier) return earlier.result
    const result = act()
    this.#recent.set(key, { atMs: nowMs, result })
    result.catch(() => this.#recent.delete(key)) // the caller hears of it
    return result
  }
}
