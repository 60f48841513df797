import { createHash, timingSafeEqual, type X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { acceptedPins } from './pins.ts'
import { TrustError } from './trust-error.ts'
import type { AgreedTrust } from './types.ts'

/** What the TLS layer says of a finished handshake. */
export interface Handshake {
  reused: boolean
  /** As Node names it: `TLSv1.2`, `TLSv1.3`. */
  protocol: string | null
  /** The chain ends at an authority this connection was told to accept. */
  authorized: boolean
}

/** Clocks in control rooms drift; certificates are not refused over a few minutes. */
const skewMs = 5 * 60_000
const protocols: readonly (string | null)[] = ['TLSv1.2', 'TLSv1.3']
const minRsaBits = 2048

/**
 * Whether this is the server we agreed on: `null`, or the reason it is not (security.md 2.2).
 *
 * With a pin, names are not looked at: the fingerprint is the identity. Never call it with an empty certificate of a
 * resumed session: nothing is resumed here, and a resumed one is refused.
 */
export function judge(
  certificate: X509Certificate | undefined,
  handshake: Handshake,
  trust: AgreedTrust,
  host: string,
  nowMs: number,
): TrustError | null {
  if (handshake.reused) return new TrustError('XP_TLS_RESUMED')
  if (!certificate) return new TrustError('XP_TLS_NO_CERT')
  const got = fingerprintOf(certificate)
  const expected = acceptedPins(trust, nowMs)
  const refuse = (code: TrustError['code']) => new TrustError(code, { got, expected })

  if (!protocols.includes(handshake.protocol)) return refuse('XP_TLS_VERSION')
  if (trust.mode === 'pin' && !expected.some((pin) => isSame(pin, got))) return refuse('XP_TLS_PIN_MISMATCH')
  if (trust.mode !== 'pin' && !handshake.authorized) return refuse('XP_TLS_CHAIN')
  if (trust.mode !== 'pin' && !isNamed(certificate, host)) return refuse('XP_TLS_HOSTNAME')
  if (isWeak(certificate)) return refuse('XP_TLS_WEAK_KEY')

  // Written so that a date nobody can read counts as out of range.
  if (!(Date.parse(certificate.validFrom) <= nowMs + skewMs)) return refuse('XP_TLS_NOT_YET_VALID')
  if (trust.mode === 'pin' && trust.allowExpired) return null
  return Date.parse(certificate.validTo) >= nowMs - skewMs ? null : refuse('XP_TLS_EXPIRED')
}

/** SHA-256 of the certificate's DER form, 64 lower-case hexadecimal digits. */
export function fingerprintOf(certificate: X509Certificate): string {
  return createHash('sha256').update(certificate.raw).digest('hex')
}

/**
 * The certificate is made out to this host, by its subject alternative names; a common name does not count.
 *
 * `tls.checkServerIdentity` is avoided: it refused every IPv6 address in Node 24.17 to 24.18.1 (security.md 2.1).
 */
export function isNamed(certificate: X509Certificate, host: string): boolean {
  if (isIP(host)) return certificate.checkIP(host) !== undefined
  return certificate.checkHost(host, { subject: 'never' }) !== undefined
}

function isSame(pin: string, got: string): boolean {
  const agreed = Buffer.from(pin, 'hex')
  const seen = Buffer.from(got, 'hex')
  return agreed.length === seen.length && timingSafeEqual(agreed, seen)
}

function isWeak(certificate: X509Certificate): boolean {
  const key = publicKeyOf(certificate)
  if (!key) return true
  const bits = key.asymmetricKeyDetails?.modulusLength
  if (key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'rsa-pss')
    return bits === undefined || bits < minRsaBits
  return key.asymmetricKeyType !== 'ec' && key.asymmetricKeyType !== 'ed25519'
}

/** Reading the key throws where the library does not know its kind. */
function publicKeyOf(certificate: X509Certificate) {
  try {
    return certificate.publicKey
  } catch {
    return undefined
  }
}
