import type { Clock } from '../../../src-main/xprotect/clock.ts'

interface Alarm {
  atMs: number
  run: () => void
  timer: NodeJS.Timeout
}

/** The computer's clocks, which a test may let leap: whatever would have rung meanwhile rings at once. */
export class LeapingClock implements Clock {
  #leaptMs = 0
  readonly #alarms = new Set<Alarm>()

  now(): number {
    return Date.now() + this.#leaptMs
  }

  monotonic(): number {
    return performance.now() + this.#leaptMs
  }

  after(ms: number, run: () => void): () => void {
    const alarm: Alarm = { atMs: this.monotonic() + ms, run, timer: setTimeout(() => this.#ring(alarm), ms) }
    this.#alarms.add(alarm)
    return () => this.#drop(alarm)
  }

  leap(ms: number): void {
    this.#leaptMs += ms
    for (const alarm of [...this.#alarms].sort((a, b) => a.atMs - b.atMs)) {
      clearTimeout(alarm.timer)
      alarm.timer = setTimeout(() => this.#ring(alarm), Math.max(0, alarm.atMs - this.monotonic()))
    }
  }

  #ring(alarm: Alarm): void {
    this.#drop(alarm)
    alarm.run()
  }

  #drop(alarm: Alarm): void {
    clearTimeout(alarm.timer)
    this.#alarms.delete(alarm)
  }
}
