import os from 'node:os'
import datachannel, { type PeerConnection } from 'node-datachannel'
import { withLoopbackOnly } from './candidates.ts'
import { newIdentity } from './identity.ts'
import { SOUND_PAYLOAD_TYPE } from '../sound/sound-sender.ts'
import { offerText, PAYLOAD_TYPE } from './offer.ts'
import type { Peer, PeerEvents, PeerOptions } from './peer.ts'
import { gathered, ON_LOOPBACK, wired } from './wire.ts'

/** A real connection by libdatachannel, on this machine only. Resolves once its candidates are known. */
export async function openChannelPeer(options: PeerOptions, events: PeerEvents): Promise<Peer> {
  const identity = newIdentity()
  const connection = new datachannel.PeerConnection(identity.cname, ON_LOOPBACK)
  // In the order of the offer: their names are numbers.
  const sound =
    options.soundSsrc === undefined ? undefined : connection.addTrack(audio('0', options.soundSsrc, identity))
  const track = connection.addTrack(video(options, identity.cname))
  // Puts m=application into the offer; the client opens its own channel over it.
  const own = connection.createDataChannel('')
  const wire = wired(connection, { video: track, sound, own: [own] }, events)
  const { fingerprint, candidates } = await describe(connection, identity)
  return {
    offerSdp: offerText({ ...options, ...identity, fingerprint, candidates }),
    answerSdp: '',
    candidates,
    answer: (sdp) => undisturbed(() => connection.setRemoteDescription(withLoopbackOnly(sdp), 'answer')),
    ...wire,
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

/** What libdatachannel itself must know of the track; the text the client sees is `offerText`'s. */
function video({ ssrc, soundSsrc, codec }: PeerOptions, cname: string): InstanceType<typeof datachannel.Video> {
  const media = new datachannel.Video(soundSsrc === undefined ? '0' : '1', 'SendOnly')
  if (codec === 'H264') media.addH264Codec(PAYLOAD_TYPE)
  else media.addH265Codec(PAYLOAD_TYPE)
  media.addSSRC(ssrc, cname, 'stream', 'video')
  return media
}

/** The same of its sound, in whichever section it has its place. */
export function audio(mid: string, ssrc: number, { cname }: { cname: string }): InstanceType<typeof datachannel.Audio> {
  const media = new datachannel.Audio(mid, 'SendOnly')
  media.addAudioCodec(SOUND_PAYLOAD_TYPE, 'PCMU')
  media.addSSRC(ssrc, cname, 'stream', 'audio')
  return media
}

async function describe(
  connection: PeerConnection,
  { iceUfrag, icePwd }: { iceUfrag: string; icePwd: string },
): Promise<{ fingerprint: string; candidates: string[] }> {
  const candidates: string[] = []
  connection.onLocalCandidate((candidate) => candidates.push(candidate.replace(/^a=/, '').replace(' UDP ', ' udp ')))
  const complete = gathered(connection)
  connection.setLocalDescription('offer', { iceUfrag, icePwd })
  await complete
  const fingerprint = /^a=fingerprint:(.+?)\r?$/m.exec(connection.localDescription()?.sdp ?? '')?.[1]
  if (fingerprint === undefined) throw new Error('libdatachannel described no fingerprint')
  return { fingerprint, candidates }
}
