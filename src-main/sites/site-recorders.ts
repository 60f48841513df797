import { failureOf } from '../../src-preload/contract/failure.ts'
import type { Scope } from '../log.ts'

interface Needs {
  ask: (signal: AbortSignal) => Promise<string[]>
  log: Scope
  /** Addresses the server gave: to be shown, and spoken to only once a person agreed on their certificates. */
  learnt: (origins: string[]) => void
}

/** Where a server says its recorders are: asked once at each sign-in, and once more where no answer came. */
export class SiteRecorders {
  readonly #needs: Needs
  #run = new AbortController()
  #isAsked = false

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** Never rejects: without an answer those of the profile are all there are. */
  async ask(): Promise<void> {
    if (this.#isAsked) return
    this.#isAsked = true
    this.#run = new AbortController()
    const { signal } = this.#run
    try {
      const origins = await this.#needs.ask(signal)
      if (!signal.aborted) this.#needs.learnt(origins)
    } catch (error) {
      if (signal.aborted) return
      const { kind } = failureOf(error)
      this.#needs.log.info(`where the recorders are is not known: ${kind}`)
      this.#isAsked = kind !== 'unreachable' && kind !== 'busy'
    }
  }

  /** Whoever signs in next may be told of others. */
  forget(): void {
    this.#run.abort()
    this.#isAsked = false
  }
}
