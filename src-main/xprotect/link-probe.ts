import { failureOf } from '../../src-preload/contract/failure.ts'
import type { Clock } from './clock.ts'

interface ProbeDeps {
  clock: Clock
  /** Asks the server something cheap. What comes of it is told to the link by the transport. */
  ask: () => Promise<unknown>
}

const SOON_MS = 1000
const SHORTEST_MS = 5000
/** A link that goes again this soon after it came back is asked after less often, so that nothing flickers. */
const UNSTABLE_MS = 30_000
const MOST_PATIENCE = 6
/** Asking again by itself changes nothing about these: a person, or the gate of trust, comes first. */
const HOPELESS = new Set(['signed-out', 'not-pinned', 'untrusted-certificate', 'unusable-certificate'])

/**
 * Asks a server that has gone every 5 to 10 seconds whether it is back, so that nobody has to try (security.md 4.3).
 * One question at a time, and by chance a little earlier or later: a control room does not knock in step.
 */
export class LinkProbe {
  readonly #deps: ProbeDeps
  #run: symbol | undefined
  #callOff: () => void = () => undefined
  #upMs = -UNSTABLE_MS
  #patience = 1

  constructor(deps: ProbeDeps) {
    this.#deps = deps
  }

  /** The link is down: asks until `stop`. */
  start(): void {
    if (this.#run) return
    const isUnstable = this.#deps.clock.monotonic() - this.#upMs < UNSTABLE_MS
    this.#patience = isUnstable ? Math.min(this.#patience + 1, MOST_PATIENCE) : 1
    this.#begin((1 + Math.random()) * SHORTEST_MS * this.#patience)
  }

  /** Asks in a second or two, whatever is known: after sleep a network needs a moment itself. */
  soon(): void {
    this.#callOff()
    this.#begin((1 + Math.random()) * SOON_MS)
  }

  /** The link is up. */
  isUp(): void {
    if (this.#run) this.#upMs = this.#deps.clock.monotonic()
    this.stop()
  }

  stop(): void {
    this.#callOff()
    this.#run = undefined
  }

  #begin(ms: number): void {
    const run = Symbol()
    this.#run = run
    this.#later(ms, run)
  }

  #later(ms: number, run: symbol): void {
    this.#callOff = this.#deps.clock.after(ms, () => void this.#look(run)) // never rejects
  }

  async #look(run: symbol): Promise<void> {
    try {
      await this.#deps.ask()
    } catch (error) {
      if (this.#run === run && HOPELESS.has(failureOf(error).kind)) this.stop()
    }
    if (this.#run === run) this.#later((1 + Math.random()) * SHORTEST_MS * this.#patience, run)
  }
}
