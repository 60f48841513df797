import { describe, expect, it } from 'vitest'
import type { CameraId, StreamId } from '../../../src-preload/contract/models/ids.ts'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { VideoSession } from '../../../src-main/xprotect/server.ts'
import type { Answer } from '../../../src-main/xprotect/transport.ts'
import { settled } from './support/fake-clock.ts'
import { guid, html, json, text, tokenAnswer, type FakeSocket } from './support/fake-gateway.ts'
import { candidateLine, candidateText, offerSdp } from './support/offer.ts'
import { bench, failureIn, type Bench } from './support/site.ts'

const SESSION = 'POST /api/rest/v1/WebRTC/Session'
const sdp = offerSdp({ candidates: ['192.0.2.7 41000'] })
const offerText = (of = sdp): string => JSON.stringify({ type: 'offer', sdp: of })
const candidate = { candidate: candidateLine('192.0.2.9 50000'), sdpMid: '0', sdpMLineIndex: 0 }

interface Opened {
  session: VideoSession
  ended: Failure[]
}

async function open({ server }: Bench, n = 1, signal = new AbortController().signal): Promise<Opened> {
  const ended: Failure[] = []
  const session = await server.openSession({
    cameraId: guid(n) as CameraId,
    streamId: guid(700) as StreamId,
    signal,
    onEnded: (because) => void ended.push(because),
  })
  return { session, ended }
}

const bodies = ({ gateway }: Bench, pattern: RegExp): unknown[] =>
  gateway.asked
    .filter(({ method, path }) => pattern.test(`${method} ${path}`))
    .map(({ body }) => (body === undefined ? undefined : (JSON.parse(body) as unknown)))

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
    const { session } = await open(made)
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

  it('candidates are polled, fast and then less so, and handed out once', async () => {
    const made = await site()
    const { session } = await open(made)
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
    const { session } = await open(made)
    expect([await session.nextCandidates(new AbortController().signal), made.gateway.count(/GET/)]).toEqual([[], 0])
  })

  it('polling stops at once when it is given up, or the session is closed', async () => {
    const made = await site()
    const { session } = await open(made)
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
    const first = open(made)
    await settled()
    await made.clock.pass(500)
    await first
    await open(made, 2)
    const asked = bodies(made, /POST .*Session$/) as object[]
    expect(asked.map((body) => Object.keys(body)[0])).toEqual(['deviceId', 'cameraId', 'cameraId'])
  })

  it('refused twice is refused, in the words of the server', async () => {
    const made = await site()
    made.gateway.when(SESSION, text('One or more errors occurred. (Stream not found)', 400))
    const failing = failureIn(open(made))
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
    expect(await failureIn(open(made))).toMatchObject({ kind: 'bad-answer', what })
  })

  it('a session nobody wants any more when it comes is ended on the server', async () => {
    const made = await site()
    const slow = Promise.withResolvers<Answer>()
    made.gateway.when(SESSION, () => slow.promise)
    const giveUp = new AbortController()
    const opening = failureIn(open(made, 1, giveUp.signal))
    await settled()
    giveUp.abort()
    slow.resolve(sessionAnswer())
    await opening
    await settled()
    expect(made.gateway.lines.at(-1)).toBe('DELETE /api/rest/v1/WebRTC/Session/s-1')
  })

  it('every session gets the next token before the old one runs out, and one the server lost is told', async () => {
    const made = await site()
    const [first, second] = [await open(made, 1), await open(made, 2)]
    made.gateway.when('PATCH /api/rest/v1/WebRTC/Session/s-2', text('Not found', 404))
    await made.clock.pass(3_000_000)
    expect([bodies(made, /PATCH/), first.ended, second.ended]).toEqual([
      [{ token: 'token-2' }, { token: 'token-2' }],
      [],
      [{ kind: 'not-found', what: 'Not found' }],
    ])
  })

  it('a session whose token cannot be renewed is told once', async () => {
    const made = await site()
    const { ended } = await open(made)
    made.gateway.when('POST /API/IDP/connect/token', json({ error: 'invalid_grant' }, 400))
    await made.clock.pass(4_000_000)
    await made.server.signOut()
    expect([ended, made.signedOut]).toEqual([[{ kind: 'signed-out' }], [{ kind: 'signed-out' }]])
  })

  it('an answer or candidates for a session that is gone are refused, and its owner is told', async () => {
    const made = await site()
    const { session, ended } = await open(made)
    made.gateway.when('PATCH /api/rest/v1/WebRTC/Session', text('Session was not found.', 404))
    const failure = await failureIn(session.answer('v=0'))
    expect([failure?.kind, ended.map(({ kind }) => kind)]).toEqual(['not-found', ['not-found']])
  })

  it('no more than 64 candidates of the page are passed on', async () => {
    const made = await site()
    const { session } = await open(made)
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
    const all = Array.from({ length: 12 }, (_, n) => failureIn(open(made, n)))
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

describe('by WebSocket', () => {
  let sessions = 0
  const invite = (socket: FakeSocket, session: string, id = 101, offer: unknown = offerText()): void =>
    socket.say({ id, method: 'invite', params: { session, offer } })

  /** Registers everybody and grants every session. */
  function polite(socket: FakeSocket): void {
    socket.onHeard = ({ id, method }) => {
      if (method === 'register') return socket.say({ ApiVersion: '1.0', id, result: {} })
      if (method !== 'connect') return
      const session = `w-${++sessions}`
      socket.say({ ApiVersion: '1.0', id, result: { session } })
      invite(socket, session, 100 + sessions)
    }
  }

  async function site(onSocket: (socket: FakeSocket) => void = polite): Promise<Bench> {
    sessions = 0
    const made = bench()
    made.gateway.onSocket = onSocket
    made.gateway.when(/ \/api\/rest\/v1\/WebRTC\//, text('', 404))
    await made.server.signIn('anna', 'secret')
    await settled()
    return made
  }
  const heard = ({ gateway }: Bench, n = 0): unknown[] => gateway.sockets[n]!.heard

  it('one socket is opened ahead of time and carries all sessions', async () => {
    const made = await site()
    const warm = made.gateway.sockets.length
    const both = await Promise.all([open(made, 1), open(made, 2)])
    expect([warm, made.gateway.sockets.length, both.map(({ session }) => session.sdp), heard(made)]).toEqual([
      1,
      1,
      [sdp, sdp],
      [
        { ApiVersion: '1.0', jsonrpc: '2.0', id: 1, method: 'register', params: { authorization: 'token-1' } },
        ...[1, 2].map((n) => ({
          ApiVersion: '1.0',
          jsonrpc: '2.0',
          id: 1 + n,
          method: 'connect',
          params: { authorization: 'token-1', peer: guid(n), streamID: guid(700), includeAudio: false },
        })),
      ],
    ])
  })

  it('the answer goes to the invitation, the candidates after it', async () => {
    const made = await site()
    const { session } = await open(made)
    const early = session.addCandidate(candidate)
    await session.answer('v=0 answer')
    await early
    expect(heard(made).slice(2)).toEqual([
      {
        ApiVersion: '1.0',
        jsonrpc: '2.0',
        id: 101,
        result: { answer: JSON.stringify({ type: 'answer', sdp: 'v=0 answer' }) },
      },
      {
        ApiVersion: '1.0',
        jsonrpc: '2.0',
        method: 'trickle',
        params: { session: 'w-1', candidate: JSON.stringify(candidate) },
      },
    ])
  })

  it('candidates of the server reach their own session, as text or object, early or late', async () => {
    const made = await site((socket) => {
      socket.onHeard = ({ id, method }) => {
        if (method === 'register') return socket.say({ id, result: {} })
        if (method !== 'connect') return
        const session = `w-${++sessions}`
        // Everything overtakes everything.
        socket.say({ method: 'trickle', params: { session, candidate: candidateText(`192.0.2.7 4100${sessions}`) } })
        invite(socket, session, 100 + sessions)
        socket.say({ id, result: { session } })
      }
    })
    const [a, b] = await Promise.all([open(made, 1), open(made, 2)])
    const signal = new AbortController().signal
    const first = [await a.session.nextCandidates(signal), await b.session.nextCandidates(signal)]
    const waiting = b.session.nextCandidates(signal)
    made.gateway.sockets[0]!.say({ method: 'trickle', params: { session: 'w-2', candidate } })
    const ports = (list: { candidate: string }[]): string[] => list.map((c) => c.candidate.split(' ')[5]!)
    expect([...first.map(ports), ports(await waiting)]).toEqual([['41001'], ['41002'], ['50000']])
  })

  it('a cut socket ends its sessions, each told once, and the next one opens a new socket', async () => {
    const made = await site()
    const { session, ended } = await open(made)
    const waiting = session.nextCandidates(new AbortController().signal)
    made.gateway.sockets[0]!.close()
    const none = await waiting
    await open(made, 2)
    expect([none, ended, made.gateway.sockets.length, (await failureIn(session.answer('v=0')))?.kind]).toEqual([
      [],
      [{ kind: 'unreachable', what: 'server', how: 'closed' }],
      2,
      'not-found',
    ])
  })

  it('a renewed token brings a new socket for new sessions; the old one stays for its own, and ends with them', async () => {
    const made = await site()
    const { session, ended } = await open(made)
    await made.clock.pass(3_000_000)
    await open(made, 2)
    const [old] = made.gateway.sockets
    const during = old!.isClosed
    await session.close()
    expect([made.gateway.sockets.length, heard(made, 1)[0], during, old!.isClosed, ended]).toEqual([
      2,
      expect.objectContaining({ method: 'register', params: { authorization: 'token-2' } }),
      false,
      true,
      [],
    ])
  })

  it('a server without the socket is spoken to by REST, and not asked for it again', async () => {
    const made = await site()
    const asked: string[] = []
    made.gateway.onSocket = { kind: 'not-found', what: 'SOCKET' }
    made.gateway.sockets[0]!.close()
    await settled()
    made.gateway.when(
      SESSION,
      () => (asked.push('rest'), json({ sessionId: 's', offerSDP: offerText(), iceServers: null })),
    )
    await open(made, 1)
    made.gateway.onSocket = () => void asked.push('socket')
    await open(made, 2)
    expect(asked).toEqual(['rest', 'rest'])
  })

  it.each<[string, Failure]>([
    ['is not there', { kind: 'unreachable', what: 'server', how: 'refused' }],
    ['is not the agreed one', { kind: 'untrusted-certificate', fingerprint: 'x', expected: [] }],
  ])('a server that %s is not asked by REST either', async (_what, because) => {
    const made = await site()
    made.gateway.sockets[0]!.close()
    await settled()
    made.gateway.onSocket = because
    const before = made.gateway.lines.length
    expect([await failureIn(open(made)), made.gateway.lines.length]).toEqual([because, before])
  })

  it('a refused session is told in the words of the server, though they name no session', async () => {
    const made = await site((socket) => {
      socket.onHeard = ({ id, method, params }) => {
        if (method === 'register') return socket.say({ id, result: {} })
        if (method !== 'connect') return
        if ((params as { peer: string }).peer === guid(2)) {
          return socket.say({ method: 'error', params: { message: 'Session cannot be initiated. Masked' } })
        }
        const session = `w-${++sessions}`
        socket.say({ id, result: { session } })
        invite(socket, session, 100 + sessions)
      }
    })
    const outcomes = await Promise.all([1, 2, 3].map((n) => failureIn(open(made, n))))
    expect(outcomes).toEqual([
      undefined,
      { kind: 'refused', call: 'signalling', status: 400, text: 'Session cannot be initiated. Masked' },
      undefined,
    ])
  })

  it('a complaint about something else does not fail a session that is being asked for', async () => {
    const made = await site((socket) => {
      socket.onHeard = ({ id, method }) => {
        if (method === 'register') return socket.say({ id, result: {} })
        socket.say({ method: 'error', params: { message: 'The peer connection is closed.' } })
        socket.say({ id, result: { session: 'w-1' } })
        invite(socket, 'w-1')
      }
    })
    expect((await open(made)).session.sdp).toBe(sdp)
  })

  it('a token refused on the socket is replaced once', async () => {
    const made = await site((socket) => {
      socket.onHeard = ({ id, method, params }) => {
        const { authorization } = params as { authorization: string }
        if (authorization === 'token-1')
          return socket.say({ method: 'error', params: { message: 'The authorization token is invalid.' } })
        if (method === 'register') return socket.say({ id, result: {} })
        socket.say({ id, result: { session: 'w-1' } })
        invite(socket, 'w-1')
      }
    })
    expect([(await open(made)).session.sdp, made.gateway.count(/token/)]).toEqual([sdp, 2])
  })

  it('a socket that never answers is given up, and REST is tried', async () => {
    const made = await site(() => undefined)
    made.gateway.when(SESSION, json({ sessionId: 's', offerSDP: offerText() }))
    const opening = open(made)
    await made.clock.pass(11_000)
    expect((await opening).session.sdp).toBe(sdp)
  })

  it('an invitation that never comes is given up', async () => {
    const made = await site((socket) => {
      socket.onHeard = ({ id, method }) => socket.say({ id, result: method === 'connect' ? { session: 'w-1' } : {} })
    })
    const opening = failureIn(open(made))
    await made.clock.pass(11_000)
    expect(await opening).toEqual({ kind: 'unreachable', what: 'server', how: 'timeout' })
  })

  it('giving up while the invitation is awaited frees the caller at once', async () => {
    const made = await site((socket) => {
      socket.onHeard = ({ id, method }) => socket.say({ id, result: method === 'connect' ? { session: 'w-1' } : {} })
    })
    const giveUp = new AbortController()
    const opening = failureIn(open(made, 1, giveUp.signal))
    await settled()
    giveUp.abort(new Error('not wanted'))
    expect(await opening).toEqual({ kind: 'bug', message: 'not wanted' })
  })

  it.each<[string, unknown]>([
    ['no JSON', '{'],
    ['two megabytes', `"${'x'.repeat(2 << 20)}"`],
    ['null', 'null'],
    ['a list', '[]'],
    ['an unknown request', { id: 7, method: 'format', params: {} }],
    ['a second offer', { id: 102, method: 'invite', params: { session: 'w-1', offer: 'x' } }],
    ['an invitation to nowhere', { id: 103, method: 'invite', params: { session: '../x', offer: offerText() } }],
    ['an answer to nothing', { id: 999, result: {} }],
    ['a trickle without sense', { method: 'trickle', params: null }],
    ['an error without words', { method: 'error' }],
  ])('%s changes nothing', async (_what, message) => {
    const made = await site()
    const { session, ended } = await open(made)
    made.gateway.sockets[0]!.say(message as string)
    await session.answer('v=0')
    expect([ended, session.sdp, heard(made).length]).toEqual([[], sdp, 3])
  })

  it('signing out ends the socket and all its sessions', async () => {
    const made = await site()
    const opened = [await open(made, 1), await open(made, 2)]
    await made.server.signOut()
    expect([opened.map(({ ended }) => ended), made.gateway.sockets[0]!.isClosed]).toEqual([
      [[{ kind: 'signed-out' }], [{ kind: 'signed-out' }]],
      true,
    ])
  })

  it('after signing in again the socket is tried again', async () => {
    const made = await site()
    made.gateway.when('POST /API/IDP/connect/token', tokenAnswer('other'))
    await made.server.signOut()
    await made.server.signIn('ben', 'secret')
    await open(made)
    expect(heard(made, 1)[0]).toMatchObject({ method: 'register', params: { authorization: 'other' } })
  })
})
