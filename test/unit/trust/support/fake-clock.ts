import type { Clock } from '../../../../src-main/trust/types.ts'

/** Time that passes when told to. */
export interface FakeClock extends Clock {
  advance(byMs: number): void
  /** Timers that have not run yet. */
  readonly pending: number
}

export function fakeClock(startMs = Date.now()): FakeClock {
  let nowMs = startMs
  const timers = new Map<symbol, { atMs: number; run: () => void }>()
  return {
    now: () => nowMs,
    after(delayMs, run) {
      const id = Symbol('timer')
      timers.set(id, { atMs: nowMs + delayMs, run })
      return () => void timers.delete(id)
    },
    advance(byMs) {
      nowMs += byMs
      for (const [id, { atMs, run }] of [...timers]) {
        if (atMs > nowMs) continue
        timers.delete(id)
        run()
      }
    },
    get pending() {
      return timers.size
    },
  }
}
