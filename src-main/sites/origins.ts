import type { SiteProfile } from '../storage/profile.ts'

/** The servers a site consists of, by what they do. */
export type OriginName = 'gateway' | 'idp'

/** Where they are. The identity provider is named only where it is not the gateway itself. */
export function originsOf({ gateway, idp }: SiteProfile): { gateway: string; idp?: string } {
  const [first] = gateway
  return idp === undefined || idp === first ? { gateway: first! } : { gateway: first!, idp }
}

/** The origin a certificate must be agreed on for next; undefined where all are trusted in some way. */
export function unpinnedOf(profile: SiteProfile): OriginName | undefined {
  const origins = Object.entries(originsOf(profile)) as [OriginName, string][]
  return origins.find(([, origin]) => !profile.trust[origin])?.[0]
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
