import type { IceCandidate } from '../../src-preload/contract/models/session.ts'
import { badAnswer } from './body.ts'
import type { VideoSession } from './server.ts'
import { CandidateWire, Description, type IceServerWire } from './wire/webrtc.ts'

/** A JSON text is unwrapped at most this often: servers were seen to encode once, and to encode what was encoded. */
const MAX_WRAPPINGS = 3

/** What a value says after any JSON strings around it are opened; a string that is no JSON stays as it is. */
function unwrapped(value: unknown): unknown {
  let inner = value
  for (let depth = 0; depth < MAX_WRAPPINGS && typeof inner === 'string'; depth++) {
    try {
      inner = JSON.parse(inner)
    } catch {
      return inner
    }
  }
  return inner
}

/** The SDP of an offer given as a JSON string, an object, twice encoded or bare (security.md 7D 88). */
export function sdpOf(offer: unknown): string {
  if (typeof offer === 'string' && offer.startsWith('v=0')) return offer
  const inner = unwrapped(offer)
  if (typeof inner === 'string' && inner.startsWith('v=0')) return inner
  const description = Description.safeParse(inner)
  if (description.success) return description.data.sdp
  throw badAnswer('offer', 'shape')
}

/** A session description as XProtect wants it: a JSON text inside JSON (xprotect-api.md 3.2 [V]). */
export const answerText = (sdp: string): string => JSON.stringify({ type: 'answer', sdp })

/** A candidate of the server's, the word that there will be no more, or undefined where it is neither. */
export function candidateOf(value: unknown): IceCandidate | 'end' | undefined {
  const inner = unwrapped(value)
  if (inner === null || inner === '') return 'end'
  if (typeof inner === 'string') return candidateOfLine(inner)
  const wire = CandidateWire.safeParse(inner)
  if (!wire.success) return undefined
  const { candidate, sdpMid, sdpMLineIndex, usernameFragment } = wire.data
  if (candidate === '') return 'end'
  return {
    candidate: candidate.replace(/^a=/, ''),
    sdpMid: sdpMid ?? null,
    sdpMLineIndex: sdpMLineIndex ?? (sdpMid == null ? 0 : null),
    ...(usernameFragment ? { usernameFragment } : {}),
  }
}

function candidateOfLine(line: string): IceCandidate | undefined {
  const bare = line.replace(/^a=/, '')
  if (!bare.startsWith('candidate:') || bare.length > 1024) return undefined
  return { candidate: bare, sdpMid: null, sdpMLineIndex: 0 }
}

const MAX_ICE_SERVERS = 8
/** RFC 7064 and 7065. Anything else in this place is not a relay. */
const ICE_URL = /^(?:stun|turns?):[^\s/?#@]{1,255}(?:\?transport=(?:udp|tcp))?$/i

/** The server's list of relays as a browser reads it (security.md 7D 94). */
export function iceServersOf(wire: IceServerWire[]): VideoSession['iceServers'] {
  return wire
    .flatMap(({ url, urls, username, credential }) =>
      [url ?? [], urls ?? []].flat().map((address) => ({
        urls: address,
        ...(username ? { username } : {}),
        ...(credential ? { credential } : {}),
      })),
    )
    .filter(({ urls }) => ICE_URL.test(urls))
    .slice(0, MAX_ICE_SERVERS)
}
