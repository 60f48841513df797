/** Each session is sampled this often. */
const PERIOD_MS = 2_000

interface Sampled {
  sample(): Promise<void>
}

/**
 * Samples the sessions one after the other, spread over the period: asked all at once they would hold the page for a
 * noticeable time (simulator.md 11). Runs only while somebody looks at statistics.
 */
export class StatsSampler {
  readonly #sessions: () => Sampled[]
  #timer: ReturnType<typeof setTimeout> | undefined
  #watchers = 0
  #turn = 0

  constructor(sessions: () => Sampled[]) {
    this.#sessions = sessions
  }

  /** Samples until the returned function is called. */
  start(): () => void {
    let isOver = false
    if (++this.#watchers === 1) this.#next()
    return () => {
      if (isOver) return
      isOver = true
      if (--this.#watchers === 0) this.stop()
    }
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #next(): void {
    const sessions = this.#sessions()
    const session = sessions[this.#turn++ % Math.max(1, sessions.length)]
    session?.sample().catch(() => {}) // its peer was closed meanwhile
    this.#timer = setTimeout(() => this.#next(), PERIOD_MS / Math.max(1, sessions.length))
  }
}
