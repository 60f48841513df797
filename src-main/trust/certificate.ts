import type { X509Certificate } from 'node:crypto'
import type { CertificateFacts } from '../../src-preload/contract/models/certificate.ts'
import { fingerprintOf, isNamed } from './judge.ts'

const maxText = 256
const maxNames = 20

/**
 * What a certificate says of itself, for a human to compare. A stranger wrote these words: they are cut and cleaned.
 *
 * Only the leaf is read. Nothing walks the issuers, so no chain can be long enough to hold us up (node#37757).
 */
export function factsOf(certificate: X509Certificate, host: string, trustedBySystem: boolean): CertificateFacts {
  return {
    fingerprint: fingerprintOf(certificate),
    subject: clean(certificate.subject),
    issuer: clean(certificate.issuer),
    names: namesOf(certificate),
    validFrom: instant(certificate.validFrom),
    validTo: instant(certificate.validTo),
    key: keyOf(certificate),
    selfSigned: isSelfSigned(certificate),
    nameMatches: isNamed(certificate, host),
    trustedBySystem,
  }
}

/** One line without control, format or bidirectional characters, cut to 256. */
export function clean(text: string | undefined): string {
  const line = (text ?? '').slice(0, 4 * maxText).replace(/[\r\n]+/g, ', ')
  // Lone surrogates count as \p{C} too, so what is cut in half goes with the rest.
  return line.replace(/\p{C}/gu, '').slice(0, maxText)
}

/** Node writes `DNS:a.example, IP Address:10.0.0.1` and quotes whatever could be mistaken for that syntax. */
function namesOf(certificate: X509Certificate): string[] {
  const text = (certificate.subjectAltName ?? '').slice(0, 32 * maxText)
  const entries = text.matchAll(/(?:^|, )(?:DNS|IP Address|URI|email):("(?:[^"\\]|\\.)*"|[^,]*)/g)
  const names: string[] = []
  for (const [, name] of entries) {
    if (names.length === maxNames) break
    names.push(clean(name))
  }
  return names
}

function keyOf(certificate: X509Certificate): string {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey
    const size = asymmetricKeyDetails?.modulusLength ?? asymmetricKeyDetails?.namedCurve
    const kind = (asymmetricKeyType ?? '').toUpperCase()
    return size === undefined ? kind : `${kind} ${String(size)}`
  } catch {
    return '?' // a kind of key this library cannot read
  }
}

/** Not `checkIssued`: it denies a Windows self-signed certificate, whose keyUsage lacks keyCertSign (security.md 2.6). */
function isSelfSigned(certificate: X509Certificate): boolean {
  try {
    return certificate.issuer === certificate.subject && certificate.verify(certificate.publicKey)
  } catch {
    return false
  }
}

/** ISO, UTC; empty where the certificate's date cannot be read. */
function instant(date: string): string {
  const ms = Date.parse(date)
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString()
}
