import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import type { ChildSite } from '../../src-preload/contract/models/capabilities.ts'
import { parseOrigin } from '../storage/origin.ts'
import { SiteProfile } from '../storage/profile.ts'

/**
 * A profile for a site below one that is open. It carries no pin: what the parent says of an address is no reason to
 * trust it, so first contact follows (security.md 2.5). Nobody's user name goes along: a child has users of its own.
 *
 * Undefined where the address cannot be used, or there is no name. The specification of `/childSites` has no address
 * (xprotect-api.md 9.1 [V CFG]): where the parent gives none, what a person typed takes its place in `child`.
 */
export function profileOfChild(id: SiteId, { name, address }: ChildSite): SiteProfile | undefined {
  const gateway = gatewayOf(address)
  if (gateway === undefined) return undefined
  return SiteProfile.safeParse({ version: 1, id, name: name.slice(0, 100), gateway: [gateway], trust: {} }).data
}

/** An address as servers write it: with or without scheme, plain HTTP, a path behind it. Ours is always HTTPS. */
function gatewayOf(address: string): string | undefined {
  const [, scheme = 'https', host = ''] = /^(?:(https?):\/\/)?([^/?#\s@\\]+)\/?[^?#\s@\\]*$/i.exec(address.trim()) ?? []
  // The port of plain HTTP is not the one of HTTPS.
  const secure = scheme.toLowerCase() === 'http' ? host.replace(/:\d+$/, '') : host
  return parseOrigin(`https://${secure}`)
}
