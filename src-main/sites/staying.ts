import { failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import type { StaySignedIn } from '../../src-preload/contract/models/site.ts'
import type { Scope } from '../log.ts'
import type { Secrets } from '../storage/secrets.ts'
import type { Clock } from '../xprotect/clock.ts'
import { passwordKeepsake } from '../xprotect/means.ts'

interface Needs {
  siteId: SiteId
  /** What the profile allows. */
  policy: 'allowed' | 'never'
  secrets: Secrets
  /** What the server would take from us at the next start; a secret. */
  keepsake: () => string | undefined
  /** One attempt at the server. */
  resume: (user: string, keepsake: string) => Promise<unknown>
  /** Settles when the server can be reached, rejects when not. Sends nothing of ours. */
  reach: () => Promise<unknown>
  clock: Pick<Clock, 'after'>
  log: Scope
  changed: () => void
}

const AGAIN_MS = 5000

/**
 * Staying signed in over a restart: what the server gave us to come back with is sealed, anew each time it changes, and
 * one attempt is made with it at the next start. Only where sealing is to be trusted and the profile allows it.
 */
export class Staying {
  readonly #needs: Needs
  #may: { may: true } | Extract<StaySignedIn, { may: false }>
  /** Who stays; null where nobody wished it. */
  #user: string | null = null
  /** The latest wish, to stay or to come back: whatever an earlier one was waiting for changes nothing any more. */
  #wish: symbol | undefined
  #callOff: () => void = () => undefined

  constructor(needs: Needs) {
    this.#needs = needs
    // Until the vault has been looked at, nothing is promised.
    this.#may = { may: false, why: needs.policy === 'never' ? 'policy' : 'unavailable' }
  }

  get shown(): StaySignedIn {
    if (!this.#may.may) return this.#may
    return { may: true, isOn: this.#user !== null || this.#needs.secrets.has(this.#needs.siteId) }
  }

  /** Looks at the vault, and signs in where somebody stayed. Never rejects. */
  async start(): Promise<void> {
    if (this.#needs.policy === 'never') return this.#forget('the profile does not allow to stay signed in')
    const wish = (this.#wish = Symbol())
    await this.#look()
    await this.#comeBack(wish)
  }

  /** A person signed in, and said whether to stay. Never rejects. */
  async signedIn(user: string, stay: boolean): Promise<void> {
    this.stepAside()
    if (!stay) {
      return this.#forget('not to stay signed in')
    }
    const wish = (this.#wish = Symbol())
    if (this.#needs.policy === 'allowed') await this.#look()
    if (!this.#may.may || this.#wish !== wish) return
    this.#user = user
    await this.#seal(user)
  }

  /** What the server would take has changed. */
  renewed(): void {
    if (this.#user !== null) void this.#seal(this.#user) // never rejects
  }

  /** The person leaves: nothing of them stays. Never rejects. */
  async signedOut(): Promise<void> {
    this.stepAside()
    await this.#forget('signed out')
  }

  /** A person signs in or out, or the program ends: no attempt of our own any more, and nothing of the one before is sealed. */
  stepAside(): void {
    this.#user = null
    this.#wish = undefined
    this.#callOff()
  }

  /** Takes a password nobody has signed in with yet, from an imported profile. Whether it is kept. Never rejects. */
  async offer(user: string, password: string): Promise<boolean> {
    if (this.#needs.policy === 'allowed') await this.#look()
    return this.#may.may && this.#keep(user, passwordKeepsake(password))
  }

  async #look(): Promise<void> {
    const before = JSON.stringify(this.#may)
    const trust = await this.#needs.secrets.trust
    this.#may = trust.ok ? { may: true } : { may: false, why: trust.why }
    if (JSON.stringify(this.#may) !== before) this.#needs.changed()
  }

  /** One attempt with what is sealed, unless a person was quicker. */
  async #comeBack(wish: symbol): Promise<void> {
    if (!this.#may.may) return
    const opened = await this.#needs.secrets.open(this.#needs.siteId)
    if (opened.is !== 'open' || this.#wish !== wish) return
    this.#user = opened.user
    try {
      await this.#needs.resume(opened.user, opened.text)
    } catch (error) {
      if (this.#wish !== wish) return
      this.#user = null
      const because = failureOf(error)
      this.#needs.log.warn(`did not come back by itself: ${because.kind}`)
      // What the server may have looked at was the one attempt. The record stays, and the person is asked.
      if (neverArrived(because)) this.#whenReachable(wish)
    }
  }

  /** Nothing is sent before the server is there; then what is sealed is tried. */
  #whenReachable(wish: symbol): void {
    this.#callOff = this.#needs.clock.after((1 + Math.random()) * AGAIN_MS, () => {
      void this.#needs.reach().then(
        () => this.#comeBack(wish), // never rejects
        () => {
          if (this.#wish === wish) this.#whenReachable(wish)
        },
      )
    })
  }

  async #seal(user: string): Promise<void> {
    const keepsake = this.#needs.keepsake()
    if (keepsake === undefined) return
    if (!(await this.#keep(user, keepsake))) this.#user = null
  }

  async #keep(user: string, keepsake: string): Promise<boolean> {
    try {
      await this.#needs.secrets.keep(this.#needs.siteId, user, keepsake)
      return true
    } catch {
      // The reason may quote what was to be sealed.
      this.#needs.log.warn('it was not possible to seal what is needed to stay signed in')
      return false
    } finally {
      this.#needs.changed()
    }
  }

  /** Also where nothing is sealed yet: it may be about to be. */
  async #forget(why: string): Promise<void> {
    const { secrets, siteId, log, changed } = this.#needs
    const had = secrets.has(siteId)
    try {
      await secrets.forget(siteId)
      if (had) log.info(`what was sealed is removed: ${why}`)
    } catch (error) {
      log.error(`what was sealed could not be removed: ${JSON.stringify(failureOf(error))}`)
    }
    if (had) changed()
  }
}

/** Surely nobody has looked at what was to be sent, or only to say that it is not the time. */
function neverArrived(because: Failure): boolean {
  if (because.kind === 'busy') return true
  return because.kind === 'unreachable' && ['refused', 'no-such-host', 'no-route'].includes(because.how ?? '')
}
