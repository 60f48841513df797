import { isIPv4, isIPv6 } from 'node:net'
import { badAnswer } from './body.ts'

/** Limits of one session (security.md 4.7 [X]): 5,000 candidates held a page for 21.8 s, 10 MB of SDP was taken. */
const MAX_SDP_LENGTH = 262_144
const MAX_MEDIA_LINES = 16
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
  // A zone names a network card of ours, which no server can know.
  if (address.includes('%')) return false
  const number = BigInt(`0x${groupsOf(address).join('')}`)
  if (number === 1n) return loopbackAllowed
  if (number >> 120n === 0xffn) return false
  if (number >> 32n === 0xffffn) return isAllowedIPv4(quadOf(number), loopbackAllowed)
  // Unspecified, and the old way to write IPv4 in IPv6.
  return number >> 32n !== 0n
}

const quadOf = (number: bigint): string => [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 0xffn).join('.')

/** The eight groups of an IPv6 address already known to be one, four digits each. */
function groupsOf(address: string): string[] {
  const hexadecimal = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_quad, ...bytes: string[]) => {
    const [a = '', b = '', c = '', d = ''] = bytes.slice(0, 4).map((byte) => Number(byte).toString(16).padStart(2, '0'))
    return `${a}${b}:${c}${d}`
  })
  const [head = '', tail] = hexadecimal.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const middle = tail === undefined ? 0 : 8 - left.length - right.length
  return [...left, ...Array.from({ length: middle }, () => '0'), ...right].map((group) => group.padStart(4, '0'))
}
