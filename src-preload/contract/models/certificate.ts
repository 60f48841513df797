import { z } from 'zod'
import type { Failure } from '../failure.ts'

/** SHA-256 of a certificate's DER form, 64 lower-case hexadecimal digits. */
export const Fingerprint = z.string().regex(/^[0-9a-f]{64}$/)
export type Fingerprint = z.infer<typeof Fingerprint>

/** The last 8 digits of a fingerprint, as somebody typed them from another source than this screen. */
export const TypedEnd = z.string().regex(/^[0-9a-f]{8}$/)

/** What a certificate says of itself, for a human to compare. Every text is cut and free of control characters. */
export interface CertificateFacts {
  fingerprint: Fingerprint
  subject: string
  issuer: string
  /** Names and addresses the certificate is made out to. */
  names: string[]
  validFrom: string
  validTo: string
  key: string
  selfSigned: boolean
  /** The address we asked for is among the names. */
  nameMatches: boolean
  /** This computer's own list of authorities accepts it. */
  trustedBySystem: boolean
}

/** What was found at a site's address before anything was sent to it. */
export interface ProbeReport {
  probeId: string
  /** Host and port, for a human. */
  address: string
  offered: CertificateFacts
  /** The agreed certificate as it was last seen here; absent where the program has not seen it since it started. */
  trusted?: CertificateFacts
  /** Fingerprints agreed on earlier; empty at first contact. */
  pinned: Fingerprint[]
  seenAt: string
}

/** One part of a server that was tried, in this order; what comes after a part that failed is not tried. */
export interface OriginStep {
  step: 'name' | 'connect' | 'tls' | 'certificate' | 'service'
  ok: boolean
  failure?: Failure
  durationMs: number
}
