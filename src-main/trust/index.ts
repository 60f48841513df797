/** The trust room's face: what the composition root and the sites room may use. */
export { createSiteTrust, type SiteTrust, type SiteTrustNeeds } from './site-trust.ts'
export { parseOrigin, type Origin } from './origin.ts'
export { createPinnedOrigin, type PinnedOrigin } from './pinned-origin.ts'
export { probeOrigin } from './probe.ts'
export { TrustError, type TrustCode } from './trust-error.ts'
export type { BlockedReport, Clock, OriginTrust, Transport } from './types.ts'
