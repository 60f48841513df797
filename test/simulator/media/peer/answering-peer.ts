import datachannel from 'node-datachannel'
import { withLoopbackOnly } from './candidates.ts'
import { audio } from './channel-peer.ts'
import { newIdentity } from './identity.ts'
import type { Peer, PeerEvents, PeerOptions } from './peer.ts'
import { gathered, ON_LOOPBACK, wired } from './wire.ts'

/** A client's offer that cannot be answered; the message is one sentence. */
export class ClientOfferError extends Error {}

/** Where a client's offer wants its picture. */
export interface VideoPlace {
  mid: string
  payloadType: number
}

const FORMAT = 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f'

/** The H.264 our clips are, in the first section for pictures. Throws ClientOfferError where the client takes none. */
export function placeIn(offer: string, codec: 'H264' | 'H265' = 'H264'): VideoPlace {
  if (codec === 'H265') throw new ClientOfferError('The camera sends H.265, which the simulator puts into no answer.')
  const section = /(^|\n)m=video [^]*?(?=\nm=|$)/.exec(offer)?.[0] ?? ''
  const mid = /^a=mid:(\S+)/m.exec(section)?.[1]
  if (mid === undefined) throw new ClientOfferError('The offer has no place for a picture.')
  const types = [...section.matchAll(/^a=rtpmap:(\d+) H264\/90000/gm)].map(([, type]) => type!)
  const formatOf = (type: string): string => new RegExp(`^a=fmtp:${type} (.*)$`, 'm').exec(section)?.[1] ?? ''
  const fitting = types.find((type) => /packetization-mode=1/.test(formatOf(type)) && /=42[ec0]0/i.test(formatOf(type)))
  if (fitting === undefined) throw new ClientOfferError('The offer has no H.264 of the baseline profile.')
  return { mid, payloadType: Number(fitting) }
}

/** The section in which a client would hear PCMU; undefined where it offers no place for it. */
export function soundPlaceIn(offer: string): string | undefined {
  const section = /(^|\n)m=audio [1-9][^]*?(?=\nm=|$)/.exec(offer)?.[0] ?? ''
  return /^a=rtpmap:0 PCMU\/8000/m.test(section) ? /^a=mid:(\S+)/m.exec(section)?.[1] : undefined
}

/** A real connection that answers a client's offer. Resolves once the answer has all of its candidates. */
export async function openAnsweringPeer(
  offer: string,
  { ssrc, soundSsrc }: Pick<PeerOptions, 'ssrc' | 'soundSsrc'>,
  events: PeerEvents,
): Promise<Peer> {
  const { mid, payloadType } = placeIn(offer)
  const identity = newIdentity()
  const { cname } = identity
  const soundMid = soundPlaceIn(offer)
  const connection = new datachannel.PeerConnection(cname, ON_LOOPBACK)
  const media = new datachannel.Video(mid, 'SendOnly')
  media.addH264Codec(payloadType, FORMAT)
  media.addSSRC(ssrc, cname, 'stream', 'video')
  const hasSound = soundMid !== undefined && soundSsrc !== undefined
  const sound = hasSound ? connection.addTrack(audio(soundMid, soundSsrc, identity)) : undefined
  const wire = wired(connection, { video: connection.addTrack(media), sound }, events)
  const complete = gathered(connection)
  try {
    connection.setRemoteDescription(withLoopbackOnly(offer), 'offer')
    connection.setLocalDescription('answer')
  } catch (error) {
    connection.close()
    throw new ClientOfferError('The offer could not be parsed.', { cause: error })
  }
  await complete
  return {
    offerSdp: '',
    answerSdp: connection.localDescription()?.sdp ?? '',
    candidates: [],
    answer() {
      throw new Error('The client made the offer.')
    },
    ...wire,
  }
}
