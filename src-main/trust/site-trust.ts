import { randomUUID, type X509Certificate } from 'node:crypto'
import { AppError } from '../../src-preload/contract/failure.ts'
import type { Fingerprint, ProbeReport } from '../../src-preload/contract/models/certificate.ts'
import { type AgreedOrigin, createAgreedOrigin } from './agreed-origin.ts'
import { factsOf } from './certificate.ts'
import { asAppError, failureFrom } from './failures.ts'
import { createGate } from './gate.ts'
import { judge } from './judge.ts'
import { parseOrigin } from './origin.ts'
import type { Limits } from './pinned-origin.ts'
import { probeOrigin, type Sight } from './probe.ts'
import { TrustError } from './trust-error.ts'
import { type BlockedReport, type Clock, type OriginTrust, systemClock, type Transport } from './types.ts'

/** Connections are renewed this often, so a rotated certificate is noticed the same day (security.md 2.2). */
const generationMs = 4 * 3_600_000
/** A certificate may be agreed on for this long after it was looked at. */
const probeLifeMs = 15 * 60_000

export interface SiteTrustNeeds<Name extends string> {
  /** Addresses as `https://host:port`. A wrong one throws TrustError XP_ORIGIN at once. */
  origins: Record<Name, { origin: string; trust: OriginTrust }>
  clock?: Clock
  random?: () => number
  limits?: Partial<Limits>
  /** The site is shut: nothing more is sent to any of its origins. */
  onBlocked?: (report: BlockedReport<Name>) => void
  /** The agreed certificate is back; traffic may go on by itself. */
  onRestored?: (report: { origin: Name; at: string }) => void
  /** An announced certificate was seen for the first time; `trust` is what is to be kept from now on. */
  onPromoted?: (report: { origin: Name; fingerprint: Fingerprint; trust: OriginTrust; at: string }) => void
}

/** All origins of one site behind one gate (security.md 2.4). */
export interface SiteTrust<Name extends string> {
  transport(name: Name): Transport
  /** Looks at a server's certificate; nothing but a handshake is sent. */
  probe(name: Name): Promise<ProbeReport>
  /**
   * Agrees on a certificate this object has probed in the last 15 minutes, opens the gate and starts new connections.
   *
   * Gives what is to be kept in the profile. A fingerprint that was not probed is refused with XP_REPIN_MISMATCH.
   */
  pin(name: Name, fingerprint: Fingerprint, probeId: string): { before: Fingerprint[]; trust: OriginTrust }
  /** Why the site is shut; absent while it is open. */
  readonly blocked: BlockedReport<Name> | undefined
  /** New connections from now on: after sleep, or when the network changed. */
  renew(): void
  close(): void
}

export function createSiteTrust<Name extends string>(needs: SiteTrustNeeds<Name>): SiteTrust<Name> {
  const { clock = systemClock, random = Math.random } = needs
  const now = () => new Date(clock.now()).toISOString()
  const probes = new Map<string, { name: Name; sight: Sight; seenAtMs: number }>()
  const origins = new Map<Name, AgreedOrigin>()
  let blocked: BlockedReport<Name> | undefined

  for (const [name, { origin, trust }] of Object.entries(needs.origins) as [
    Name,
    SiteTrustNeeds<Name>['origins'][Name],
  ][]) {
    const agreed = createAgreedOrigin({
      origin: parseOrigin(origin),
      trust,
      clock,
      ...(needs.limits && { limits: needs.limits }),
      onRefused: (error, seen) => block(name, error, seen),
      onPromoted: (fingerprint, kept) => needs.onPromoted?.({ origin: name, fingerprint, trust: kept, at: now() }),
    })
    origins.set(name, agreed)
  }

  const gate = createGate({
    clock,
    random,
    isBack: async () => (blocked ? await named(blocked.origin).isAsAgreed() : false),
    onReopened() {
      const restored = blocked
      blocked = undefined
      if (restored) needs.onRestored?.({ origin: restored.origin, at: now() })
    },
  })
  let cancelRenewal = clock.after(generationMs, renewLater)

  function block(
    name: Name,
    error: TrustError,
    seen?: { certificate: X509Certificate | undefined; authorized: boolean },
  ): void {
    if (!gate.shut(error)) return
    const { origin, expected } = named(name)
    const offered = seen?.certificate && factsOf(seen.certificate, origin.host, seen.authorized)
    blocked = {
      origin: name,
      address: origin.address,
      ...(offered && { offered }),
      expected,
      because: failureFrom(error, origin.address),
      seenAt: now(),
    }
    for (const each of origins.values()) each.destroy(error)
    needs.onBlocked?.(blocked)
  }

  function renewLater(): void {
    renew()
    cancelRenewal = clock.after(generationMs, renewLater)
  }

  function renew(): void {
    for (const each of origins.values()) each.renew()
  }

  function named(name: Name): AgreedOrigin {
    const origin = origins.get(name)
    if (!origin) throw new AppError({ kind: 'bug', message: `no such origin: ${name}` })
    return origin
  }

  /** The connections to use, or the reason there are none. */
  async function road(name: Name, call: string): Promise<Transport> {
    if (gate.reason) throw asAppError(gate.reason, call)
    return named(name).road()
  }

  return {
    transport: (name) => ({
      request: async (exchange) => (await road(name, exchange.method)).request(exchange),
      openSocket: async (wish) => (await road(name, 'SOCKET')).openSocket(wish),
    }),

    async probe(name) {
      const { origin, expected } = named(name)
      const sight = await probeOrigin(origin)
      const probeId = randomUUID()
      const oldestMs = clock.now() - probeLifeMs
      for (const [id, { seenAtMs }] of probes) if (seenAtMs < oldestMs) probes.delete(id)
      probes.set(probeId, { name, sight, seenAtMs: clock.now() })
      return { probeId, address: origin.address, offered: sight.facts, pinned: expected, seenAt: now() }
    },

    pin(name, fingerprint, probeId) {
      const probe = probes.get(probeId)
      const isFresh = probe !== undefined && probe.seenAtMs >= clock.now() - probeLifeMs
      if (!isFresh || probe.name !== name || probe.sight.facts.fingerprint !== fingerprint) {
        const expected = probe ? [probe.sight.facts.fingerprint] : []
        throw asAppError(new TrustError('XP_REPIN_MISMATCH', { got: fingerprint, expected }), 'pin')
      }
      const agreed = named(name)
      const before = agreed.expected
      const trust = { mode: 'pin', pins: [fingerprint], nextPins: [] } satisfies OriginTrust
      const unfit = judge(probe.sight.certificate, probe.sight.handshake, trust, agreed.origin.host, clock.now())
      if (unfit) throw asAppError(unfit, 'pin')

      probes.delete(probeId)
      agreed.agree(trust)
      agreed.destroy(new TrustError('XP_CLOSED'))
      if (!blocked || blocked.origin === name) {
        blocked = undefined
        gate.open()
      }
      return { before, trust }
    },

    get blocked() {
      return blocked
    },

    renew,

    close() {
      const reason = new TrustError('XP_CLOSED')
      cancelRenewal()
      gate.close(reason)
      for (const each of origins.values()) each.destroy(reason)
    },
  }
}
