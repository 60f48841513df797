import { failureOf } from '../../src-preload/contract/failure.ts'
import type { Fingerprint } from '../../src-preload/contract/models/certificate.ts'
import type { AuditEntry } from '../journal/audit-entry.ts'
import type { Scope } from '../log.ts'
import { refuseManaged } from '../storage/profile-acts.ts'
import type { SiteProfile } from '../storage/profile.ts'
import type { ProfileStore, StoredProfile } from '../storage/profiles.ts'
import type { PinWish } from '../trust/index.ts'
import { inWords } from './account.ts'
import { addressOf } from './origins.ts'
import type { SiteRoads } from './site-trust.ts'
import { pinWords, trustLine } from './trust-lines.ts'

export type PinStore = Pick<ProfileStore, 'savePin' | 'saveRepin' | 'savePromotion'>

interface Needs {
  stored: StoredProfile
  store: PinStore
  log: Scope
  audit: (entry: AuditEntry) => void
  /** Who holds a session with the server. */
  user: () => string | null
  /** Ends that session. */
  leave: () => Promise<void>
}

/** What was agreed on with the servers of a site, kept in its profile before anything changes. */
export class SitePins {
  readonly #needs: Needs
  #profile: SiteProfile

  constructor(needs: Needs) {
    this.#needs = needs
    this.#profile = needs.stored.profile
  }

  /** As it was read, with what was agreed on since. */
  get profile(): SiteProfile {
    return this.#profile
  }

  /**
   * Agrees on a certificate just probed whose last digits a person typed: a first one, or another in the place of one
   * that changed. True where the site was shut by that server: then nobody is signed in any more, for the old token was
   * another server's.
   */
  pin(wish: PinWish, roads: Pick<SiteRoads, 'pin' | 'blocked'>): Promise<boolean> {
    const { stored, log, user, leave, audit } = this.#needs
    refuseManaged(stored)
    return roads.pin(wish, async ({ origin, before }) => {
      await this.#save(origin, wish.fingerprint, before)
      const who = inWords(user())
      const instead = before.length > 0 ? ` in place of ${before.join(', ')}` : ''
      log.info(`certificate ${wish.fingerprint} agreed on for ${addressOf(origin)}${instead} (${who})`)
      const change = { siteId: stored.profile.id, origin, before: pinWords(before), after: wish.fingerprint }
      audit(trustLine(change, { who, source: 'agreed' }))
      // While the gate is shut: nothing of the old session can reach the new server.
      if (roads.blocked?.origin === origin) await leave()
    })
  }

  /** An announced certificate is in use now. */
  promoted(origin: string, pin: Fingerprint): void {
    const { stored, store, log, audit } = this.#needs
    const agreed = this.#profile.trust[origin]
    const before = pinWords(agreed?.mode === 'pin' ? agreed.pins : [])
    audit(trustLine({ siteId: stored.profile.id, origin, before, after: pin }, { who: '', source: 'announced' }))
    log.info(`announced certificate ${pin} is now in use at ${addressOf(origin)}`)
    store.savePromotion(stored.profile.id, origin, pin).catch((error: unknown) => {
      // The announced pin stays in the file and is accepted as before; only its place is not up to date.
      log.warn(`the profile was not brought up to date: ${JSON.stringify(failureOf(error))}`)
    })
  }

  async #save(origin: string, pin: Fingerprint, before: Fingerprint[]): Promise<void> {
    const { store, stored } = this.#needs
    const { id } = stored.profile
    const saved = before.length > 0 ? store.saveRepin(id, origin, pin) : store.savePin(id, origin, pin)
    this.#profile = { ...this.#profile, trust: (await saved).trust }
  }
}
