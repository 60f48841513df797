interface Beat {
  everyMs: number
  nextMs: number
  act: (nowMs: number) => void
}

/** Behind by more than this, a beat is not made up for: the process was stopped, or the machine overloaded. */
const GIVE_UP_MS = 500

/** One timer for all that happens regularly: however many sessions send, the process wakes once for those due. */
export class Pulse {
  readonly #beats = new Set<Beat>()
  #timer: NodeJS.Timeout | undefined

  /** Calls `act` now and then each `everyMs`, without drift; the returned function ends it. */
  start(everyMs: number, act: (nowMs: number) => void): () => void {
    const beat: Beat = { everyMs, nextMs: performance.now(), act }
    this.#beats.add(beat)
    this.#arm()
    return () => {
      this.#beats.delete(beat)
      this.#arm()
    }
  }

  /** Ends all beats. */
  stop(): void {
    this.#beats.clear()
    this.#arm()
  }

  #arm(): void {
    clearTimeout(this.#timer)
    if (this.#beats.size === 0) return
    let earliest = Infinity
    for (const { nextMs } of this.#beats) earliest = Math.min(earliest, nextMs)
    this.#timer = setTimeout(() => this.#tick(), Math.max(1, earliest - performance.now()))
  }

  #tick(): void {
    const now = performance.now()
    for (const beat of this.#beats) {
      if (beat.nextMs > now + 1) continue
      beat.nextMs = now - beat.nextMs > GIVE_UP_MS ? now + beat.everyMs : beat.nextMs + beat.everyMs
      beat.act(Date.now())
    }
    this.#arm()
  }
}
