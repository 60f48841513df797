import { AppError } from '../../src-preload/contract/failure.ts'
import type { Signalling } from './signalling.ts'
import { apartFromPicture } from './sound/own-stream.ts'

/** Addresses of this computer are there at once; nobody waits longer for what a relay says. */
const GATHER_MS = 1_000

/**
 * Agrees on a session by an offer of ours, for a server that answers it in one reply. There is no road for candidates
 * then: the offer has to hold ours, and the answer holds the server's.
 */
export async function agreeByOwnOffer(
  peer: RTCPeerConnection,
  signalling: Signalling,
  { signal, withSound }: { signal: AbortSignal; withSound: boolean },
): Promise<void> {
  peer.onicecandidate = null
  peer.addTransceiver('video', { direction: 'recvonly' })
  if (withSound) peer.addTransceiver('audio', { direction: 'recvonly' })
  await peer.setLocalDescription()
  await gathered(peer, signal)
  signal.throwIfAborted()
  const sdp = await signalling.offer(peer.localDescription?.sdp ?? '')
  signal.throwIfAborted()
  try {
    await peer.setRemoteDescription({ type: 'answer', sdp: apartFromPicture(sdp) })
  } catch (cause) {
    throw new AppError({ kind: 'bad-answer', call: 'WebRTC answer', what: 'shape' }, { cause })
  }
}

/** Resolves once the offer has all candidates there will be, or has waited long enough for them. */
function gathered(peer: RTCPeerConnection, signal: AbortSignal): Promise<void> {
  if (peer.iceGatheringState === 'complete') return Promise.resolve()
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      peer.removeEventListener('icegatheringstatechange', look)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const look = (): void => {
      if (peer.iceGatheringState === 'complete') done()
    }
    const timer = setTimeout(done, GATHER_MS)
    peer.addEventListener('icegatheringstatechange', look)
    signal.addEventListener('abort', done)
  })
}
