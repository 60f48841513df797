import { newIdentity, nobodysFingerprint } from './identity.ts'
import { offerText } from './offer.ts'
import type { Peer, PeerEvents, PeerOptions } from './peer.ts'

/** The discard port: nothing answers there. */
const NOWHERE = 'candidate:1 1 udp 2114977791 127.0.0.1 9 typ host'

/** A server whose offer is in order and whose ICE never completes: a firewall between, say. */
export function openDeadPeer(options: PeerOptions, events: PeerEvents): Peer {
  const candidates = [NOWHERE]
  const fingerprint = nobodysFingerprint()
  return {
    offerSdp: offerText({ ...options, ...newIdentity(), fingerprint, candidates }),
    answerSdp: '',
    candidates,
    answer: () => events.onState('connecting'),
    addCandidate: () => {},
    send: () => {},
    hasSound: options.soundSsrc !== undefined,
    sendSound: () => {},
    close: () => events.onState('closed'),
  }
}
