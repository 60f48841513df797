import { randomUUID } from 'node:crypto'
import { AppError, type Failure } from '../../src-preload/contract/failure.ts'
import type { Fingerprint, ProbeReport } from '../../src-preload/contract/models/certificate.ts'
import type { ExpiringCertificate, OriginTest, SiteOrigin } from '../../src-preload/contract/models/site.ts'
import { parseOrigin } from '../storage/origin.ts'
import type { SiteProfile } from '../storage/profile.ts'
import {
  createFailOver,
  deadServiceOf,
  type AgreedPin,
  type BlockedReport,
  type FailOver,
  type PinWish,
  type SiteTrust,
  type SiteTrustNeeds,
  type Transport,
} from '../trust/index.ts'
import type { Clock } from '../xprotect/clock.ts'
import { wellKnown } from '../xprotect/well-known.ts'
import { addressOf, agreedFor, originsOf, placedOrigins, type OriginName, type PlacedOrigin } from './origins.ts'

/** Origins go by their own address here, `https://host:port`. */
export type MakeTrust = (needs: SiteTrustNeeds<string>) => SiteTrust<string>

/** What a site hears from its trust. */
export interface TrustListener {
  blocked: (because: Failure, report?: ProbeReport) => void
  restored: (origin: string) => void
  promoted: (origin: string, pin: Fingerprint) => void
  /** New requests go by another gateway. */
  moved: (gateway: string) => void
  expiring: (certificate: ExpiringCertificate) => void
  /** A server that is preferred, or was tried, shows another certificate than the agreed one. Nothing was sent to it. */
  strange: (origin: string) => void
  /** Nothing would be lost by going by another gateway now. */
  isIdle: () => boolean
}

/** More recorders than any site has that is looked after from one screen; a server could name others at each sign-in. */
const MOST_LEARNT = 64

/** Every server of one site: how each proves itself, which gateway is in use, and which may be agreed on. */
export class SiteRoads {
  readonly #profile: SiteProfile
  readonly #trust: SiteTrust<string>
  readonly #failOver: FailOver
  readonly #listener: TrustListener
  readonly #gateways: string[]
  readonly #idp: string | undefined
  readonly #placed: PlacedOrigin[]
  /** Showed another certificate when it was last looked at in passing. */
  readonly #strange = new Set<string>()
  /** Recorders the server told of. */
  readonly #learnt = new Set<string>()

  constructor(profile: SiteProfile, makeTrust: MakeTrust, clock: Pick<Clock, 'after'>, listener: TrustListener) {
    this.#profile = profile
    this.#listener = listener
    this.#gateways = profile.gateway
    this.#idp = originsOf(profile).idp
    this.#placed = placedOrigins(profile)
    this.#trust = makeTrust({
      origins: Object.fromEntries(
        this.#placed.map(({ origin }) => [origin, { origin, trust: agreedFor(profile, origin) }]),
      ),
      preferredTo: (origin) => this.#gateways.slice(0, Math.max(0, this.#gateways.indexOf(origin))),
      onBlocked: (report) => listener.blocked(report.because, seenIn(report)),
      onRestored: ({ origin }) => this.#restored(origin),
      onPromoted: ({ origin, fingerprint }) => listener.promoted(origin, fingerprint),
      onExpiring: (expiring) => listener.expiring(shown(expiring)),
    })
    this.#failOver = createFailOver({
      roads: this.#gateways.map((origin) => ({
        transport: this.#trust.transport(origin),
        isAgreed: () => this.#trust.trustOf(origin).mode !== 'none',
        isBack: () => this.#isBack(origin),
      })),
      clock,
      mayGoBack: () => listener.isIdle() && !this.#trust.blocked,
      onMoved: (to) => listener.moved(this.#gateways[to]!),
    })
  }

  /** The gateway's transport is over all gateways. */
  transport(name: OriginName): Transport {
    return name === 'idp' && this.#idp !== undefined ? this.#trust.transport(this.#idp) : this.#failOver
  }

  /**
   * A recorder the profile names, or the server told of: that one is learnt, and refuses everything until its certificate
   * has been agreed on.
   */
  recorder(origin: string): Transport {
    this.learn(origin)
    return this.#trust.transport(origin)
  }

  /** Every server, learnt ones too. */
  get origins(): SiteOrigin[] {
    return this.#placed.map(({ origin, role }) => ({
      address: addressOf(origin),
      role,
      trust: this.#trust.trustOf(origin).mode,
      blocked: this.#trust.blocked?.origin === origin || this.#strange.has(origin),
    }))
  }

  /** The gateway in use. */
  get gateway(): string {
    return this.#gateways[this.#failOver.present]!
  }

  get expiring(): ExpiringCertificate[] {
    return this.#trust.expiring.map(shown)
  }

  /** The server that must be agreed on before anybody can sign in; gateways that stand by are not waited for. */
  get unpinned(): string | undefined {
    return [this.#gateways[0]!, ...(this.#idp === undefined ? [] : [this.#idp])].find(
      (origin) => this.#trust.trustOf(origin).mode === 'none',
    )
  }

  get blocked(): BlockedReport | undefined {
    return this.#trust.blocked
  }

  /** The server a person is to look at next, or the one at this address; undefined where there is none. */
  toProbe(address?: string): string | undefined {
    if (address === undefined) return this.#trust.blocked?.origin ?? this.unpinned ?? this.#gateways[0]
    return this.#placed.find(({ origin }) => addressOf(origin) === address)?.origin
  }

  probe(origin: string): Promise<ProbeReport> {
    return this.#trust.probe(origin)
  }

  /**
   * Agrees on a certificate a person has looked at and typed the end of: a first one, or another in a pinned one's place
   * that changed; anything else is `forbidden`. `keep` saves it first. True where the site was shut by that server.
   */
  async pin(wish: PinWish, keep: (agreed: AgreedPin<string>) => Promise<void>): Promise<boolean> {
    let wasShut = false
    await this.#trust.pin(wish, async (agreed) => {
      const { origin } = agreed
      if (!this.#mayPin(origin)) throw new AppError({ kind: 'forbidden' })
      wasShut = this.#trust.blocked?.origin === origin
      await keep(agreed)
      this.#strange.delete(origin)
    })
    return wasShut
  }

  /**
   * A recorder the server told of. It is shown, and pinned like a new site before anything is sent to it, unless the
   * profile holds what was agreed on earlier. Whether it is news; what is no address, or one too many, is none.
   */
  learn(told: string): boolean {
    const origin = parseOrigin(told)
    if (origin === undefined || this.#learnt.size >= MOST_LEARNT) return false
    if (this.#placed.some((known) => known.origin === origin)) return false
    this.#trust.learn(origin, origin, agreedFor(this.#profile, origin))
    this.#placed.push({ origin, role: 'recorder' })
    this.#learnt.add(origin)
    return true
  }

  /** Tries every server part by part, without a credential; a person may be signed in or not. */
  test(): Promise<OriginTest[]> {
    return Promise.all(
      this.#placed.map(async ({ origin, role }) => {
        const steps = await this.#trust.test(origin, role === 'recorder' ? undefined : wellKnown[role])
        return { address: addressOf(origin), role, steps }
      }),
    )
  }

  renew(): void {
    this.#trust.renew()
  }

  close(): void {
    this.#failOver.close()
    this.#trust.close()
  }

  #mayPin(origin: string): boolean {
    const { mode } = this.#trust.trustOf(origin)
    return mode === 'none' || (mode === 'pin' && (this.#trust.blocked?.origin === origin || this.#strange.has(origin)))
  }

  /** The certificate first: a stranger in a preferred gateway's place must not shut a site that runs by another. */
  async #isBack(origin: string): Promise<boolean> {
    const look = await this.#trust.look(origin)
    if (look === 'other' && !this.#strange.has(origin)) {
      this.#strange.add(origin)
      this.#listener.strange(origin)
    }
    if (look === 'agreed') this.#strange.delete(origin)
    if (look !== 'agreed') return false
    try {
      return (
        deadServiceOf(await this.#trust.transport(origin).request({ method: 'GET', path: wellKnown.gateway })) ===
        undefined
      )
    } catch {
      return false // still away
    }
  }

  #restored(origin: string): void {
    const at = this.#gateways.indexOf(origin)
    if (at >= 0) this.#failOver.take(at)
    this.#listener.restored(origin)
  }
}

const shown = ({ origin, validTo, daysLeft }: { origin: string; validTo: string; daysLeft: number }) => ({
  address: addressOf(origin),
  validTo,
  daysLeft,
})

/** Old beside new, for the screen. Its id is nobody's: nothing can be agreed on by a report no one asked for. */
function seenIn({ address, offered, trusted, expected, seenAt }: BlockedReport): ProbeReport | undefined {
  return offered && { probeId: randomUUID(), address, offered, ...(trusted && { trusted }), pinned: expected, seenAt }
}
