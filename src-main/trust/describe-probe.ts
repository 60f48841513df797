import type { CertificateFacts } from '../../src-preload/contract/models/certificate.ts'
import { parseOrigin } from './origin.ts'
import { probeOrigin } from './probe.ts'

/**
 * Looks at a server's certificate and says what an administrator needs for a profile. Nothing but a handshake is sent.
 *
 * Throws TrustError XP_ORIGIN for an address that is none, AppError where nobody answers.
 */
export async function describeProbe(address: string): Promise<string[]> {
  const origin = parseOrigin(address)
  const { facts } = await probeOrigin(origin)
  const href = new URL(origin.href).origin
  const trust = { trust: { [href]: { mode: 'pin', pins: [facts.fingerprint] } } }
  return [
    `Server       ${origin.address}`,
    ...factLines(facts),
    '',
    'Fingerprint (SHA-256); compare it with one read at the server itself:',
    ...inGroups(facts.fingerprint).map((line) => `  ${line}`),
    '',
    'For the profile:',
    ...JSON.stringify(trust, null, 2).split('\n').slice(1, -1),
  ]
}

function factLines(facts: CertificateFacts): string[] {
  const { subject, issuer, names, validFrom, validTo, key, selfSigned, nameMatches, trustedBySystem } = facts
  const said = (holds: boolean): string => (holds ? 'yes' : 'no')
  return [
    `Made out to  ${subject}`,
    `Signed by    ${selfSigned ? 'itself' : issuer}`,
    `Names        ${names.join(', ') || 'none'}`,
    `Valid        ${validFrom} to ${validTo}`,
    `Key          ${key}`,
    `This address is among its names: ${said(nameMatches)}`,
    `This computer’s authorities accept it: ${said(trustedBySystem)}`,
  ]
}

/** Sixteen groups of four, eight to a line: as they are read aloud. */
function inGroups(fingerprint: string): string[] {
  const groups = fingerprint.match(/.{4}/g) ?? []
  return [groups.slice(0, 8).join(' '), groups.slice(8).join(' ')]
}
