import { jsonObject } from '../http/call.ts'
import type { VideoSession } from './session-list.ts'

/** The offer as it goes into `offerSDP`: JSON inside a string (xprotect-api.md 3.2). [V REAL] */
export const offerJson = ({ sender }: VideoSession): string => JSON.stringify({ type: 'offer', sdp: sender.offerSdp })

/** The answer's SDP out of such a string, or undefined where it is none. */
export function answerSdp(value: unknown): string | undefined {
  const description = typeof value === 'string' ? jsonObject(value) : undefined
  const sdp = description?.['sdp']
  return description?.['type'] === 'answer' && typeof sdp === 'string' ? sdp : undefined
}

/** The server's candidates as browsers write them; all belong to the picture, bundled with the rest. */
export const serverCandidates = ({ sender }: VideoSession) =>
  sender.candidates.map((candidate) => ({ candidate, sdpMid: '0', sdpMLineIndex: 0 }))

/** Hands a client's candidate (a JSON string of an RTCIceCandidate) to the session; false where it is none. */
export function takeCandidate({ sender }: VideoSession, value: unknown): boolean {
  const candidate = typeof value === 'string' ? jsonObject(value) : undefined
  const line = candidate?.['candidate']
  if (typeof line !== 'string') return false
  // An empty line says there are no more (RFC 8838); the sender need not know.
  if (line === '') return true
  const mid = candidate?.['sdpMid']
  sender.addCandidate(line, typeof mid === 'string' ? mid : '0')
  return true
}
