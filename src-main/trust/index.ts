/** The trust room's face: what the composition root and the sites room may use. */
export { createSiteTrust, type SiteTrust, type SiteTrustNeeds } from './site-trust.ts'
export type { BlockedReport, OriginTrust } from './types.ts'
