import { AppError, type Failure } from '../../src-preload/contract/failure.ts'
import type { SiteLink } from '../../src-preload/contract/models/site.ts'
import type { Clock } from './clock.ts'

/** Tells when the server stops answering and when it answers again, and nothing in between. */
export class Link {
  #is: SiteLink['is'] | 'unknown' = 'unknown'
  readonly #clock: Clock
  readonly #tell: (link: SiteLink) => void

  constructor(clock: Clock, tell: (link: SiteLink) => void) {
    this.#clock = clock
    this.#tell = tell
  }

  up(): void {
    if (this.#is === 'up') return
    this.#is = 'up'
    this.#tell({ is: 'up' })
  }

  down(because: Failure): void {
    if (this.#is === 'down') return
    this.#is = 'down'
    this.#tell({ is: 'down', because, since: new Date(this.#clock.now()).toISOString() })
  }

  /** What was known says nothing any more: whatever comes next is told. */
  forget(): void {
    this.#is = 'unknown'
  }

  /** What an exchange that failed says about the link. An error of ours says nothing. */
  failed(error: unknown): void {
    if (error instanceof AppError) this.down(error.failure)
  }
}
