import type { X509Certificate } from 'node:crypto'
import type { CertificateFacts, Fingerprint } from '../../src-preload/contract/models/certificate.ts'
import { authorities } from './authorities.ts'
import { factsOf } from './certificate.ts'
import { fingerprintOf, judge } from './judge.ts'
import type { Origin } from './origin.ts'
import { createPinnedOrigin, type Limits, type PinnedOrigin } from './pinned-origin.ts'
import { acceptedPins, promoted } from './pins.ts'
import { probeOrigin, type Sight } from './probe.ts'
import type { TrustError } from './trust-error.ts'
import type { Clock, OriginTrust } from './types.ts'

export interface AgreedOriginNeeds {
  origin: Origin
  trust: OriginTrust
  clock: Clock
  limits?: Partial<Limits>
  onRefused: (error: TrustError, seen?: { certificate: X509Certificate | undefined; authorized: boolean }) => void
  /** Every certificate that was as agreed, at every handshake. */
  onAccepted: (certificate: X509Certificate) => void
  /** A certificate announced for a planned rotation was seen for the first time. */
  onPromoted: (fingerprint: Fingerprint, trust: OriginTrust) => void
}

/** What a look at an origin's certificate found: the one agreed on, another one, or nobody who speaks TLS. */
export type Look = 'agreed' | 'other' | 'away'

/** One origin of a site: what was agreed about it, and the present generation of connections under that agreement. */
export interface AgreedOrigin {
  readonly origin: Origin
  readonly trust: OriginTrust
  readonly expected: Fingerprint[]
  /** The agreed certificate as it was last seen; undefined where it was not yet. */
  readonly seen: CertificateFacts | undefined
  /** The connections to use now; made when first asked for. */
  road(): PinnedOrigin
  /** The next request gets new connections; what is under way ends by itself. */
  renew(): void
  destroy(reason: Error): void
  agree(trust: OriginTrust): void
  /** Shakes hands without a credential and holds what it sees against the agreement. */
  look(): Promise<Look>
}

export function createAgreedOrigin(needs: AgreedOriginNeeds): AgreedOrigin {
  const { origin, clock } = needs
  let trust = needs.trust
  let present: PinnedOrigin | undefined
  let seen: { certificate: X509Certificate; authorized: boolean } | undefined
  /** Earlier generations whose sockets may still be open. */
  let retired: PinnedOrigin[] = []

  function makeRoad(): PinnedOrigin {
    const made = createPinnedOrigin({
      origin,
      trust,
      clock,
      ...(needs.limits && { limits: needs.limits }),
      // A retired generation judges by an old agreement: its word counts no more.
      onRefused: (error, seen) => present === made && needs.onRefused(error, seen),
      onAccepted: (certificate, authorized) => present === made && accept(certificate, authorized),
      onSilent: () => present === made && renew(),
    })
    return made
  }

  function accept(certificate: X509Certificate, authorized: boolean): void {
    seen = { certificate, authorized }
    needs.onAccepted(certificate)
    const fingerprint = fingerprintOf(certificate)
    const now = promoted(trust, fingerprint, clock.now())
    if (now === trust) return
    trust = now
    needs.onPromoted(fingerprint, trust)
  }

  function renew(): void {
    present?.retire()
    const ended = present ? [...retired, present] : retired
    present = undefined
    retired = ended.filter(({ underWay }) => underWay > 0)
  }

  function destroy(reason: Error): void {
    const ended = present ? [...retired, present] : retired
    present = undefined
    retired = []
    for (const each of ended) each.destroy(reason)
  }

  return {
    origin,
    get trust() {
      return trust
    },
    get expected() {
      return acceptedPins(trust, clock.now())
    },
    get seen() {
      return seen && factsOf(seen.certificate, origin.host, seen.authorized)
    },
    road: () => (present ??= makeRoad()),
    renew,
    destroy,
    agree(agreed) {
      trust = agreed
      seen = undefined
    },
    async look() {
      if (trust.mode === 'none') return 'away'
      let sight: Sight
      try {
        sight = await probeOrigin(origin, authorities(trust))
      } catch {
        return 'away' // nobody there, or nobody who speaks TLS: not back yet
      }
      if (judge(sight.certificate, sight.handshake, trust, origin.host, clock.now())) return 'other'
      accept(sight.certificate, sight.handshake.authorized)
      return 'agreed'
    },
  }
}
