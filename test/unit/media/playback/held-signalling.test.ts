import { describe, expect, it } from 'vitest'
import { HeldSignalling } from '../../../../src-renderer/media/playback/held-signalling.ts'
import { splitOffer } from '../../../../src-renderer/media/playback/offer-candidates.ts'
import { FakeSignalling, settle } from '../fakes.ts'

const PLAIN = ['v=0', 'm=video 9 UDP/TLS/RTP/SAVP 104', 'a=mid:0', 'm=application 9 UDP/DTLS/SCTP x', 'a=mid:1', '']
const OFFER = PLAIN.toSpliced(3, 0, 'a=candidate:1 1 UDP 2 10.0.0.7 5000 typ host')
  .toSpliced(6, 0, 'a=candidate:2 1 UDP 2 10.0.0.7 5001 typ host', 'a=end-of-candidates')
  .join('\r\n')
const inOffer = ['candidate:1 1 UDP 2 10.0.0.7 5000 typ host', 'candidate:2 1 UDP 2 10.0.0.7 5001 typ host']
const later = { candidate: 'candidate:3 1 UDP 2 10.0.0.7 5002 typ host', sdpMid: '0', sdpMLineIndex: 0 }

/** A held road, what it hands on of candidates, and what lets the answer go. */
function held() {
  const road = new FakeSignalling(OFFER)
  road.found = [later]
  const go = Promise.withResolvers<void>()
  const signalling = new HeldSignalling(road, () => go.promise)
  const aborting = new AbortController()
  const heard: string[] = []
  const hear = async () => {
    for await (const { candidate } of signalling.candidates(aborting.signal)) heard.push(candidate)
    heard.push('no more')
  }
  return { road, signalling, go, aborting, heard, hear }
}

describe('an offer', () => {
  it('is told apart from where the server can be reached', () => {
    expect(splitOffer(OFFER)).toEqual({
      sdp: PLAIN.join('\r\n'),
      candidates: inOffer.map((candidate, sdpMLineIndex) => ({ candidate, sdpMid: null, sdpMLineIndex })),
    })
  })
})

describe('a held road', () => {
  it('does not say where the server is before the answer goes out', async () => {
    const { road, signalling, go, aborting, heard, hear } = held()
    const { sdp } = await signalling.open(aborting.signal)
    void hear()
    void signalling.answer('ours')
    await settle()
    const before = [...heard, ...road.said]
    go.resolve()
    await settle()
    expect([sdp, before, road.said, heard]).toEqual([
      PLAIN.join('\r\n'),
      ['open'],
      ['open', 'answer ours'],
      [...inOffer, later.candidate, 'no more'],
    ])
  })

  it('that is closed unanswered says nothing of it', async () => {
    const { signalling, aborting, heard, hear } = held()
    await signalling.open(aborting.signal)
    void hear()
    aborting.abort()
    await signalling.close()
    await settle()
    expect(heard).toEqual(['no more'])
  })
})
