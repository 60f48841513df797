import { expect, it } from 'vitest'
import { isLoopback, withLoopbackOnly } from '../../../simulator/media/peer/candidates.ts'
import { newIdentity, nobodysFingerprint } from '../../../simulator/media/peer/identity.ts'
import { offerText, type Offer } from '../../../simulator/media/peer/offer.ts'

const offer: Offer = {
  sessionId: 12345,
  codec: 'H264',
  feedback: 'transport-cc',
  ssrc: 77,
  cname: '8f14e45f-ceea-467a-9a36-dedd4bea2543',
  iceUfrag: 'ABCD',
  icePwd: 'ABCDEFGHIJKLMNOPQRSTUVWX',
  fingerprint: 'sha-256 AB:CD',
  candidates: ['candidate:1 1 udp 2114977791 127.0.0.1 5000 typ host'],
}

it('the offer reads as the real gateway writes it', () => {
  expect(offerText(offer).split('\r\n')).toEqual([
    'v=0',
    'o=- 12345 0 IN IP4 127.0.0.1',
    's=sipsorcery',
    't=0 0',
    'a=group:BUNDLE 0 1',
    'm=video 9 UDP/TLS/RTP/SAVP 104',
    'c=IN IP4 0.0.0.0',
    'a=ice-ufrag:ABCD',
    'a=ice-pwd:ABCDEFGHIJKLMNOPQRSTUVWX',
    'a=fingerprint:sha-256 AB:CD',
    'a=setup:actpass',
    'a=candidate:1 1 udp 2114977791 127.0.0.1 5000 typ host',
    'a=end-of-candidates',
    'a=ice-options:ice2,trickle',
    'a=mid:0',
    'a=rtpmap:104 H264/90000',
    'a=rtcp-fb:104 transport-cc',
    'a=fmtp:104 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
    'a=rtcp-mux',
    'a=rtcp:9 IN IP4 0.0.0.0',
    'a=sendonly',
    'a=ssrc:77 cname:8f14e45f-ceea-467a-9a36-dedd4bea2543',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    'a=ice-ufrag:ABCD',
    'a=ice-pwd:ABCDEFGHIJKLMNOPQRSTUVWX',
    'a=fingerprint:sha-256 AB:CD',
    'a=setup:actpass',
    'a=ice-options:ice2,trickle',
    'a=mid:1',
    'a=sctp-port:5000',
    'a=max-message-size:262144',
    '',
  ])
})

it('an H.265 camera offers H.265 alone, in the words of a real one', () => {
  const lines = offerText({ ...offer, codec: 'H265' }).split('\r\n')
  expect(lines.filter((line) => line.includes(':104 '))).toEqual([
    'a=rtpmap:104 H265/90000',
    'a=rtcp-fb:104 transport-cc',
    'a=fmtp:104 level-id=93;profile-id=1;tier-flag=0;tx-mode=SRST',
  ])
})

it('feedback beyond transport-cc is offered only when asked for', () => {
  const lines = offerText({ ...offer, feedback: 'nack' }).split('\r\n')
  expect(lines.filter((line) => line.startsWith('a=rtcp-fb:'))).toEqual([
    'a=rtcp-fb:104 transport-cc',
    'a=rtcp-fb:104 nack',
    'a=rtcp-fb:104 nack pli',
  ])
})

it('names and secrets have the real shape and are new each time', () => {
  const [one, other] = [newIdentity(), newIdentity()]
  expect(one).toEqual({
    sessionId: expect.any(Number) as number,
    cname: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    iceUfrag: expect.stringMatching(/^[A-Z]{4}$/) as string,
    icePwd: expect.stringMatching(/^[A-Z]{24}$/) as string,
  })
  expect(one.icePwd).not.toBe(other.icePwd)
  expect(nobodysFingerprint()).toMatch(/^sha-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
})

it.each([
  ['candidate:1 1 udp 2113937151 127.0.0.1 5000 typ host generation 0', true],
  ['candidate:1 1 udp 2113937151 127.8.9.10 5000 typ host', true],
  ['candidate:1 1 udp 2113937151 ::1 5000 typ host', true],
  ['candidate:1 1 udp 2113937151 192.0.2.7 5000 typ host', false],
  ['candidate:1 1 udp 2113937151 127.0.0.1.example 5000 typ host', false],
  ['candidate:1 1 udp 2113937151 3b7e0c0c-1111-2222-3333-444455556666.local 5000 typ host', false],
  ['candidate:1 1 udp 1677729535 198.51.100.4 5000 typ srflx raddr 127.0.0.1 rport 5000', false],
  ['', false],
])('%s is on this machine: %s', (candidate, expected) => {
  expect(isLoopback(candidate)).toBe(expected)
})

it('an answer keeps all but the candidates of elsewhere', () => {
  const answer = [
    'v=0',
    'a=candidate:1 1 udp 1 192.0.2.7 5000 typ host',
    'a=candidate:2 1 udp 1 127.0.0.1 5001 typ host',
    'a=mid:0',
    '',
  ]
  expect(withLoopbackOnly(answer.join('\n'))).toBe([answer[0], ...answer.slice(2)].join('\r\n'))
})
