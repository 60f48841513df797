import type { DataChannel, PeerConnection, Track } from 'node-datachannel'
import { isLoopback } from './candidates.ts'
import type { Peer, PeerEvents, PeerState } from './peer.ts'

/** libdatachannel's states in ours. A client that closes, or is gone, shows as `disconnected`: no session comes back from it. */
const states: Record<string, PeerState> = {
  new: 'new',
  connecting: 'connecting',
  connected: 'connected',
  disconnected: 'failed',
  failed: 'failed',
  closed: 'closed',
}

/** Keeps DTLS and SCTP within what a 1280-byte link carries. */
const LINK_BYTES = 1280

/** A connection on this machine only. */
export const ON_LOOPBACK = { iceServers: [], bindAddress: '127.0.0.1', mtu: LINK_BYTES, disableAutoNegotiation: true }

/** What a connection does once it is described, whoever made the offer. `own`: channels this side opened. */
export function wired(
  connection: PeerConnection,
  { video, sound, own = [] }: { video: Track; sound: Track | undefined; own?: readonly DataChannel[] },
  events: PeerEvents,
): Pick<Peer, 'addCandidate' | 'send' | 'hasSound' | 'sendSound' | 'close'> {
  const kept: DataChannel[] = [...own] // libdatachannel closes a channel that nobody holds
  let isClosed = false

  connection.onStateChange((state) => {
    if (!isClosed) events.onState(states[state] ?? 'failed')
  })
  connection.onDataChannel((channel) => {
    kept.push(channel)
    channel.onMessage((message) => {
      if (isClosed || channel.getLabel() !== 'commands') return
      events.onCommand(typeof message === 'string' ? message : Buffer.from(message as Uint8Array).toString())
    })
  })
  video.onMessage((packet) => {
    if (!isClosed) events.onFeedback(packet)
  })
  sound?.onMessage(() => {}) // reports of a receiver: left alone they would pile up

  return {
    addCandidate(candidate, mid) {
      if (!isClosed && isLoopback(candidate)) connection.addRemoteCandidate(candidate, mid)
    },
    send(packet) {
      if (!isClosed) trySend(video, packet)
    },
    hasSound: sound !== undefined,
    sendSound(packet) {
      if (!isClosed && sound) trySend(sound, packet)
    },
    close() {
      if (isClosed) return
      isClosed = true
      // Each channel by itself first: what ends the association may get lost in libdatachannel on a busy machine.
      for (const channel of kept.splice(0)) channel.close()
      connection.close()
      events.onState('closed')
    },
  }
}

/** The client may be gone before we hear of it: then `sendMessageBinary` throws "Track is closed", and no harm is done. */
function trySend(track: Track, packet: Buffer): void {
  try {
    if (track.isOpen()) track.sendMessageBinary(packet)
  } catch {
    // the state change that follows ends the session
  }
}

/** Resolves once every candidate of this side is known; the listener is on when this returns. */
export async function gathered(connection: PeerConnection): Promise<void> {
  return new Promise((resolve) => {
    connection.onGatheringStateChange((state) => {
      if (state === 'complete') resolve()
    })
  })
}
