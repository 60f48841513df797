import type { Clock } from '../../../../src-main/xprotect/clock.ts'

interface Alarm {
  atMs: number
  run: () => void
}

/** Clocks whose hands a test turns. The wall clock may be set by itself. */
export class FakeClock implements Clock {
  wallMs = Date.UTC(2026, 0, 5, 12)
  #monotonicMs = 1000
  readonly #alarms = new Set<Alarm>()

  now(): number {
    return this.wallMs
  }

  monotonic(): number {
    return this.#monotonicMs
  }

  after(ms: number, run: () => void): () => void {
    const alarm = { atMs: this.#monotonicMs + ms, run }
    this.#alarms.add(alarm)
    return () => this.#alarms.delete(alarm)
  }

  get alarms(): number {
    return this.#alarms.size
  }

  /** Time passes on both clocks; alarms ring in order, and what they set off is let happen. */
  async pass(ms: number): Promise<void> {
    await settled()
    const endMs = this.#monotonicMs + ms
    for (let next = this.#next(endMs); next; next = this.#next(endMs)) {
      this.#move(next.atMs - this.#monotonicMs)
      this.#alarms.delete(next)
      next.run()
      await settled()
    }
    this.#move(endMs - this.#monotonicMs)
    await settled()
  }

  #next(endMs: number): Alarm | undefined {
    return [...this.#alarms].filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0]
  }

  #move(ms: number): void {
    this.#monotonicMs += ms
    this.wallMs += ms
  }
}

/** Everything that only waited for a turn of the event loop has had it. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await new Promise((resolve) => setImmediate(resolve))
}
