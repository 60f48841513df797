import os from 'node:os'
import datachannel, { type DataChannel, type PeerConnection, type Track } from 'node-datachannel'
import { isLoopback, withLoopbackOnly } from './candidates.ts'
import { newIdentity } from './identity.ts'
import { offerText, PAYLOAD_TYPE } from './offer.ts'
import type { Peer, PeerEvents, PeerOptions, PeerState } from './peer.ts'

/** Keeps DTLS and SCTP within what a 1280-byte link carries. */
const LINK_BYTES = 1280

/** libdatachannel's states in ours. A client that closes, or is gone, shows as `disconnected`: no session comes back from it. */
const states: Record<string, PeerState> = {
  new: 'new',
  connecting: 'connecting',
  connected: 'connected',
  disconnected: 'failed',
  failed: 'failed',
  closed: 'closed',
}

/** A real connection by libdatachannel, on this machine only. Resolves once its candidates are known. */
export async function openChannelPeer(options: PeerOptions, events: PeerEvents): Promise<Peer> {
  const identity = newIdentity()
  const connection = new datachannel.PeerConnection(identity.cname, {
    iceServers: [],
    bindAddress: '127.0.0.1',
    mtu: LINK_BYTES,
    disableAutoNegotiation: true,
  })
  const track = connection.addTrack(video(options, identity.cname))
  // Puts m=application into the offer; the client opens its own channel over it.
  const own = connection.createDataChannel('')
  const kept: DataChannel[] = [own] // libdatachannel closes a channel that nobody holds
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
  track.onMessage((packet) => {
    if (!isClosed) events.onFeedback(packet)
  })

  const { fingerprint, candidates } = await describe(connection, identity)
  return {
    offerSdp: offerText({ ...options, ...identity, fingerprint, candidates }),
    candidates,
    answer: (sdp) => undisturbed(() => connection.setRemoteDescription(withLoopbackOnly(sdp), 'answer')),
    addCandidate(candidate, mid) {
      if (!isClosed && isLoopback(candidate)) connection.addRemoteCandidate(candidate, mid)
    },
    send(packet) {
      if (!isClosed) trySend(track, packet)
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

/**
 * libdatachannel starts ICE before it has stored the answer. Where its own thread is held up in between for the few
 * milliseconds of a handshake, it turns an honest client down ("unknown CA"). The thread is not held up by others while
 * it goes before them; only root may ask for that, so for others a busy machine still costs an attempt now and then.
 */
function undisturbed(step: () => void): void {
  const before = os.getPriority()
  try {
    os.setPriority(-20)
  } catch {
    // not allowed
  }
  try {
    step()
  } finally {
    if (os.getPriority() !== before) os.setPriority(before)
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

/** What libdatachannel itself must know of the track; the text the client sees is `offerText`'s. */
function video({ ssrc, codec }: PeerOptions, cname: string): InstanceType<typeof datachannel.Video> {
  const media = new datachannel.Video('0', 'SendOnly')
  if (codec === 'H264') media.addH264Codec(PAYLOAD_TYPE)
  else media.addH265Codec(PAYLOAD_TYPE)
  media.addSSRC(ssrc, cname, 'stream', 'video')
  return media
}

async function describe(
  connection: PeerConnection,
  { iceUfrag, icePwd }: { iceUfrag: string; icePwd: string },
): Promise<{ fingerprint: string; candidates: string[] }> {
  const candidates: string[] = []
  const gathered = new Promise<void>((resolve) => {
    connection.onLocalCandidate((candidate) => candidates.push(candidate.replace(/^a=/, '').replace(' UDP ', ' udp ')))
    connection.onGatheringStateChange((state) => {
      if (state === 'complete') resolve()
    })
  })
  connection.setLocalDescription('offer', { iceUfrag, icePwd })
  await gathered
  const fingerprint = /^a=fingerprint:(.+?)\r?$/m.exec(connection.localDescription()?.sdp ?? '')?.[1]
  if (fingerprint === undefined) throw new Error('libdatachannel described no fingerprint')
  return { fingerprint, candidates }
}
