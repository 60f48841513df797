import * as tls from 'node:tls'
import type { AgreedTrust } from './types.ts'

/** The authorities a handshake is held against, as PEM; `undefined` leaves Node's built-in list in place. */
export function authorities(trust: AgreedTrust): string[] | undefined {
  if (trust.mode === 'ca') return trust.ca
  return trust.mode === 'system' ? systemAuthorities() : undefined
}

let known: string[] | undefined

/**
 * Node's own list and the operating system's, read once: the first reading can take a while on Windows.
 *
 * Before Node 22.15 the system's list cannot be read; then, or where reading it fails, only the built-in one counts.
 */
export function systemAuthorities(): string[] | undefined {
  if (typeof (tls as Partial<typeof tls>).getCACertificates !== 'function') return undefined
  try {
    known ??= [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])]
  } catch {
    return undefined // fewer authorities only means fewer servers accepted
  }
  return known
}
