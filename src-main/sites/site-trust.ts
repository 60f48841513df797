import { randomUUID } from 'node:crypto'
import type { Failure } from '../../src-preload/contract/failure.ts'
import type { Fingerprint, ProbeReport } from '../../src-preload/contract/models/certificate.ts'
import { pinsOf, type SiteProfile } from '../storage/profile.ts'
import type { BlockedReport, OriginTrust, SiteTrust, SiteTrustNeeds } from '../trust/index.ts'
import { originsOf, type OriginName } from './origins.ts'

export type MakeTrust = (needs: SiteTrustNeeds<OriginName>) => SiteTrust<OriginName>

interface Listener {
  blocked: (because: Failure, report?: ProbeReport) => void
  restored: () => void
  promoted: (origin: OriginName, pin: Fingerprint) => void
}

/** What the trust room must know of a profile, and what the site hears from it. */
export function trustFor(profile: SiteProfile, listener: Listener): SiteTrustNeeds<OriginName> {
  const named = Object.entries(originsOf(profile)).map(([name, origin]: [string, string]) => [
    name,
    { origin, trust: agreedFor(profile, origin) },
  ])
  return {
    origins: Object.fromEntries(named) as SiteTrustNeeds<OriginName>['origins'],
    onBlocked: (report) => listener.blocked(report.because, seenIn(report)),
    onRestored: () => listener.restored(),
    onPromoted: ({ origin, fingerprint }) => listener.promoted(origin, fingerprint),
  }
}

function agreedFor(profile: SiteProfile, origin: string): OriginTrust {
  const agreed = profile.trust[origin]
  if (!agreed) return { mode: 'none' }
  if (agreed.mode !== 'pin') return agreed
  const { next: nextPins = [], allowExpired = false } = agreed
  return { mode: 'pin', pins: pinsOf(profile, origin), nextPins, allowExpired }
}

/** Old beside new, for the screen. Its id is nobody's: nothing can be agreed on by a report no one asked for. */
function seenIn({ address, offered, expected, seenAt }: BlockedReport): ProbeReport | undefined {
  return offered && { probeId: randomUUID(), address, offered, pinned: expected, seenAt }
}
