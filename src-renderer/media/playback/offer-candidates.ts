import type { IceCandidate } from '../../../src-preload/contract/models/session.ts'

/** An offer without its candidates, and those by themselves. */
export function splitOffer(sdp: string): { sdp: string; candidates: IceCandidate[] } {
  const candidates: IceCandidate[] = []
  let section = -1
  const kept = sdp.split('\n').filter((line) => {
    if (line.startsWith('m=')) section++
    if (!line.startsWith('a=candidate:')) return !line.startsWith('a=end-of-candidates')
    const candidate = line.slice('a='.length).trimEnd()
    candidates.push({ candidate, sdpMid: null, sdpMLineIndex: Math.max(section, 0) })
    return false
  })
  return { sdp: kept.join('\n'), candidates }
}
