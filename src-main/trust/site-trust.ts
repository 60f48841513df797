import type { X509Certificate } from 'node:crypto'
import { AppError } from '../../src-preload/contract/failure.ts'
import type { Fingerprint, OriginStep, ProbeReport } from '../../src-preload/contract/models/certificate.ts'
import { type AgreedOrigin, createAgreedOrigin, type Look } from './agreed-origin.ts'
import { createAgreements, type AgreedPin, type PinWish } from './agreements.ts'
import { factsOf } from './certificate.ts'
import { createExpiryWatch, type Expiring } from './expiry.ts'
import { asAppError, failureFrom } from './failures.ts'
import { createGate } from './gate.ts'
import { parseOrigin } from './origin.ts'
import type { Limits } from './pinned-origin.ts'
import { testOrigin } from './test-origin.ts'
import { TrustError } from './trust-error.ts'
import { type BlockedReport, type Clock, type OriginTrust, systemClock, type Transport } from './types.ts'

/** Connections are renewed this often, so a rotated certificate is noticed the same day (security.md 2.2). */
const generationMs = 4 * 3_600_000

export interface SiteTrustNeeds<Name extends string> {
  /** Addresses as `https://host:port`. A wrong one throws TrustError XP_ORIGIN at once. */
  origins: Record<Name, { origin: string; trust: OriginTrust }>
  clock?: Clock
  random?: () => number
  limits?: Partial<Limits>
  /** Origins preferred to this one: a site shut by this one opens again when one of them is there and as agreed. */
  preferredTo?: (name: Name) => Name[]
  /** The site is shut: nothing more is sent to any of its origins. */
  onBlocked?: (report: BlockedReport<Name>) => void
  /** An agreed certificate is back; traffic may go on by itself. */
  onRestored?: (report: { origin: Name; at: string }) => void
  /** An announced certificate was seen for the first time; `trust` is what is to be kept from now on. */
  onPromoted?: (report: { origin: Name; fingerprint: Fingerprint; trust: OriginTrust; at: string }) => void
  /** A certificate in use runs out: told once a day and threshold of 30, 14, 7, 1 days. */
  onExpiring?: (expiring: Expiring<Name>) => void
}

/** All origins of one site behind one gate (security.md 2.4). */
export interface SiteTrust<Name extends string> {
  transport(name: Name): Transport
  /** An origin the server told of; without an agreement it may be looked at, never spoken to. Known ones stay. */
  learn(name: Name, origin: string, trust: OriginTrust): void
  trustOf(name: Name): OriginTrust
  /** Looks at a server's certificate; nothing but a handshake is sent. */
  probe(name: Name): Promise<ProbeReport>
  /**
   * Agrees on a certificate this object has probed in the last 15 minutes and whose last 8 digits a person typed, then
   * opens the gate and starts new connections. `keep` saves it first: when that throws, nothing has changed.
   *
   * A fingerprint that was not probed, or typed wrongly, is refused with XP_REPIN_MISMATCH.
   */
  pin(wish: PinWish, keep: (agreed: AgreedPin<Name>) => Promise<void>): Promise<void>
  /** Looks without a credential whether the agreed server is there. Shuts nothing. */
  look(name: Name): Promise<Look>
  /** Tries an origin part by part, without a credential; `path` is asked for where the certificate is as agreed. */
  test(name: Name, path: string | undefined): Promise<OriginStep[]>
  /** Certificates in use that run out within 30 days, the nearest end first. */
  readonly expiring: Expiring<Name>[]
  /** Why the site is shut; absent while it is open. */
  readonly blocked: BlockedReport<Name> | undefined
  /** New connections from now on: after sleep, or when the network changed. */
  renew(): void
  close(): void
}

export function createSiteTrust<Name extends string>(needs: SiteTrustNeeds<Name>): SiteTrust<Name> {
  const { clock = systemClock, random = Math.random } = needs
  const now = () => new Date(clock.now()).toISOString()
  const agreements = createAgreements<Name>(clock)
  const expiry = createExpiryWatch<Name>(clock, (expiring) => needs.onExpiring?.(expiring))
  const origins = new Map<Name, AgreedOrigin>()
  let blocked: BlockedReport<Name> | undefined

  function add(name: Name, origin: string, trust: OriginTrust): void {
    const agreed = createAgreedOrigin({
      origin: parseOrigin(origin),
      trust,
      clock,
      ...(needs.limits && { limits: needs.limits }),
      onRefused: (error, seen) => block(name, error, seen),
      onAccepted: ({ validTo }) => expiry.seen(name, Date.parse(validTo)),
      onPromoted: (fingerprint, kept) => needs.onPromoted?.({ origin: name, fingerprint, trust: kept, at: now() }),
    })
    origins.set(name, agreed)
  }
  for (const name of Object.keys(needs.origins) as Name[])
    add(name, needs.origins[name].origin, needs.origins[name].trust)

  const gate = createGate({ clock, random, isBack: async () => (await backAt()) !== undefined, onReopened: restore })
  let restoredBy: Name | undefined
  let cancelRenewal = clock.after(generationMs, renewLater)

  /** The origin that answers as agreed where one may open the gate. */
  async function backAt(): Promise<Name | undefined> {
    if (!blocked) return undefined
    for (const name of [blocked.origin, ...(needs.preferredTo?.(blocked.origin) ?? [])]) {
      if ((await named(name).look()) === 'agreed') return (restoredBy = name)
    }
    return undefined
  }

  function restore(): void {
    blocked = undefined
    if (restoredBy !== undefined) needs.onRestored?.({ origin: restoredBy, at: now() })
  }

  function block(
    name: Name,
    error: TrustError,
    seen?: { certificate: X509Certificate | undefined; authorized: boolean },
  ): void {
    if (!gate.shut(error)) return
    const { origin, expected, seen: trusted } = named(name)
    const offered = seen?.certificate && factsOf(seen.certificate, origin.host, seen.authorized)
    blocked = {
      origin: name,
      address: origin.address,
      ...(offered && { offered }),
      ...(trusted && { trusted }),
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
  function road(name: Name, call: string): Transport {
    if (gate.reason) throw asAppError(gate.reason, call, true)
    return named(name).road()
  }

  const transport = (name: Name): Transport => ({
    request: async (exchange) => road(name, exchange.method).request(exchange),
    openSocket: async (wish) => road(name, 'SOCKET').openSocket(wish),
  })

  return {
    transport,

    learn(name, origin, trust) {
      if (!origins.has(name)) add(name, origin, trust)
    },

    trustOf: (name) => named(name).trust,

    async probe(name) {
      const { origin, expected: pinned, seen: trusted } = named(name)
      const { probeId, facts: offered } = await agreements.probe(name, origin)
      return { probeId, address: origin.address, offered, ...(trusted && { trusted }), pinned, seenAt: now() }
    },

    async pin(wish, keep) {
      const { origin: name, trust } = agreements.check(wish)
      const agreed = named(name)
      await keep({ origin: name, before: agreed.expected, trust })
      agreements.use(wish.probeId)
      agreed.agree(trust)
      agreed.destroy(new TrustError('XP_CLOSED'))
      if (blocked && blocked.origin !== name) return
      blocked = undefined
      gate.open()
    },

    look: (name) => named(name).look(),

    test(name, path) {
      const ask = path === undefined ? undefined : () => transport(name).request({ method: 'GET', path })
      return testOrigin(named(name), clock.now(), ask)
    },

    get expiring() {
      return expiry.expiring
    },

    get blocked() {
      return blocked
    },

    renew,

    close() {
      const reason = new TrustError('XP_CLOSED')
      cancelRenewal()
      expiry.close()
      gate.close(reason)
      for (const each of origins.values()) each.destroy(reason)
    },
  }
}
