import type { JobId } from '../../src-preload/contract/models/job.ts'
import type { Clock } from './clock.ts'
import type { Job } from './job.ts'

/** How long ago commands were asked for, by whichever clock says more: nothing may be sent late. */
export class Ages {
  readonly #clock: Pick<Clock, 'now' | 'monotonic'>
  /** By the clock that nobody sets. Not known of those from before the start. */
  readonly #pressedMs = new Map<JobId, number>()

  constructor(clock: Pick<Clock, 'now' | 'monotonic'>) {
    this.#clock = clock
  }

  /** A person asks for it; `atMs` by the clock that nobody sets, where that was not just now. */
  pressed(id: JobId, atMs = this.#clock.monotonic()): void {
    this.#pressedMs.set(id, atMs)
  }

  forget(id: JobId): void {
    this.#pressedMs.delete(id)
  }

  /** Milliseconds. A clock that was set back since the press makes it older, not younger. */
  of({ id, pressedMs }: Job): number {
    const nowMs = this.#clock.now()
    const steadyMs = this.#pressedMs.get(id)
    if (steadyMs !== undefined) return Math.max(nowMs - pressedMs, this.#clock.monotonic() - steadyMs)
    return nowMs < pressedMs ? Infinity : nowMs - pressedMs
  }
}
