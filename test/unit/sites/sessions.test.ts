import { beforeEach, describe, expect, it } from 'vitest'
import { AppError, type Failure } from '../../../src-preload/contract/failure.ts'
import type { SessionId, SiteId } from '../../../src-preload/contract/models/ids.ts'
import { promised } from './promised.ts'
import { Sessions, type OpenSession } from '../../../src-main/sites/sessions.ts'
import type { VideoSession } from '../../../src-main/xprotect/server.ts'

const north = 'north' as SiteId
const south = 'south' as SiteId
const lost: Failure = { kind: 'unreachable', what: 'media' }

let closed: string[]
let ended: [SessionId, Failure][]
let warnings: string[]
let sessions: Sessions
beforeEach(() => {
  closed = []
  ended = []
  warnings = []
  sessions = new Sessions(
    (sessionId, because) => ended.push([sessionId, because]),
    (line) => warnings.push(line),
  )
})

const session = (name: string, own: Partial<VideoSession> = {}): VideoSession => ({
  sdp: name,
  iceServers: [],
  answer: async () => undefined,
  addCandidate: async () => undefined,
  nextCandidates: async () => [],
  close: async () => void closed.push(name),
  ...own,
})
const opening =
  (made: VideoSession): OpenSession =>
  async () =>
    made

describe('a video session', () => {
  it('is known by an id of our own from offer to close, and closing twice is no fault', async () => {
    const offer = await sessions.open(north, opening(session('a')))
    expect(offer).toEqual({ sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string, sdp: 'a', iceServers: [] })
    await sessions.close(offer.sessionId)
    await sessions.close(offer.sessionId)
    expect(closed).toEqual(['a'])
    await expect(sessions.answer(offer.sessionId, 'x')).rejects.toMatchObject({ failure: { kind: 'not-found' } })
  })

  it('that the server ends is announced once and then unknown', async () => {
    let end: ((because: Failure) => void) | undefined
    const { sessionId } = await sessions.open(north, async ({ onEnded }) => {
      end = onEnded
      return session('a')
    })
    end?.(lost)
    end?.(lost)
    expect(ended).toEqual([[sessionId, lost]])
    await expect(sessions.nextCandidates(sessionId)).rejects.toMatchObject({ failure: { kind: 'not-found' } })
  })

  it('that is refused leaves nothing behind', async () => {
    const refused = new AppError({ kind: 'forbidden' })
    await expect(sessions.open(north, () => Promise.reject(refused))).rejects.toBe(refused)
    await sessions.closeAll()
    expect([closed, ended]).toEqual([[], []])
  })

  it('is given up while the server still thinks, when the page goes', async () => {
    const opened = sessions.open(
      north,
      ({ signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('given up')))),
    )
    await sessions.closeAll()
    await expect(opened).rejects.toMatchObject({ failure: { kind: 'not-found', what: 'session' } })
  })

  it('that is offered after the page has gone is hung up at once', async () => {
    const { promise: offered, resolve: offer } = promised<VideoSession>()
    const opened = sessions.open(north, () => offered)
    await sessions.closeAll()
    offer(session('late'))
    await expect(opened).rejects.toMatchObject({ failure: { kind: 'not-found' } })
    expect(closed).toEqual(['late'])
  })

  it('whose offer the page makes gives the server’s answer; another has no such word', async () => {
    const shot = session('', { sdp: null, offer: async (sdp) => `answer to ${sdp}` })
    const opened = await sessions.open(north, opening(shot))
    expect([opened.sdp, await sessions.offer(opened.sessionId, 'ours')]).toEqual([null, 'answer to ours'])
    const usual = await sessions.open(north, opening(session('a')))
    await expect(sessions.offer(usual.sessionId, 'ours')).rejects.toMatchObject({ failure: { kind: 'not-found' } })
  })

  it('ends with its site and leaves those of other sites', async () => {
    await sessions.open(north, opening(session('north')))
    const { sessionId } = await sessions.open(south, opening(session('south')))
    await sessions.closeAll(north)
    expect(closed).toEqual(['north'])
    expect(await sessions.nextCandidates(sessionId)).toEqual([])
  })

  it('that cannot be closed properly is gone all the same', async () => {
    const stuck = session('a', { close: () => Promise.reject(new AppError(lost)) })
    const { sessionId } = await sessions.open(north, opening(stuck))
    await sessions.close(sessionId)
    expect(warnings).toEqual(['a video session was not closed properly: unreachable'])
  })

  it('stops waiting for candidates when it is closed', async () => {
    const waiting = session('a', {
      nextCandidates: (signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('given up')))),
    })
    const { sessionId } = await sessions.open(north, opening(waiting))
    const candidates = sessions.nextCandidates(sessionId)
    await sessions.close(sessionId)
    expect(await candidates).toEqual([])
  })

  it('runs on without further candidates when the server is no longer the agreed one', async () => {
    const impostor = new AppError({ kind: 'untrusted-certificate', fingerprint: 'x', expected: ['y'] })
    const cut = session('a', { nextCandidates: () => Promise.reject(impostor) })
    const { sessionId } = await sessions.open(north, opening(cut))
    expect(await sessions.nextCandidates(sessionId)).toEqual([])
    expect(ended).toEqual([])
  })

  it('number 257 is asked to wait', async () => {
    for (let count = 0; count < 256; count++) await sessions.open(north, opening(session('a')))
    await expect(sessions.open(north, opening(session('b')))).rejects.toMatchObject({ failure: { kind: 'busy' } })
  })
})
