import { AppError, failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { SiteState } from '../../src-preload/contract/models/site.ts'
import type { Scope } from '../log.ts'
import type { Server } from '../xprotect/server.ts'
import type { SiteEvent } from './site-state.ts'

interface Needs {
  state: () => SiteState
  happen: (event: SiteEvent) => void
  signOut: Server['signOut']
  tell: (error: unknown) => Failure
  log: Scope
  /** Who signed in and out, and who was refused. */
  audit: (line: { what: 'signed-in' | 'sign-in-refused' | 'signed-out'; who: string; outcome?: string }) => void
}

/** Who is signed in at one site. Of several wishes the latest counts, whatever becomes of those before it. */
export class SiteSession {
  readonly #needs: Needs
  #user: string
  #signedInAs: string | null = null
  #attempt = 0

  constructor(user: string, needs: Needs) {
    this.#user = user
    this.#needs = needs
  }

  /** The name typed last, or given by the profile. */
  get user(): string {
    return this.#user
  }

  /** Who holds a session with the server, also while nothing may be sent. */
  get signedInAs(): string | null {
    return this.#signedInAs
  }

  /** One attempt. Whether it was the latest wish, and came true; a refusal is thrown, and stays on the site. */
  async enter(user: string, attemptIt: () => Promise<void>): Promise<boolean> {
    const { state, happen, tell, log, audit } = this.#needs
    const before = state()
    if (before.phase === 'blocked') throw new AppError(before.because)
    if (before.phase === 'unpinned') throw new AppError({ kind: 'not-pinned' })
    const attempt = ++this.#attempt
    const isLatest = (): boolean => attempt === this.#attempt
    this.#user = user
    happen({ type: 'signInStarted', user })
    try {
      await attemptIt()
    } catch (error) {
      const { kind } = failureOf(error)
      // Where nobody answered, nobody refused; a program that comes back by itself would say so every few seconds.
      if (kind !== 'unreachable' && kind !== 'busy') audit({ what: 'sign-in-refused', who: user, outcome: kind })
      if (isLatest()) happen({ type: 'signInFailed', because: tell(error) })
      throw error
    }
    if (!isLatest()) return false
    this.#signedInAs = user
    audit({ what: 'signed-in', who: user })
    happen({ type: 'signedIn' })
    log.info('signed in')
    return true
  }

  /** Everything of the session is forgotten here, whatever the server hears of it. */
  async leave(): Promise<void> {
    const { happen, signOut, log } = this.#needs
    this.overtake()
    this.#noteEnd()
    this.#signedInAs = null
    happen({ type: 'signedOut' })
    try {
      await signOut()
    } catch (error) {
      // The server's token ends by itself.
      log.warn(`the server was not told of the sign-out: ${failureOf(error).kind}`)
    }
  }

  /** The server ended it. */
  ended(because: Failure): void {
    this.#noteEnd(because)
    this.#signedInAs = null
    this.#needs.happen({ type: 'signedOut', because })
  }

  #noteEnd(because?: Failure): void {
    const who = this.#signedInAs
    if (who !== null) this.#needs.audit({ what: 'signed-out', who, ...(because && { outcome: because.kind }) })
  }

  /** Whatever is being attempted changes nothing any more. */
  overtake(): void {
    this.#attempt += 1
  }
}
