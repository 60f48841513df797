import { describe, expect, it } from 'vitest'
import { Candidates } from '../../../src-main/xprotect/candidates.ts'
import { candidateOf, iceServersOf, sdpOf } from '../../../src-main/xprotect/offer.ts'
import { limitOffer } from '../../../src-main/xprotect/sdp-limits.ts'
import { SessionAnswer } from '../../../src-main/xprotect/wire/webrtc.ts'
import { candidateLine, candidateText, offerSdp } from './support/offer.ts'

const sdp = offerSdp({})
const description = { type: 'offer', sdp }

it.each<[string, unknown]>([
  ['a JSON text, as the server does', JSON.stringify(description)],
  ['an object', description],
  ['twice encoded', JSON.stringify(JSON.stringify(description))],
  ['bare', sdp],
  ['a JSON text of the bare SDP', JSON.stringify(sdp)],
])('an offer is read from %s', (_form, offer) => {
  expect(sdpOf(offer)).toBe(sdp)
})

it.each([[null], [7], [''], ['{}'], [{ sdp: 7 }], [[]]])('%j is no offer', (offer) => {
  expect(() => sdpOf(offer)).toThrow('bad-answer')
})

it.each<[string, unknown, unknown]>([
  [
    'a JSON text',
    candidateText('192.0.2.7 41000'),
    { candidate: candidateLine('192.0.2.7 41000'), sdpMid: '0', sdpMLineIndex: 0 },
  ],
  [
    'an object',
    { candidate: 'candidate:1', sdpMid: '1' },
    { candidate: 'candidate:1', sdpMid: '1', sdpMLineIndex: null },
  ],
  ['a bare line', 'a=candidate:1', { candidate: 'candidate:1', sdpMid: null, sdpMLineIndex: 0 }],
  ['an empty candidate', { candidate: '', sdpMid: '0' }, 'end'],
  ['null', null, 'end'],
  ['a number', 7, undefined],
  ['some other text', 'hello', undefined],
  ['a megabyte', { candidate: 'x'.repeat(1_000_000) }, undefined],
  [
    'a name fragment',
    { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'AB' },
    { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'AB' },
  ],
])('a candidate given as %s', (_form, wire, candidate) => {
  expect(candidateOf(wire)).toEqual(candidate)
})

it('relays are read in both spellings; what is not a relay is dropped, and there are at most eight', () => {
  const { iceServers } = SessionAnswer.parse({
    sessionId: 'a-1',
    offerSDP: null,
    iceServers: [
      { url: 'stun:stun.example:3478' },
      { urls: ['turn:turn.example?transport=tcp', 'turns:turn.example'], username: 'u', credential: 'c' },
      { url: 'javascript:alert(1)' },
      { url: 'https://evil.example' },
      { url: 'turn:user@evil.example' },
      { url: 7 },
      'nonsense',
      ...Array.from({ length: 100 }, (_, n) => ({ url: `stun:s${n}.example` })),
    ],
  })
  expect(iceServersOf(iceServers)).toEqual([
    { urls: 'stun:stun.example:3478' },
    { urls: 'turn:turn.example?transport=tcp', username: 'u', credential: 'c' },
    { urls: 'turns:turn.example', username: 'u', credential: 'c' },
    ...Array.from({ length: 5 }, (_, n) => ({ urls: `stun:s${n}.example` })),
  ])
})

it.each(['../x', 'a/b', 'a?b', 'a%2fb', '', 'x'.repeat(65), 'ü'])(
  'a session called "%s" is no session',
  (sessionId) => {
    expect(SessionAnswer.safeParse({ sessionId, offerSDP: null }).success).toBe(false)
  },
)

describe('candidates on their way to the page', () => {
  const rules = { loopbackAllowed: false }
  const candidates = (wish = {}): Candidates => new Candidates(limitOffer(offerSdp(wish), rules), rules)
  const ports = (list: { candidate: string }[]): number[] =>
    list.map(({ candidate }) => Number(candidate.split(' ')[5]))

  it('are handed out once each, though the server repeats its whole list', () => {
    const box = candidates()
    box.take(candidateText('192.0.2.7 41000'))
    box.take(candidateText('192.0.2.7 41001'))
    const first = box.drain()
    box.take(candidateText('192.0.2.7 41000'))
    box.take(candidateText('192.0.2.7 41002'))
    expect([ports(first), ports(box.drain())]).toEqual([[41_000, 41_001], [41_002]])
  })

  it('are dropped where they are not allowed or belong to no line of the offer', () => {
    const box = candidates()
    box.take(candidateText('127.0.0.1 41000'))
    box.take(candidateText('192.0.2.7 41000', '7'))
    box.take({ candidate: candidateLine('192.0.2.7 41000'), sdpMLineIndex: 9 })
    box.take(candidateText('192.0.2.7 41001', '1'))
    expect(ports(box.drain())).toEqual([41_001])
  })

  it('never exceed 64, those in the offer counted', () => {
    const box = candidates({ candidates: Array.from({ length: 60 }, (_, n) => `192.0.2.7 ${2000 + n}`) })
    for (let n = 0; n < 5000; n++) box.take(candidateText(`192.0.2.7 ${3000 + n}`))
    expect([box.drain().length, box.ended]).toEqual([4, true])
  })

  it('come to an end at once where the offer has them all', async () => {
    const box = candidates({ complete: true })
    box.take(candidateText('192.0.2.7 41000'))
    expect(await box.next(new AbortController().signal)).toEqual([])
  })

  it('wake whoever waits for them', async () => {
    const box = candidates()
    const waiting = box.next(new AbortController().signal)
    box.take(candidateText('192.0.2.7 41000'))
    expect(ports(await waiting)).toEqual([41_000])
  })

  it('let go of whoever waits when the waiting is given up', async () => {
    const giveUp = new AbortController()
    const waiting = candidates().next(giveUp.signal)
    giveUp.abort()
    expect(await waiting).toEqual([])
  })

  it('after their end are not taken any more', () => {
    const box = candidates()
    box.take({ candidate: '' })
    box.take(candidateText('192.0.2.7 41000'))
    expect([box.drain(), box.ended]).toEqual([[], true])
  })
})
