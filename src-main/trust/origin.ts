import { isIP } from 'node:net'
import { TrustError } from './trust-error.ts'

/** One server's address. Made only by `parseOrigin`. */
export interface Origin {
  /** `https://host:port`, without a trailing slash. */
  href: string
  /** Lower case; an IPv6 address without brackets. */
  host: string
  port: number
  /** Host and port as text, for a human. */
  address: string
}

/**
 * Reads an origin strictly: https, a host and perhaps a port, nothing else (security.md 2.3, A13).
 *
 * Whatever a URL parser would repair (user-info, a path, a tab, a name in another script) is refused with XP_ORIGIN,
 * so what an administrator signed off is what is connected to. International names are written in their xn-- form.
 */
export function parseOrigin(text: string): Origin {
  const match = /^https:\/\/(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::([0-9]{1,5}))?\/?$/i.exec(text)
  if (!match?.[1] || !URL.canParse(text)) throw new TrustError('XP_ORIGIN')
  const url = new URL(text)
  const bracketed = url.hostname.startsWith('[')
  const host = bracketed ? url.hostname.slice(1, -1) : url.hostname
  const port = match[2] === undefined ? 443 : Number(match[2])

  // A host the parser rewrote (`0x7f.1`, `127.1`) was not what the reader of the profile saw.
  const isAsWritten = bracketed ? isIP(host) === 6 : host === match[1].toLowerCase()
  if (!isAsWritten || port < 1 || port > 65_535) throw new TrustError('XP_ORIGIN')

  const address = `${url.hostname}:${String(port)}`
  return { href: `https://${address}`, host, port, address }
}

/** Paths stay on their origin: absolute, and nothing in them that could end the request line or name another host. */
export function checkPath(path: string): void {
  // Printable ASCII without a backslash or a fragment; `//host` would name another server to a careless parser.
  if (!/^\/(?!\/)[\x21-\x22\x24-\x5b\x5d-\x7e]*$/.test(path)) throw new TrustError('XP_ORIGIN')
}

/** Headers that decide how a message is framed or where it goes are the connector's business. */
const ours = new Set(
  'host connection content-length transfer-encoding upgrade expect te trailer keep-alive accept-encoding'.split(' '),
)

export function checkHeaders(headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) {
    const isPlain = /^[a-z0-9-]+$/i.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
    if (!isPlain || ours.has(name.toLowerCase())) throw new TrustError('XP_ORIGIN')
  }
}
