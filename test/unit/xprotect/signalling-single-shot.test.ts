import { describe, expect, it } from 'vitest'
import type { Answer } from '../../../src-main/xprotect/transport.ts'
import { settled } from './support/fake-clock.ts'
import { guid, json, text } from './support/fake-gateway.ts'
import { offerSdp } from './support/offer.ts'
import { bodies, candidate, openHeard, openOn, openRecorded, playback, sdp } from './support/sessions.ts'
import { bench, failureIn, type Bench } from './support/site.ts'

const PATH = '/api/rest/v1/webrtc/signaling'
const SHOT = `POST ${PATH}`
const answered = (more: object = {}): Answer => json({ sessionId: 's-1', answer: { type: 'answer', sdp }, ...more })

async function site(): Promise<Bench> {
  const made = bench({ singleShotPath: PATH })
  made.gateway.when(/ \/api\/rest\/v1\/WebRTC\//, json({})).when(SHOT, answered())
  await made.server.signIn('anna', 'secret')
  await settled()
  made.gateway.asked.length = 0
  return made
}

describe('in a single shot', () => {
  it('the page offers, and the answer comes in the reply; no socket is opened, and no candidate is sent by itself', async () => {
    const made = await site()
    const { session } = await openOn(made)
    const before = made.gateway.lines.length
    const answer = await session.offer!('v=0 ours')
    await session.addCandidate(candidate)
    const candidates = await session.nextCandidates(new AbortController().signal)
    await session.close()
    expect([session.sdp, before, answer, candidates, made.gateway.lines, made.gateway.sockets]).toEqual([
      null,
      0,
      sdp,
      [],
      [SHOT, 'DELETE /api/rest/v1/WebRTC/Session/s-1'],
      [],
    ])
    expect(bodies(made, /POST/)).toEqual([{ deviceId: guid(1), offer: { type: 'offer', sdp: 'v=0 ours' } }])
  })

  it('a recording is asked for by its moment, its speed and what to do with gaps', async () => {
    const made = await site()
    await (
      await openRecorded(made)
    ).offer!('v=0 ours')
    expect(bodies(made, /POST/)).toMatchObject([
      { deviceId: guid(1), playback: { time: playback.timeIso, speed: 2, skipGaps: true } },
    ])
  })

  it('sound is asked for where somebody listens, and else nothing is said of it', async () => {
    const made = await site()
    await (
      await openHeard(made)
    ).offer!('v=0 ours')
    expect(bodies(made, /POST/)).toEqual([
      { deviceId: guid(1), includeAudio: true, offer: { type: 'offer', sdp: 'v=0 ours' } },
    ])
  })

  it.each<[string, object]>([
    ['as a JSON text', { answer: JSON.stringify({ type: 'answer', sdp }) }],
    ['bare', { answer: sdp }],
    ['of a session without a name', { sessionId: undefined }],
    ['of a session whose name leads elsewhere', { sessionId: '../cameras' }],
  ])('an answer %s is understood', async (_what, more) => {
    const made = await site()
    made.gateway.when(SHOT, answered(more))
    const { session } = await openOn(made)
    expect(await session.offer!('v=0 ours')).toBe(sdp)
    await session.close()
    expect(made.gateway.lines.filter((line) => line.includes('..'))).toEqual([])
  })

  it('an answer is held to the limits of an offer, and its session ended where it breaks them', async () => {
    const made = await site()
    made.gateway.when(SHOT, answered({ answer: offerSdp({ candidates: ['192.0.2.7 41000', '192.0.2.7 80'] }) }))
    const { session } = await openOn(made)
    expect(await session.offer!('v=0 ours')).toBe(sdp)
    made.gateway.when(SHOT, answered({ answer: 'v=0\r\nno media' }))
    const other = await openOn(made, 2)
    expect(await failureIn(other.session.offer!('v=0 ours'))).toMatchObject({ kind: 'bad-answer' })
    await settled()
    expect(made.gateway.lines.at(-1)).toBe('DELETE /api/rest/v1/WebRTC/Session/s-1')
  })

  it('a refusal comes in the words of the server, and a token that ran out is replaced', async () => {
    const made = await site()
    made.gateway.when(SHOT, text('One or more errors occurred. (No recordings were found.)', 400))
    const { session } = await openOn(made)
    expect(await failureIn(session.offer!('v=0 ours'))).toMatchObject({
      kind: 'refused',
      text: 'No recordings were found.',
    })
    let isOld = true
    made.gateway.when(SHOT, () => {
      const reply = isOld ? text('Unauthorized', 401) : answered()
      isOld = false
      return reply
    })
    expect(await session.offer!('v=0 ours')).toBe(sdp)
  })

  it('one that was left before its answer came is ended on the server', async () => {
    const made = await site()
    const slow = Promise.withResolvers<Answer>()
    made.gateway.when(SHOT, () => slow.promise)
    const { session } = await openOn(made)
    const offering = failureIn(session.offer!('v=0 ours'))
    await settled()
    await session.close()
    slow.resolve(answered())
    expect(await offering).toMatchObject({ kind: 'not-found' })
    await settled()
    expect(made.gateway.lines).toEqual([SHOT, 'DELETE /api/rest/v1/WebRTC/Session/s-1'])
  })

  it('one that was left before it offered asks nothing of the server', async () => {
    const made = await site()
    const { session } = await openOn(made)
    await session.close()
    expect([await failureIn(session.offer!('v=0 ours')), made.gateway.lines]).toEqual([
      { kind: 'not-found', what: 'session' },
      [],
    ])
  })

  it('each gets the next token where it has a name, and one REST knows nothing of plays on', async () => {
    const made = await site()
    const [named, other] = [await openOn(made, 1), await openOn(made, 2)]
    await named.session.offer!('v=0 ours')
    made.gateway.when(SHOT, answered({ sessionId: undefined }))
    await other.session.offer!('v=0 ours')
    made.gateway.when('PATCH /api/rest/v1/WebRTC/Session/s-1', text('Not found', 404))
    await made.clock.pass(3_000_000)
    expect([made.gateway.lines.filter((line) => line.startsWith('PATCH')), named.ended, other.ended]).toEqual([
      ['PATCH /api/rest/v1/WebRTC/Session/s-1'],
      [],
      [],
    ])
  })

  it('all end with the sign-out', async () => {
    const made = await site()
    const { session, ended } = await openOn(made)
    await session.offer!('v=0 ours')
    await made.server.signOut()
    expect([ended, made.gateway.lines.at(-1)]).toEqual([
      [{ kind: 'signed-out' }],
      'DELETE /api/rest/v1/WebRTC/Session/s-1',
    ])
  })
})

it('without a path in the profile the server offers', async () => {
  const made = bench()
  made.gateway
    .when(/ \/api\/rest\/v1\/WebRTC\//, json({}))
    .when(
      'POST /api/rest/v1/WebRTC/Session',
      json({ sessionId: 's-1', offerSDP: JSON.stringify({ type: 'offer', sdp }) }),
    )
  await made.server.signIn('anna', 'secret')
  const { session } = await openOn(made)
  expect([session.sdp, session.offer, made.gateway.count(/signaling/)]).toEqual([sdp, undefined, 0])
})
