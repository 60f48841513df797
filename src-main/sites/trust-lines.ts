import { X509Certificate } from 'node:crypto'
import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import type { AuditEntry } from '../journal/audit-entry.ts'
import type { SiteProfile } from '../storage/profile.ts'
import { addressOf } from './origins.ts'

/**
 * How a server came to be trusted otherwise: a person agreed on its certificate · an announced one is in use now · a
 * profile was edited, imported, copied, removed or brought back.
 */
export type TrustSource = 'agreed' | 'announced' | 'edited' | 'imported' | 'copied' | 'removed' | 'restored'

/** A server that is trusted otherwise from now on, and how it was before; fingerprints are no secrets. */
export interface TrustChange {
  siteId: SiteId
  origin: string
  before: string
  after: string
}

/** The line of the audit trail that tells of it. */
export const trustLine = (
  { siteId, origin, before, after }: TrustChange,
  { who, source }: { who: string; source: TrustSource },
): AuditEntry => ({
  what: 'trust-changed',
  who,
  siteId,
  subject: addressOf(origin),
  outcome: `${after} in place of ${before} (${source})`,
})

/**
 * Every server that one profile trusts otherwise than the one in whose place it stands. Without the one, every server the
 * other trusts.
 */
export function trustChanges(
  ...[before, after]: [SiteProfile | undefined, SiteProfile] | [SiteProfile, undefined]
): TrustChange[] {
  const { id: siteId } = after ?? before
  const origins = new Set([...Object.keys(before?.trust ?? {}), ...Object.keys(after?.trust ?? {})])
  return [...origins]
    .map((origin) => ({
      siteId,
      origin,
      before: trustWords(before?.trust[origin]),
      after: trustWords(after?.trust[origin]),
    }))
    .filter((change) => change.before !== change.after)
}

export const pinWords = (pins: readonly string[]): string => pins.join(', ') || 'none'

/** What a server is recognised by. Pins whose time is running out are told of when that begins. */
function trustWords(agreed: SiteProfile['trust'][string] | undefined): string {
  if (!agreed) return pinWords([])
  if (agreed.mode === 'system') return 'the authorities of this computer'
  if (agreed.mode === 'ca') return `the authorities ${pinWords(agreed.ca.map(fingerprintOf))}`
  const { pins, next = [], allowExpired = false } = agreed
  return [pinWords(pins), ...next.map((pin) => `next ${pin}`), ...(allowExpired ? ['also when expired'] : [])].join(
    ', ',
  )
}

const fingerprintOf = (pem: string): string => new X509Certificate(pem).fingerprint256.replace(/:/g, '').toLowerCase()
