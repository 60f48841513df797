import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import { Session } from '../../../src-renderer/media/session.ts'
import type { Offer } from '../../../src-renderer/media/signalling.ts'
import { FakeMediaStream, FakePeers, FakeSignalling, FakeVideo, H264_OFFER, H265_OFFER, OURS, settle } from './fakes.ts'

const refused: Failure = { kind: 'unreachable', what: 'server', how: 'refused' }

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('MediaStream', FakeMediaStream)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A session with everything around it made up. */
function scene({ offers = [] as (Promise<Offer> | Failure | string)[], isDrawn = (): boolean => true } = {}) {
  const peers = new FakePeers()
  const roads: FakeSignalling[] = []
  const phases: string[] = []
  const log: string[] = []
  const session = new Session({
    name: 'Gate',
    framesPerSecond: 15,
    withSound: false,
    newSignalling() {
      const road = new FakeSignalling(offers[roads.length])
      roads.push(road)
      return road
    },
    peers,
    playable: new Set(['H264']),
    isDrawn,
    mayStart: () => true,
    onChange: ({ phase }) => {
      if (phases.at(-1) !== phase) phases.push(phase)
    },
    report: (level, line) => log.push(`${level}: ${line}`),
    random: () => 0.5,
  })
  const last = <T>(list: T[]): T => list.at(-1)!
  return { session, peers, roads, phases, log, road: () => last(roads), video: new FakeVideo() }
}

/** Opens the session and paints its first frame after 374 ms. */
async function playing(options: Parameters<typeof scene>[0] = {}) {
  const all = scene(options)
  all.session.open()
  await settle()
  all.session.watch(all.video.asElement)
  vi.advanceTimersByTime(374)
  all.video.paint()
  return all
}

/** … and waits for the channel for commands. */
async function withChannel(options: Parameters<typeof scene>[0] = {}) {
  const all = await playing(options)
  await vi.advanceTimersByTimeAsync(1000)
  return all
}

describe('a session', () => {
  it('asks, answers, plays when a frame is painted, and opens the channel for commands after that', async () => {
    const { phases, log, road, peers } = await playing()
    await vi.advanceTimersByTimeAsync(999)
    expect(peers.last.channels).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect({
      phases,
      log,
      said: road().said,
      channels: peers.last.channels.map(({ label, protocol }) => [label, protocol]),
    }).toEqual({
      phases: ['connecting', 'playing'],
      log: ['info: camera Gate playing after 374 ms (attempt 0)'],
      said: ['open', 'answer the answer'],
      channels: [['commands', 'videoos-commands']],
    })
  })

  it('opens no channel where the offer has no place for one', async () => {
    const { peers } = await withChannel({ offers: [H264_OFFER.replace(/m=application.*\n/, '')] })
    expect(peers.last.channels).toEqual([])
  })

  it('makes no peer before the offer is there', async () => {
    const { session, peers } = scene({ offers: [new Promise(() => {})] })
    session.open()
    await settle()
    expect(peers.made).toEqual([])
  })

  it('makes no peer for an offer it cannot play, and names the codec', async () => {
    const { session, peers } = scene({ offers: [H265_OFFER] })
    session.open()
    await settle()
    expect([session.state, peers.made]).toEqual([
      { phase: 'failed', because: { kind: 'unplayable-codec', codec: 'H265' } },
      [],
    ])
  })

  it('makes a High profile offer acceptable to the engine', async () => {
    const { peers } = await playing({ offers: [H264_OFFER.replace('42e01f', '640032')] })
    expect(peers.last.remoteSdp).toBe(H264_OFFER)
  })

  it('takes an offer the engine cannot read for a bad answer, and tries again', async () => {
    const { session, peers } = scene()
    const { take } = peers
    vi.spyOn(peers, 'take').mockImplementation((configuration) => {
      const peer = take(configuration)
      peers.last.refuses = new Error('no such line')
      return peer
    })
    session.open()
    await settle()
    expect(session.state).toMatchObject({ phase: 'waiting', because: { kind: 'bad-answer', call: 'WebRTC offer' } })
  })

  it('connects anew at once when the server closes the channel', async () => {
    const { session, peers, phases, video } = await withChannel()
    peers.last.channels[0]?.onopen?.()
    video.paint()
    await vi.advanceTimersByTimeAsync(1000)
    peers.last.channels[0]?.onclosing?.()
    await settle()
    expect(session.state).toMatchObject({ phase: 'waiting', because: { kind: 'unreachable', how: 'closed' } })
    await vi.advanceTimersByTimeAsync(150)
    expect({ phases, made: peers.made.length, open: peers.open }).toEqual({
      phases: ['connecting', 'playing', 'waiting', 'connecting'],
      made: 2,
      open: 1,
    })
  })

  it('lets the picture decide when the server closes a channel it has only just been asked for', async () => {
    const moving = await withChannel()
    const ending = await withChannel()
    const still = await withChannel()
    const all = [moving, ending, still]
    const wereLost = () => all.map(({ phases }) => phases.includes('waiting'))
    const frames = async (...counts: number[]) => {
      counts.forEach((count, index) => (all[index]!.peers.last.framesDecoded = count))
      for (const { video } of all.slice(0, counts.length)) video.paint()
      await vi.advanceTimersByTimeAsync(500)
    }
    for (const { peers } of all) peers.last.channels[0]?.onclose?.()
    await settle()
    await vi.advanceTimersByTimeAsync(0)
    await frames(7, 3)
    expect(wereLost()).toEqual([false, false, true])
    await frames(14, 4)
    await frames(21)
    expect(wereLost()).toEqual([false, true, true])
    await frames(28)
    await frames(28)
    expect(wereLost()).toEqual([false, true, true])
  })

  it('is lost when the connection fails, and when the server says it is over', async () => {
    const first = await playing()
    first.peers.last.fail()
    await settle()
    const failed = first.session.state
    const second = await playing()
    second.road().end(refused)
    await settle()
    expect([failed, second.session.state]).toMatchObject([
      { phase: 'waiting', because: { kind: 'unreachable', what: 'media', how: 'timeout' } },
      { phase: 'waiting', because: refused },
    ])
  })

  it('stands still after 2 s without a frame, and takes a new attempt 5 s later', async () => {
    const { session, video } = await playing()
    await vi.advanceTimersByTimeAsync(1900)
    expect(session.state.phase).toBe('playing')
    await vi.advanceTimersByTimeAsync(100)
    expect(session.state.phase).toBe('stalled')
    video.paint()
    expect(session.state.phase).toBe('playing')
    await vi.advanceTimersByTimeAsync(7050)
    expect(session.state).toMatchObject({ phase: 'waiting', because: { kind: 'unreachable', how: 'silent' } })
  })

  it('leaves nothing open when it is closed, at whatever moment', async () => {
    const early = scene()
    early.session.open()
    early.session.close()
    const late = await playing()
    late.session.close()
    await settle()
    expect([early, late].map(({ phases, peers, road }) => [phases.at(-1), peers.open, road().said.at(-1)])).toEqual([
      ['idle', 0, 'close'],
      ['idle', 0, 'close'],
    ])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('offers by itself where the server makes no offer, with all its candidates, and takes the answer', async () => {
    const { session, peers, road, video, phases } = scene({ offers: [Promise.resolve(OURS)] })
    session.open()
    await settle()
    const early = [...road().said]
    peers.last.gathered()
    await settle()
    session.watch(video.asElement)
    video.paint()
    await vi.advanceTimersByTimeAsync(1_500)
    expect([early, road().said, peers.last.transceivers, peers.last.remoteSdp, phases]).toEqual([
      ['open'],
      ['open', 'offer our offer'],
      ['video recvonly'],
      'the answer of the server',
      ['connecting', 'playing'],
    ])
    // There is no word yet of what such a server does with commands.
    expect([peers.last.channels, peers.last.listeners.size]).toEqual([[], 0])
  })

  it('offers without the candidates that are long in coming, and no more once it was closed', async () => {
    const [waited, closed] = [Promise.resolve(OURS), Promise.resolve(OURS)].map((offer) => scene({ offers: [offer] }))
    for (const { session } of [waited!, closed!]) session.open()
    await settle()
    closed!.session.close()
    await vi.advanceTimersByTimeAsync(1_000)
    expect([waited!.road().said, closed!.road().said]).toEqual([
      ['open', 'offer our offer'],
      ['open', 'close'],
    ])
  })

  it('takes an answer the engine cannot read for a bad one, and tries again', async () => {
    const { session, peers, phases } = scene({ offers: [Promise.resolve(OURS)] })
    session.open()
    await settle()
    peers.last.refuses = new Error('no SDP')
    peers.last.gathered()
    await settle()
    expect([phases.at(-1), session.state]).toMatchObject([
      'waiting',
      { because: { kind: 'bad-answer', call: 'WebRTC answer' } },
    ])
  })

  it('is not changed by an answer that comes after it was closed', async () => {
    const { promise, resolve } = Promise.withResolvers<Offer>()
    const { session, peers, phases } = scene({ offers: [promise] })
    session.open()
    session.close()
    resolve({ sdp: H264_OFFER, iceServers: [] })
    await settle()
    expect([phases, peers.made]).toEqual([['connecting', 'idle'], []])
  })

  it('tries again and again while the server is away, and gives up where that cannot help', async () => {
    const offers: Failure[] = [refused, refused, refused, refused, refused, { kind: 'forbidden' }]
    const { session, roads, peers, log } = scene({ offers })
    session.open()
    await vi.advanceTimersByTimeAsync(60_000)
    expect({ roads: roads.length, peers: peers.made.length, state: session.state, log: log.at(-1) }).toEqual({
      roads: 6,
      peers: 0,
      state: { phase: 'failed', because: { kind: 'forbidden' } },
      log: 'error: camera Gate given up: forbidden',
    })
  })

  it('takes candidates up to a limit and goes on after a bad one', async () => {
    const { session, peers, roads } = scene()
    session.open()
    roads[0]!.found = ['bad', ...Array.from({ length: 100 }, (_, index) => `host ${index}`)].map((candidate) => {
      return { candidate, sdpMid: '0', sdpMLineIndex: 0 }
    })
    await settle()
    for (let turn = 0; turn < 30; turn++) await settle()
    expect([peers.last.candidates.length, peers.last.candidates[0], peers.last.candidates[1]]).toEqual([
      64,
      'bad',
      'host 0',
    ])
  })

  it('keeps the time of the last frame when the picture is lost', async () => {
    const { session, peers } = await playing()
    const at = session.lastFrameAtMs
    await vi.advanceTimersByTimeAsync(1000)
    peers.last.fail()
    await settle()
    expect([session.state.phase, session.lastFrameAtMs, session.stream]).toEqual(['waiting', at, null])
  })

  it('doubts a picture that has not moved since the computer woke up', async () => {
    const { session, video } = await playing()
    await vi.advanceTimersByTimeAsync(500)
    const woke = performance.timeOrigin + performance.now()
    video.paint()
    session.doubt(woke)
    expect(session.state.phase).toBe('playing')
    session.doubt(woke + 1)
    expect(session.state).toMatchObject({ phase: 'waiting', because: { how: 'silent' } })
  })

  it('is kept alive by decoded frames while the page is on no screen', async () => {
    const { session, peers } = await playing({ isDrawn: () => false })
    for (let second = 0; second < 20; second++) {
      peers.last.framesDecoded += 15
      await vi.advanceTimersByTimeAsync(1000)
    }
    expect(session.state.phase).toBe('playing')
    await vi.advanceTimersByTimeAsync(4000)
    expect(session.state.phase).toBe('stalled')
  })
})
