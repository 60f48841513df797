import { describe, expect, it } from 'vitest'
import type { Answer } from '../../../src-main/xprotect/transport.ts'
import { settled } from './support/fake-clock.ts'
import { guid, html, json, text } from './support/fake-gateway.ts'
import { candidateText, offerSdp } from './support/offer.ts'
import {
  bodies,
  candidate,
  offerText,
  openHeard,
  openOn,
  openRecorded,
  playback,
  sdp,
  SESSION,
} from './support/sessions.ts'
import { bench, failureIn, type Bench } from './support/site.ts'

describe('by REST', () => {
  let sessions = 0
  const sessionAnswer = (more: object = {}): Answer =>
    json({
      sessionId: `s-${++sessions}`,
      cameraId: null,
      offerSDP: offerText(),
      answerSDP: 'Uninitialised',
      iceServers: [],
      ...more,
    })

  async function site(): Promise<Bench> {
    sessions = 0
    const made = bench()
    made.gateway
      .when(/ \/api\/rest\/v1\/WebRTC\//, json({}))
      .when('GET /api/rest/v1/WebRTC/IceCandidates', json({ candidates: [] }))
      .when(SESSION, () => sessionAnswer())
    await made.server.signIn('anna', 'secret')
    await settled()
    made.gateway.asked.length = 0
    return made
  }

  it('a session is asked for, answered, given candidates in one go, and ended', async () => {
    const made = await site()
    const { session } = await openOn(made)
    const early = [session.addCandidate(candidate), session.addCandidate(candidate)]
    await settled()
    const before = made.gateway.lines.length
    await session.answer('v=0 answer')
    await Promise.all(early)
    await session.close()
    expect([before, session.sdp, made.gateway.lines, bodies(made, /./)]).toEqual([
      1,
      sdp,
      [
        SESSION,
        'PATCH /api/rest/v1/WebRTC/Session/s-1',
        'POST /api/rest/v1/WebRTC/IceCandidates/s-1',
        'DELETE /api/rest/v1/WebRTC/Session/s-1',
      ],
      [
        { deviceId: guid(1), streamId: guid(700), resolution: 'notInUse', includeAudio: false },
        { answerSDP: JSON.stringify({ type: 'answer', sdp: 'v=0 answer' }) },
        { sessionId: 's-1', candidates: [JSON.stringify(candidate), JSON.stringify(candidate)] },
        undefined,
      ],
    ])
  })

  it('a recording is asked for by its moment, its speed and what to do with gaps', async () => {
    const made = await site()
    await openRecorded(made)
    expect(bodies(made, /POST .*Session/)).toEqual([
      {
        deviceId: guid(1),
        playbackTimeNode: { playbackTime: playback.timeIso, skipGaps: true, speed: 2 },
        resolution: 'notInUse',
        includeAudio: false,
      },
    ])
  })

  it('sound is asked for where somebody listens', async () => {
    const made = await site()
    await openHeard(made)
    expect(bodies(made, /POST .*Session/)).toEqual([{ deviceId: guid(1), resolution: 'notInUse', includeAudio: true }])
  })

  it('candidates are polled, fast and then less so, and handed out once', async () => {
    const made = await site()
    const { session } = await openOn(made)
    const waiting = session.nextCandidates(new AbortController().signal)
    await made.clock.pass(1000)
    const polls = made.gateway.count(/GET .*IceCandidates/)
    made.gateway.when('GET /api/rest/v1/WebRTC/IceCandidates', json({ candidates: [candidateText('192.0.2.7 41001')] }))
    await made.clock.pass(250)
    const found = await waiting
    const again = session.nextCandidates(new AbortController().signal)
    await made.clock.pass(20_000)
    expect([polls, found.map((c) => c.sdpMid), await again]).toEqual([7, ['0'], []])
    const total = made.gateway.lines.length
    await made.clock.pass(60_000)
    expect(made.gateway.lines.length).toBe(total)
  })

  it('an offer that has all its candidates is not polled for more', async () => {
    const made = await site()
    made.gateway.when(SESSION, () => sessionAnswer({ offerSDP: offerText(offerSdp({ complete: true })) }))
    const { session } = await openOn(made)
    expect([await session.nextCandidates(new AbortController().signal), made.gateway.count(/GET/)]).toEqual([[], 0])
  })

  it('polling stops at once when it is given up, or the session is closed', async () => {
    const made = await site()
    const { session } = await openOn(made)
    const giveUp = new AbortController()
    const first = session.nextCandidates(giveUp.signal)
    await settled()
    giveUp.abort()
    const second = session.nextCandidates(new AbortController().signal)
    await settled()
    await session.close()
    expect([await first, await second]).toEqual([[], []])
    const total = made.gateway.lines.length
    await made.clock.pass(60_000)
    expect(made.gateway.lines.length).toBe(total)
  })

  it('an old server is asked again with cameraId, and from then on only so', async () => {
    const made = await site()
    made.gateway.when(SESSION, ({ body }) =>
      body!.includes('deviceId') ? text('The cameraId is missing', 400) : sessionAnswer(),
    )
    const first = openOn(made)
    await settled()
    await made.clock.pass(500)
    await first
    await openOn(made, 2)
    const asked = bodies(made, /POST .*Session$/) as object[]
    expect(asked.map((body) => Object.keys(body)[0])).toEqual(['deviceId', 'cameraId', 'cameraId'])
  })

  it('refused twice is refused, in the words of the server', async () => {
    const made = await site()
    made.gateway.when(SESSION, text('One or more errors occurred. (Stream not found)', 400))
    const failing = failureIn(openOn(made))
    await settled()
    await made.clock.pass(500)
    expect([await failing, made.gateway.lines]).toEqual([
      { kind: 'refused', call: 'WebRTC/Session', status: 400, text: 'Stream not found' },
      [SESSION, SESSION],
    ])
  })

  it.each<[string, object, string]>([
    ['whose name leads elsewhere', { sessionId: '../../cameras' }, 'shape'],
    ['without an offer', { offerSDP: 'Uninitialised' }, 'shape'],
    ['with 10 MB of offer', { offerSDP: offerText(sdp + 'a=x:' + 'x'.repeat(10 << 20)) }, 'too-large'],
  ])('a session %s is refused', async (_what, more, what) => {
    const made = await site()
    made.gateway.when(SESSION, () => sessionAnswer(more))
    expect(await failureIn(openOn(made))).toMatchObject({ kind: 'bad-answer', what })
  })

  it('a session nobody wants any more when it comes is ended on the server', async () => {
    const made = await site()
    const slow = Promise.withResolvers<Answer>()
    made.gateway.when(SESSION, () => slow.promise)
    const giveUp = new AbortController()
    const opening = failureIn(openOn(made, 1, giveUp.signal))
    await settled()
    giveUp.abort()
    slow.resolve(sessionAnswer())
    await opening
    await settled()
    expect(made.gateway.lines.at(-1)).toBe('DELETE /api/rest/v1/WebRTC/Session/s-1')
  })

  it('every session gets the next token before the old one runs out, and one the server lost is told', async () => {
    const made = await site()
    const [first, second] = [await openOn(made, 1), await openOn(made, 2)]
    made.gateway.when('PATCH /api/rest/v1/WebRTC/Session/s-2', text('Not found', 404))
    await made.clock.pass(3_000_000)
    expect([bodies(made, /PATCH/), first.ended, second.ended]).toEqual([
      [{ token: 'token-2' }, { token: 'token-2' }],
      [],
      [{ kind: 'not-found', what: 'Not found' }],
    ])
  })

  it('a session that misses its next token in a bad moment is offered it again', async () => {
    const made = await site()
    await openOn(made)
    let bad = 2
    made.gateway.when('PATCH /api/rest/v1/WebRTC/Session', () => (bad-- > 0 ? html(503) : undefined))
    await made.clock.pass(3_000_000)
    expect(bodies(made, /PATCH/)).toEqual([1, 2, 3].map(() => ({ token: 'token-2' })))
  })

  it('a session opened while the token is renewed gets the new one too', async () => {
    const made = await site()
    const slow = Promise.withResolvers<Answer>()
    made.gateway.when(SESSION, () => slow.promise)
    const opening = openOn(made)
    await made.clock.pass(3_000_000)
    slow.resolve(sessionAnswer())
    await opening
    await settled()
    expect(bodies(made, /PATCH/)).toEqual([{ token: 'token-2' }])
  })

  it('signing in anew ends the sessions of whoever was signed in before', async () => {
    const made = await site()
    const { ended } = await openOn(made)
    await made.server.signIn('ben', 'secret')
    expect(ended).toEqual([{ kind: 'signed-out' }])
  })

  it('a session whose token cannot be renewed is told once', async () => {
    const made = await site()
    const { ended } = await openOn(made)
    made.gateway.when('POST /API/IDP/connect/token', json({ error: 'invalid_grant' }, 400))
    await made.clock.pass(4_000_000)
    await made.server.signOut()
    expect([ended, made.signedOut]).toEqual([[{ kind: 'signed-out' }], [{ kind: 'signed-out' }]])
  })

  it('an answer or candidates for a session that is gone are refused, and its owner is told', async () => {
    const made = await site()
    const { session, ended } = await openOn(made)
    made.gateway.when('PATCH /api/rest/v1/WebRTC/Session', text('Session was not found.', 404))
    const failure = await failureIn(session.answer('v=0'))
    expect([failure?.kind, ended.map(({ kind }) => kind)]).toEqual(['not-found', ['not-found']])
  })

  it('no more than 64 candidates of the page are passed on', async () => {
    const made = await site()
    const { session } = await openOn(made)
    await session.answer('v=0')
    await Promise.all(Array.from({ length: 5000 }, () => session.addCandidate(candidate)))
    const sent = bodies(made, /POST .*IceCandidates/) as { candidates: string[] }[]
    expect(sent.flatMap(({ candidates }) => candidates)).toHaveLength(64)
  })

  it('sessions are asked for six at a time, and fewer when the server groans', async () => {
    const made = await site()
    let now = 0
    let most = 0
    const answers: (() => void)[] = []
    made.gateway.when(SESSION, () => {
      most = Math.max(most, ++now)
      return new Promise((resolve) => answers.push(() => resolve((now--, html(503)))))
    })
    const all = Array.from({ length: 12 }, (_, n) => failureIn(openOn(made, n)))
    await settled()
    const first = most
    most = 0
    while (answers.length > 0) {
      answers.shift()!()
      await settled()
    }
    expect([first, (await Promise.all(all)).every((f) => f?.kind === 'busy'), most < 6]).toEqual([6, true, true])
  })
})
