import { randomUUID } from 'node:crypto'
import type { CertificateFacts, Fingerprint } from '../../src-preload/contract/models/certificate.ts'
import { asAppError } from './failures.ts'
import { judge } from './judge.ts'
import type { Origin } from './origin.ts'
import { probeOrigin, type Sight } from './probe.ts'
import { TrustError } from './trust-error.ts'
import type { Clock, OriginTrust } from './types.ts'

/** A certificate may be agreed on for this long after it was looked at. */
const probeLifeMs = 15 * 60_000

/** What a person agrees on: a certificate main has probed, and its last digits as typed from another source. */
export interface PinWish {
  probeId: string
  fingerprint: Fingerprint
  /** 8 hexadecimal digits, lower case. */
  typed: string
}

/** What is to be kept of an agreement. */
export interface AgreedPin<Name extends string> {
  origin: Name
  before: Fingerprint[]
  trust: Extract<OriginTrust, { mode: 'pin' }>
}

/** The looks a person may agree on: only what was seen here, only what was typed (security.md 2.4). */
export interface Agreements<Name extends string> {
  probe(name: Name, origin: Origin): Promise<{ probeId: string; facts: CertificateFacts }>
  /** Throws XP_REPIN_MISMATCH where there was no such look or the digits are others, and why it could not be used anyway. */
  check(wish: PinWish): Pick<AgreedPin<Name>, 'origin' | 'trust'>
  /** A look is good for one agreement. */
  use(probeId: string): void
}

export function createAgreements<Name extends string>(clock: Pick<Clock, 'now'>): Agreements<Name> {
  const probes = new Map<string, { name: Name; host: string; sight: Sight; seenAtMs: number }>()

  function forgetOld(): void {
    const oldestMs = clock.now() - probeLifeMs
    for (const [id, { seenAtMs }] of probes) if (seenAtMs < oldestMs) probes.delete(id)
  }

  return {
    async probe(name, origin) {
      const sight = await probeOrigin(origin)
      const probeId = randomUUID()
      forgetOld()
      probes.set(probeId, { name, host: origin.host, sight, seenAtMs: clock.now() })
      return { probeId, facts: sight.facts }
    },

    check({ probeId, fingerprint, typed }) {
      forgetOld()
      const probe = probes.get(probeId)
      const seen = probe?.sight.facts.fingerprint
      if (!probe || seen !== fingerprint || typed !== fingerprint.slice(-8)) {
        throw asAppError(new TrustError('XP_REPIN_MISMATCH', { got: fingerprint, expected: seen ? [seen] : [] }), 'pin')
      }
      const trust = { mode: 'pin', pins: [fingerprint], nextPins: [] } satisfies OriginTrust
      const unfit = judge(probe.sight.certificate, probe.sight.handshake, trust, probe.host, clock.now())
      if (unfit) throw asAppError(unfit, 'pin')
      return { origin: probe.name, trust }
    },

    use: (probeId) => void probes.delete(probeId),
  }
}
