import type { Clock } from '../../../../src-main/journal/clock.ts'

/** Time that passes when told to, by both clocks or by one. */
export class FakeClock implements Clock {
  #nowMs = Date.UTC(2026, 2, 1, 9)
  #steadyMs = 0
  readonly #timers = new Map<symbol, { atMs: number; run: () => void }>()

  now(): number {
    return this.#nowMs
  }

  monotonic(): number {
    return this.#steadyMs
  }

  after(ms: number, run: () => void): () => void {
    const id = Symbol('timer')
    this.#timers.set(id, { atMs: this.#steadyMs + ms, run })
    return () => void this.#timers.delete(id)
  }

  advance(byMs: number): void {
    this.#nowMs += byMs
    this.#steadyMs += byMs
    for (const [id, { atMs, run }] of [...this.#timers]) {
      if (atMs > this.#steadyMs || !this.#timers.delete(id)) continue
      run()
    }
  }

  /** Somebody, or NTP, sets the clock on the wall. */
  set(byMs: number): void {
    this.#nowMs += byMs
  }
}

/** Gives everything that is ready to run its turn, some times over. */
export async function turns(count = 20): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** Waits for a state, a turn at a time; one that does not come is an error. */
export async function until(isSo: () => boolean, what = 'the state waited for'): Promise<void> {
  for (let turn = 0; turn < 2_000; turn++) {
    if (isSo()) return
    await turns(1)
  }
  throw new Error(`${what} did not come`)
}
