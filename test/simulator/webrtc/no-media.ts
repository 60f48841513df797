import { openDeadPeer } from '../media/peer/dead-peer.ts'
import type { Sender, SenderOptions } from '../media/index.ts'

/** A right-looking offer with nobody behind it: for tests of the protocol, which need no picture. */
export async function openSenderWithoutMedia({
  stream,
  withSound = false,
  feedback = 'transport-cc',
}: SenderOptions): Promise<Sender> {
  const listeners = new Set<Parameters<Sender['onState']>[0]>()
  let state: Sender['state'] = 'new'
  const peer = openDeadPeer(
    { ssrc: 1, soundSsrc: withSound ? 2 : undefined, codec: stream.codec, feedback },
    {
      onState: (now) => {
        if (state === 'closed') return
        state = now
        for (const listener of listeners) listener(now)
      },
      onFeedback: () => {},
      onCommand: () => {},
    },
  )
  return {
    offerSdp: peer.offerSdp,
    answerSdp: peer.answerSdp,
    candidates: peer.candidates,
    get state() {
      return state
    },
    hasSound: withSound,
    lossPercent: 0,
    answer(sdp) {
      if (!sdp.startsWith('v=0')) throw new Error('not an SDP')
      peer.answer(sdp)
    },
    addCandidate: () => {},
    onState(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onCommand: () => () => {},
    freeze: () => {},
    stats: () => ({ framesSent: 0, packetsSent: 0, nacks: 0, plis: 0, counter: 0, soundPacketsSent: 0 }),
    close: () => peer.close(),
  }
}
