import type { SiteOrigin } from '../../src-preload/contract/models/site.ts'
import type { SiteProfile } from '../storage/profile.ts'
import type { OriginTrust } from '../trust/index.ts'

/** The servers a site is spoken to through, by what they do. */
export type OriginName = 'gateway' | 'idp'

/** One server of a site, `https://host:port`, and what it does there. */
export interface PlacedOrigin {
  origin: string
  role: SiteOrigin['role']
}

/** Where they are. The identity provider is named only where it is not the gateway itself. */
export function originsOf({ gateway, idp }: SiteProfile): { gateway: string; idp?: string } {
  const [first] = gateway
  return idp === undefined || idp === first ? { gateway: first! } : { gateway: first!, idp }
}

/** Every server a profile names, once: the gateways in their order, the identity provider, the recorders. */
export function placedOrigins({ gateway, idp, recorders = [] }: SiteProfile): PlacedOrigin[] {
  const all: PlacedOrigin[] = [
    ...gateway.map((origin) => ({ origin, role: 'gateway' as const })),
    ...(idp === undefined ? [] : [{ origin: idp, role: 'idp' as const }]),
    ...recorders.map((origin) => ({ origin, role: 'recorder' as const })),
  ]
  return all.filter(({ origin }, at) => all.findIndex((other) => other.origin === origin) === at)
}

/** What a profile agreed on with one of its servers, as the trust room says it. */
export function agreedFor({ trust }: SiteProfile, origin: string): OriginTrust {
  const agreed = trust[origin]
  if (!agreed) return { mode: 'none' }
  if (agreed.mode !== 'pin') return agreed
  const { pins, next = [], replaced, allowExpired } = agreed
  return { mode: 'pin', pins, nextPins: next, ...(replaced && { replaced }), ...(allowExpired && { allowExpired }) }
}

/** Host and port, for a human. */
export function addressOf(origin: string): string {
  const { hostname, port } = new URL(origin)
  return `${hostname}:${port || '443'}`
}

/** This very computer: where media may run over the loopback interface. */
export function isLoopback(origin: string): boolean {
  const { hostname } = new URL(origin)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}
