import type { CertificateFacts, ProbeReport } from '../../../src-preload/contract/models/certificate.ts'
import type { Capabilities } from '../../../src-preload/contract/models/capabilities.ts'
import type { SiteId } from '../../../src-preload/contract/models/ids.ts'
import type { Site } from '../../../src-preload/contract/models/site.ts'

/** A site id that tells which site it is. */
export const siteId = (number: number): SiteId =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as SiteId

const notAsked = { is: 'unknown', why: 'not-asked' } as const

/** A server of which nothing is known, changed where the test says so. */
export const capabilitiesOf = (changes: Partial<Capabilities> = {}): Capabilities => ({
  version: notAsked,
  edition: notAsked,
  cameraTasks: notAsked,
  outputTasks: notAsked,
  rights: notAsked,
  signallingSocket: notAsked,
  eventsSocket: notAsked,
  ...changes,
})

/** A signed-out site, changed where the test says so. */
export function siteOf(changes: Partial<Site> = {}): Site {
  return {
    id: siteId(1),
    name: 'HQ Campus',
    address: 'hq-vms.example:443',
    user: 'operator',
    managed: false,
    state: { phase: 'signed-out' },
    origins: [{ address: 'hq-vms.example:443', role: 'gateway', trust: 'pin', blocked: false }],
    cameras: { phase: 'none' },
    staySignedIn: { may: true, isOn: false },
    capabilities: capabilitiesOf(),
    children: [],
    masterAddress: '',
    ...changes,
  }
}

export const FINGERPRINT = '4f19a05c77029be10d6eb3482a91cc05d2886f3b90ae417c5513f06ae8b7214d'
export const OTHER_FINGERPRINT = 'c3881fd40a7b5269e5219d30b4f70c8e1a6d42f97bb0835ec94e27d10f6c38a5'

/** The certificate of an XProtect server as its installer makes it: self-signed, for one year. */
export function certificateOf(changes: Partial<CertificateFacts> = {}): CertificateFacts {
  return {
    fingerprint: FINGERPRINT,
    subject: 'hq-vms.example',
    issuer: 'hq-vms.example',
    names: ['hq-vms.example', 'hq-vms', '127.0.0.1'],
    validFrom: '2026-01-14T00:00:00.000Z',
    validTo: '2027-01-14T00:00:00.000Z',
    key: 'RSA 2048',
    selfSigned: true,
    nameMatches: true,
    trustedBySystem: false,
    ...changes,
  }
}

export function reportOf(changes: Partial<ProbeReport> = {}): ProbeReport {
  return {
    probeId: '11111111-1111-4111-8111-111111111111',
    address: 'hq-vms.example:443',
    offered: certificateOf(),
    pinned: [],
    seenAt: '2026-11-23T13:58:40.000Z',
    ...changes,
  }
}
