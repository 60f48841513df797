import type { ChildSite } from '../../../src-preload/contract/models/capabilities.ts'
import type { Site } from '../../../src-preload/contract/models/site.ts'

/** Whether a child is a site of this computer already: by its guid, or as a gateway at its address. */
export function isHere({ id, address }: ChildSite, sites: readonly Site[]): boolean {
  const asShown = hostAndPort(address)
  return sites.some(
    (site) =>
      site.id === id.toLowerCase() ||
      site.origins.some((origin) => origin.role === 'gateway' && origin.address === asShown),
  )
}

/** As a site's servers are shown. The port of plain HTTP is not the one of HTTPS. */
function hostAndPort(address: string): string | undefined {
  const [, scheme = 'https', host, port = '443'] =
    /^(?:(https?):\/\/)?(\[[^\]]+\]|[^/:?#]+)(?::(\d+))?(?:\/|$)/i.exec(address.trim()) ?? []
  return host && `${host.toLowerCase()}:${scheme.toLowerCase() === 'http' ? '443' : port}`
}
