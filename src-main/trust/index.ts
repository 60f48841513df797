/** The trust room's face: what the composition root and the sites room may use. */
export { createFailOver, type FailOver } from './fail-over.ts'
export { deadServiceOf } from './service.ts'
export { createSiteTrust, type SiteTrust, type SiteTrustNeeds } from './site-trust.ts'
export type { AgreedPin, PinWish } from './agreements.ts'
export type { BlockedReport, OriginTrust, Transport } from './types.ts'
