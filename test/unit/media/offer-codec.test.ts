import { describe, expect, it } from 'vitest'
import { acceptHighProfile, plainCodec, readOffer, unplayableCodec } from '../../../src-renderer/media/offer-codec.ts'
import { H264_OFFER, H265_OFFER } from './fakes.ts'

const playable = new Set(['H264', 'VP8'])

describe('an offer', () => {
  it('tells its picture formats and whether there is a place for data channels', () => {
    expect([readOffer(H264_OFFER), readOffer('no sdp at all')]).toEqual([
      { codecs: ['H264'], hasDataChannel: true },
      { codecs: [], hasDataChannel: false },
    ])
  })

  it('is read for its picture only: sound, repair formats and a refused channel count for nothing', () => {
    const sdp = `m=audio 9 RTP/AVP 0
a=rtpmap:0 PCMU/8000
m=video 9 RTP/AVP 96 97 98
a=rtpmap:96 H265/90000
a=rtpmap:97 rtx/90000
a=rtpmap:98 H265/90000
m=application 0 UDP/DTLS/SCTP webrtc-datachannel
`
    expect(readOffer(sdp)).toEqual({ codecs: ['H265'], hasDataChannel: false })
  })

  it('is read the same with either kind of line end', () => {
    expect(readOffer(H264_OFFER.replaceAll('\n', '\r\n'))).toEqual(readOffer(H264_OFFER))
  })

  it('cannot be played when none of its formats can, and then names the first', () => {
    const judge = (sdp: string) => unplayableCodec(readOffer(sdp), playable)
    const both = H265_OFFER.replace('m=app', 'a=rtpmap:105 H264/90000\nm=app')
    expect([judge(H264_OFFER), judge(H265_OFFER), judge(both), judge('')]).toEqual([
      undefined,
      'H265',
      undefined,
      undefined,
    ])
  })

  it('of High profile is given one that Chromium accepts, and no other is touched', () => {
    const offer = (profile: string) => `a=fmtp:104 profile-level-id=${profile};packetization-mode=1`
    const after = ['640032', '64001F', '42e01f', '4d0033'].map((profile) => acceptHighProfile(offer(profile)))
    expect(after).toEqual(['42e01f', '42e01f', '42e01f', '4d0033'].map(offer))
  })
})

it('a codec has one spelling', () => {
  expect(['h.264', 'H264', 'video/H264', 'video/AV1', 'H.265'].map(plainCodec)).toEqual([
    'H264',
    'H264',
    'H264',
    'AV1',
    'H265',
  ])
})
