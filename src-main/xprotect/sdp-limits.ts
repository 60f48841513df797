import { isIPv4, isIPv6 } from 'node:net'
import { badAnswer } from './body.ts'

/** Limits of one session (security.md 4.7 [X]): 5,000 candidates held a page for 21.8 s, 10 MB of SDP was taken. */
export const MAX_SDP_LENGTH = 262_144
export const MAX_MEDIA_LINES = 16
export const MAX_CANDIDATES = 64

/** Names the offer in failures. */
const OFFER = 'offer'

export interface CandidateRules {
  /** Only where the gateway itself is this computer: elsewhere nobody may make us knock on our own ports. */
  loopbackAllowed: boolean
}

/** An offer the page may have. */
export interface LimitedOffer {
  sdp: string
  /** Candidates left in it. They count against the session's limit. */
  candidates: number
  /** The offer itself says that no more candidates will come (RFC 8840 8.2). */
  complete: boolean
  mids: string[]
}

/** Holds an offer to the limits: throws `bad-answer` where it is not an offer, drops the candidates not allowed. */
export function limitOffer(text: string, rules: CandidateRules): LimitedOffer {
  if (text.length > MAX_SDP_LENGTH) throw badAnswer(OFFER, 'too-large')
  if (!text.startsWith('v=0') || /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text)) throw badAnswer(OFFER, 'shape')
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line !== '')
  const media = lines.filter((line) => line.startsWith('m=')).length
  if (media === 0) throw badAnswer(OFFER, 'shape')
  if (media > MAX_MEDIA_LINES) throw badAnswer(OFFER, 'too-large')

  let candidates = 0
  const kept = lines.filter((line) => {
    if (!line.startsWith('a=candidate:')) return true
    if (candidates >= MAX_CANDIDATES || !isAllowedCandidate(line.slice(2), rules)) return false
    candidates++
    return true
  })
  return {
    sdp: kept.join('\r\n') + '\r\n',
    candidates,
    complete: lines.includes('a=end-of-candidates'),
    mids: lines.filter((line) => line.startsWith('a=mid:')).map((line) => line.slice(6).trim()),
  }
}

/**
 * Whether the page may send packets where this candidate points (security.md 7D 86): an IP address or an mDNS name,
 * no well-known port, nothing that is everywhere, and this computer only where the server is this computer.
 */
export function isAllowedCandidate(text: string, rules: CandidateRules): boolean {
  // RFC 8839 5.1: candidate:foundation component transport priority address port typ type …
  const [foundation, component, transport, priority, address, port, typ] = text.trim().split(/ +/)
  if (!foundation?.startsWith('candidate:') || typ !== 'typ') return false
  if (!/^\d{1,3}$/.test(component ?? '') || !/^\d{1,10}$/.test(priority ?? '')) return false
  if (!/^(udp|tcp)$/i.test(transport ?? '') || !/^\d{1,5}$/.test(port ?? '')) return false
  if (Number(port) < 1024 || Number(port) > 65_535) return false
  return isAllowedAddress(address ?? '', rules)
}

function isAllowedAddress(address: string, { loopbackAllowed }: CandidateRules): boolean {
  if (isIPv4(address)) return isAllowedIPv4(address, loopbackAllowed)
  if (isIPv6(address)) return isAllowedIPv6(address.toLowerCase(), loopbackAllowed)
  // An mDNS name hides a local address (RFC 8828); any other name would make us ask a DNS server of their choice.
  return /^[0-9a-z-]{1,63}\.local$/i.test(address)
}

function isAllowedIPv4(address: string, loopbackAllowed: boolean): boolean {
  const first = Number(address.split('.')[0])
  if (first === 127) return loopbackAllowed
  return first !== 0 && first < 224
}

function isAllowedIPv6(address: string, loopbackAllowed: boolean): boolean {
  if (address.includes('%')) return false
  const mapped = /^(?:0*:)*:?(?:ffff:)?(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1]
  if (mapped) return isAllowedIPv4(mapped, loopbackAllowed)
  const groups = expand(address)
  const number = BigInt(`0x${groups.join('')}`)
  if (number === 1n) return loopbackAllowed
  // Unspecified, multicast, and the hexadecimal spelling of mapped and compatible IPv4.
  if (number === 0n || groups[0]!.startsWith('ff')) return false
  if (number >> 48n === 0n) return false
  if (number >> 32n === 0xffffn) {
    const quad = [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 0xffn).join('.')
    return isAllowedIPv4(quad, loopbackAllowed)
  }
  return true
}

/** The eight groups of an IPv6 address already known to be one, four digits each. */
function expand(address: string): string[] {
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const middle = tail === undefined ? 0 : 8 - left.length - right.length
  return [...left, ...Array.from({ length: middle }, () => '0'), ...right].map((group) => group.padStart(4, '0'))
}
