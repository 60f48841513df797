import { describe, expect, it } from 'vitest'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import { settled } from './support/fake-clock.ts'
import { guid, json, text, tokenAnswer, type FakeSocket } from './support/fake-gateway.ts'
import { candidateText } from './support/offer.ts'
import { candidate, offerText, openHeard, openOn, openRecorded, playback, sdp, SESSION } from './support/sessions.ts'
import { bench, failureIn, type Bench } from './support/site.ts'

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
    const both = await Promise.all([openOn(made, 1), openOn(made, 2)])
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

  it('a recording is asked for by its moment, its speed and what to do with gaps', async () => {
    const made = await site()
    await openRecorded(made)
    expect(heard(made)[1]).toMatchObject({
      method: 'connect',
      params: {
        authorization: 'token-1',
        peer: guid(1),
        PlaybackTime: playback.timeIso,
        PlaybackSpeed: 2,
        skipGaps: true,
        includeAudio: false,
      },
    })
  })

  it('sound is asked for where somebody listens', async () => {
    const made = await site()
    await openHeard(made)
    expect(heard(made)[1]).toMatchObject({ method: 'connect', params: { peer: guid(1), includeAudio: true } })
  })

  it('the answer goes to the invitation, the candidates after it', async () => {
    const made = await site()
    const { session } = await openOn(made)
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
    const [a, b] = await Promise.all([openOn(made, 1), openOn(made, 2)])
    const signal = new AbortController().signal
    const first = [await a.session.nextCandidates(signal), await b.session.nextCandidates(signal)]
    const waiting = b.session.nextCandidates(signal)
    made.gateway.sockets[0]!.say({ method: 'trickle', params: { session: 'w-2', candidate } })
    const ports = (list: { candidate: string }[]): string[] => list.map((c) => c.candidate.split(' ')[5]!)
    expect([...first.map(ports), ports(await waiting)]).toEqual([['41001'], ['41002'], ['50000']])
  })

  it('a cut socket ends a session without an answer, told once, and the next one opens a new socket', async () => {
    const made = await site()
    const { session, ended } = await openOn(made)
    const waiting = session.nextCandidates(new AbortController().signal)
    made.gateway.sockets[0]!.close()
    const none = await waiting
    await openOn(made, 2)
    expect([none, ended, made.gateway.sockets.length, (await failureIn(session.answer('v=0')))?.kind]).toEqual([
      [],
      [{ kind: 'unreachable', what: 'server', how: 'closed' }],
      2,
      'not-found',
    ])
  })

  it('a cut socket leaves answered sessions alone: no more candidates, renewal and farewell by REST', async () => {
    const made = await site()
    const { session, ended } = await openOn(made)
    await session.answer('v=0')
    const waiting = session.nextCandidates(new AbortController().signal)
    made.gateway.sockets[0]!.close()
    const none = await waiting
    await session.addCandidate(candidate)
    await made.clock.pass(3_000_000)
    await session.close()
    expect([none, ended, made.gateway.lines.filter((line) => line.includes('/WebRTC/'))]).toEqual([
      [],
      [],
      [`PATCH /api/rest/v1/WebRTC/Session/w-1`, 'DELETE /api/rest/v1/WebRTC/Session/w-1'],
    ])
  })

  it('sessions being asked for as the socket is cut are asked for once more over one new socket', async () => {
    const made = await site()
    made.gateway.sockets[0]!.onHeard = () => made.gateway.sockets[0]!.close()
    const both = await Promise.all([openOn(made, 1), openOn(made, 2)])
    expect([both.map(({ session }) => session.sdp), made.gateway.sockets.length]).toEqual([[sdp, sdp], 2])
  })

  it('a server that cuts every socket is not asked for ever', async () => {
    const made = await site((socket) => {
      socket.onHeard = ({ id, method }) => (method === 'register' ? socket.say({ id, result: {} }) : socket.close())
    })
    expect([await failureIn(openOn(made)), made.gateway.sockets.length]).toEqual([
      { kind: 'unreachable', what: 'server', how: 'closed' },
      2,
    ])
  })

  it('renewing drops the socket, ends no answered session, and waits for the next one before it opens another', async () => {
    const made = await site()
    const { session, ended } = await openOn(made)
    await session.answer('v=0')
    made.server.renew()
    await settled()
    const between = made.gateway.sockets.length
    await openOn(made, 2)
    expect([made.gateway.sockets.map(({ isClosed }) => isClosed), between, ended]).toEqual([[true, false], 1, []])
  })

  it('renewing drops the sockets of earlier tokens too', async () => {
    const made = await site()
    const { session } = await openOn(made)
    await session.answer('v=0')
    await made.clock.pass(3_000_000)
    await openOn(made, 2)
    made.server.renew()
    await settled()
    expect(made.gateway.sockets.map(({ isClosed }) => isClosed)).toEqual([true, true])
  })

  it('a renewed token brings a new socket for new sessions; the old one stays for its own, and ends with them', async () => {
    const made = await site()
    const { session, ended } = await openOn(made)
    await made.clock.pass(3_000_000)
    await openOn(made, 2)
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
    await openOn(made, 1)
    made.gateway.onSocket = () => void asked.push('socket')
    await openOn(made, 2)
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
    expect([await failureIn(openOn(made)), made.gateway.lines.length]).toEqual([because, before])
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
    const outcomes = await Promise.all([1, 2, 3].map((n) => failureIn(openOn(made, n))))
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
    expect((await openOn(made)).session.sdp).toBe(sdp)
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
    expect([(await openOn(made)).session.sdp, made.gateway.count(/token/)]).toEqual([sdp, 2])
  })

  it('a socket that never answers is given up, and REST is tried', async () => {
    const made = await site(() => undefined)
    made.gateway.when(SESSION, json({ sessionId: 's', offerSDP: offerText() }))
    const opening = openOn(made)
    await made.clock.pass(11_000)
    expect((await opening).session.sdp).toBe(sdp)
  })

  it('an invitation that never comes is given up', async () => {
    const made = await site((socket) => {
      socket.onHeard = ({ id, method }) => socket.say({ id, result: method === 'connect' ? { session: 'w-1' } : {} })
    })
    const opening = failureIn(openOn(made))
    await made.clock.pass(11_000)
    expect(await opening).toEqual({ kind: 'unreachable', what: 'server', how: 'timeout' })
  })

  it('a line that swallows a question, of a server that answers no ping, is left for a new one in three seconds', async () => {
    const made = await site()
    const { ended } = await openOn(made, 1)
    const [first] = made.gateway.sockets
    first!.onHeard = () => undefined
    first!.answersPings = false
    const opening = openOn(made, 2)
    await made.clock.pass(3_000)
    expect([(await opening).session.sdp, made.gateway.sockets.length, ended, first!.isClosed]).toEqual([
      ...[sdp, 2, [], false],
    ])
  })

  it('every session asked for wants a sign of life of the line, so a slow but living server is waited for', async () => {
    const made = await site()
    const [first] = made.gateway.sockets
    first!.onHeard = ({ id }) => {
      made.clock.after(8_000, () => {
        first!.say({ id, result: { session: 'w-1' } })
        invite(first!, 'w-1')
      })
    }
    const opening = openOn(made, 1)
    await made.clock.pass(8_000)
    expect([(await opening).session.sdp, made.gateway.sockets.length, first!.lifeDemanded]).toEqual([sdp, 1, 1])
  })

  it('giving up while the invitation is awaited frees the caller at once', async () => {
    const made = await site((socket) => {
      socket.onHeard = ({ id, method }) => socket.say({ id, result: method === 'connect' ? { session: 'w-1' } : {} })
    })
    const giveUp = new AbortController()
    const opening = failureIn(openOn(made, 1, giveUp.signal))
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
    const { session, ended } = await openOn(made)
    made.gateway.sockets[0]!.say(message as string)
    await session.answer('v=0')
    expect([ended, session.sdp, heard(made).length]).toEqual([[], sdp, 3])
  })

  it('signing out ends the socket and all its sessions', async () => {
    const made = await site()
    const opened = [await openOn(made, 1), await openOn(made, 2)]
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
    await openOn(made)
    expect(heard(made, 1)[0]).toMatchObject({ method: 'register', params: { authorization: 'other' } })
  })
})
