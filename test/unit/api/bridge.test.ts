import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError, type Failure, type Result } from '../../../src-preload/contract/failure.ts'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { ask } from '../../../src-renderer/api/ask.ts'
import { on } from '../../../src-renderer/api/facts.ts'
import { report } from '../../../src-renderer/api/report.ts'
import { bridgeSignalling } from '../../../src-renderer/api/signalling.ts'

const camera = {
  siteId: '11111111-1111-4111-8111-111111111111',
  cameraId: '22222222-2222-4222-8222-222222222222',
} as CameraRef
const sessionId = '33333333-3333-4333-8333-333333333333'
const ended: Failure = { kind: 'unreachable', what: 'server', how: 'closed' }

/** A bridge whose main answers as the test says, and remembers what was asked. */
function fakeBridge() {
  const asked: [string, unknown][] = []
  const listeners = new Map<string, Set<(fact: unknown) => void>>()
  const answers = new Map<string, (input: unknown) => Promise<unknown>>()
  const bridge = {
    async call(name: string, input: unknown): Promise<Result<unknown>> {
      asked.push([name, input])
      try {
        return { ok: true, value: await answers.get(name)?.(input) }
      } catch (error) {
        return { ok: false, failure: (error as AppError).failure }
      }
    },
    on(name: string, listener: (fact: unknown) => void) {
      const heard = listeners.get(name) ?? new Set()
      listeners.set(name, heard.add(listener))
      return () => void heard.delete(listener)
    },
  }
  return {
    bridge,
    asked,
    answer: (name: string, how: (input: unknown) => Promise<unknown>) => answers.set(name, how),
    announce: (name: string, fact: unknown) => listeners.get(name)?.forEach((listener) => listener(fact)),
  }
}

let main: ReturnType<typeof fakeBridge>
beforeEach(() => {
  main = fakeBridge()
  main.answer('openSession', async () => ({ sessionId, sdp: 'v=0', iceServers: [] }))
  vi.stubGlobal('window', { bridge: main.bridge })
})
afterEach(() => vi.unstubAllGlobals())

describe('asking main', () => {
  it('resolves with the answer, and throws the failure main named', async () => {
    main.answer('listSites', async () => [])
    main.answer('listStreams', async () => {
      throw new AppError({ kind: 'forbidden' })
    })
    expect(await ask('listSites')).toEqual([])
    await expect(ask('listStreams', camera)).rejects.toMatchObject({ failure: { kind: 'forbidden' } })
  })

  it('hears facts until it stops listening', () => {
    const heard: unknown[] = []
    const stop = on('networkChanged', (fact) => heard.push(fact))
    main.announce('networkChanged', { at: 'now' })
    stop()
    main.announce('networkChanged', { at: 'later' })
    expect(heard).toEqual([{ at: 'now' }])
  })

  it('cuts a line for the log to what main takes, and does not fail where main cannot be reached', async () => {
    main.answer('report', async () => {
      throw new AppError(ended)
    })
    report('warn', 's'.repeat(99), 'x'.repeat(9000))
    await Promise.resolve()
    expect(main.asked).toEqual([['report', { level: 'warn', scope: 's'.repeat(40), line: 'x'.repeat(8192) }]])
  })
})

describe('a line for the log', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('waits a moment when it tells of nothing wrong', async () => {
    report('info', 'media', 'camera 1 playing')
    report('info', 'media', 'camera 2 playing')
    await vi.advanceTimersByTimeAsync(249)
    expect(main.asked).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(main.asked).toEqual([
      ['report', { level: 'info', scope: 'media', line: 'camera 1 playing' }],
      ['report', { level: 'info', scope: 'media', line: 'camera 2 playing' }],
    ])
  })

  it('goes at once when it tells of trouble, after those that waited', async () => {
    report('info', 'media', 'camera 1 playing')
    report('warn', 'media', 'camera 1 stands still')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(main.asked.map(([, input]) => (input as { line: string }).line)).toEqual([
      'camera 1 playing',
      'camera 1 stands still',
    ])
  })
})

describe('the road through the bridge', () => {
  const still = new AbortController().signal

  it('opens, answers, tells candidates and closes, naming its session each time', async () => {
    const road = bridgeSignalling()(camera, null)
    const candidate = { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 }
    expect(await road.open(still)).toMatchObject({ sdp: 'v=0', iceServers: [] })
    await road.answer('the answer')
    await road.addCandidate(candidate)
    await road.close()
    await road.close()
    expect(main.asked).toEqual([
      ['openSession', { ...camera, streamId: null }],
      ['answerSession', { sessionId, sdp: 'the answer' }],
      ['addCandidate', { sessionId, candidate }],
      ['closeSession', { sessionId }],
    ])
  })

  it('hands over an offer of ours where the server makes none, and gives its answer', async () => {
    main.answer('openSession', async () => ({ sessionId, sdp: null, iceServers: [] }))
    main.answer('offerSession', async () => 'the answer')
    const road = bridgeSignalling()(camera, null)
    expect([(await road.open(still)).sdp, await road.offer('ours')]).toEqual([null, 'the answer'])
    expect(main.asked.at(-1)).toEqual(['offerSession', { sessionId, sdp: 'ours' }])
  })

  it('gives the candidates as they come and ends with an empty list', async () => {
    const lists = [['a', 'b'], ['c'], []]
    main.answer('nextCandidates', async () =>
      lists.shift()!.map((candidate) => ({ candidate, sdpMid: null, sdpMLineIndex: 0 })),
    )
    const road = bridgeSignalling()(camera, null)
    await road.open(still)
    const found: string[] = []
    for await (const { candidate } of road.candidates(still)) found.push(candidate)
    expect(found).toEqual(['a', 'b', 'c'])
  })

  it('leaves no session open at the server when it was closed before the offer came', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>()
    main.answer('openSession', () => promise)
    const road = bridgeSignalling()(camera, null)
    const abort = new AbortController()
    const opening = road.open(abort.signal)
    abort.abort()
    await road.close()
    resolve({ sessionId, sdp: 'v=0', iceServers: [] })
    await expect(opening).rejects.toThrow()
    expect(main.asked.at(-1)).toEqual(['closeSession', { sessionId }])
  })

  it('hears that the server ended its session, and not of another, even before it knows its own name', async () => {
    const open = bridgeSignalling()
    const late = open(camera, null)
    await late.open(still)
    main.announce('sessionEnded', { sessionId: 'another', because: { kind: 'forbidden' } })
    main.announce('sessionEnded', { sessionId, because: ended })
    expect(await late.ended).toEqual(ended)

    main.announce('sessionEnded', { sessionId, because: ended })
    const early = open(camera, null)
    await early.open(still)
    expect(await early.ended).toEqual(ended)
  })
})
