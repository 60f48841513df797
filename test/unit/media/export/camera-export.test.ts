import { BufferSource, EncodedPacketSink, Input, MP4 } from 'mediabunny'
import { beforeEach, describe, expect, it } from 'vitest'
import { AppError, type Failure } from '../../../../src-preload/contract/failure.ts'
import type { CameraRef } from '../../../../src-preload/contract/models/ids.ts'
import { CameraExport, type CameraProgress } from '../../../../src-renderer/media/export/camera-export.ts'
import type { SentFrame } from '../../../../src-renderer/media/export/frame-groups.ts'
import type { PlayRecorded } from '../../../../src-renderer/media/export/recorded-frames.ts'

const camera = { siteId: 'site', cameraId: 'camera' } as unknown as CameraRef
const FPS = 15
const GROUP = 30
const fromMs = 1_000_000
const never = new AbortController().signal

/** Parameter sets of a 640x360 baseline stream, then a slice that nobody decodes here. */
const parameters = [0x67, 0x42, 0xc0, 0x16, 0xda, 0x02, 0x80, 0xbf, 0xe5, 0xc0, 0x5a, 0x83, 0x03, 0x03, 0x20]
const start = [0, 0, 0, 1]
const keyBytes = Uint8Array.from([...start, ...parameters, ...start, 0x68, 0xce, 0x3c, 0x80, ...start, 0x65, 9, 9])
const deltaBytes = Uint8Array.from([...start, 0x41, 7, 7])

/** A server with one endless recording, whose frames have a number each. */
interface Deck {
  /** Faster than this it sends key pictures only. */
  wholeUpTo: number
  /** From here on nothing is recorded. */
  endMs: number
  /** The next session is lost after so many frames; each entry is for one session. */
  cuts: (number | undefined)[]
  /** So many packets are lost in each of the first sessions. */
  losses: number[]
  because: Failure
  asked: { atMs: number; speed: number }[]
}

let deck: Deck
beforeEach(() => {
  const because: Failure = { kind: 'unreachable', what: 'media', how: 'closed' }
  deck = { wholeUpTo: 32, endMs: Infinity, cuts: [], losses: [], because, asked: [] }
})

const timeOf = (index: number) => Math.round((index * 1000) / FPS)
const frameAt = (index: number): SentFrame => {
  const isKey = index % GROUP === 0
  return { atMs: timeOf(index), isKey, bytes: isKey ? keyBytes : deltaBytes, widthPx: 640, heightPx: 360 }
}

const play: PlayRecorded = (_camera, { atMs, speed }) => {
  deck.asked.push({ atMs, speed })
  const cut = deck.cuts.shift()
  const lost = deck.losses.shift() ?? 0
  const isKeysOnly = speed > deck.wholeUpTo
  let isClosed = false
  async function* frames(): AsyncGenerator<SentFrame> {
    const first = Math.floor(Math.ceil((atMs * FPS) / 1000) / GROUP) * GROUP
    for (let index = first, sent = 0; !isClosed && timeOf(index) < deck.endMs; index += isKeysOnly ? GROUP : 1) {
      if (sent++ === cut) throw new AppError(deck.because)
      yield frameAt(index)
    }
  }
  return { frames, packetsLost: async () => lost, close: () => void (isClosed = true) }
}

function exportOf(seconds: number) {
  const bytes: number[] = []
  const told: CameraProgress[] = []
  const one = new CameraExport(
    {
      play,
      write: async (atByte, part) => {
        expect(atByte).toBeLessThanOrEqual(bytes.length)
        for (const [index, byte] of part.entries()) bytes[atByte + index] = byte
      },
      onProgress: (progress) => void told.push(progress),
      random: () => 0,
    },
    camera,
    { fromMs, toMs: fromMs + seconds * 1000 },
  )
  return { one, told, file: () => Uint8Array.from(bytes) }
}

async function momentsIn(file: Uint8Array): Promise<number[]> {
  const input = new Input({ source: new BufferSource(file), formats: [MP4] })
  const track = await input.getPrimaryVideoTrack()
  const moments: number[] = []
  for await (const packet of new EncodedPacketSink(track!).packets()) moments.push(Math.round(packet.timestamp * 1000))
  return moments
}

/** Every frame from the key picture before the beginning up to the end, in milliseconds after the first. */
function wanted(seconds: number): number[] {
  const first = Math.floor(Math.ceil((fromMs * FPS) / 1000) / GROUP) * GROUP
  const all: number[] = []
  for (let index = first; timeOf(index) < fromMs + seconds * 1000; index++) all.push(timeOf(index) - timeOf(first))
  return all
}

describe('a viewing copy of one camera', () => {
  it('has every frame of the span once, at its own time, and says so', async () => {
    const { one, file, told } = exportOf(10)
    const facts = await one.run(never)
    const all = wanted(10)
    expect(facts).toMatchObject({ frames: all.length, framesLost: 0, gaps: [], widthPx: 640, heightPx: 360, speed: 1 })
    expect(await momentsIn(file())).toEqual(all)
    expect(told.at(-1)).toMatchObject({ doneMs: 10_000, totalMs: 10_000, frames: all.length })
    expect(deck.asked).toEqual([{ atMs: fromMs, speed: 1 }])
  })

  it('is taken as fast as the server sends all, told by counting the same seconds twice', async () => {
    const { one, file } = exportOf(60)
    expect(await one.run(never)).toMatchObject({ speed: 8, frames: wanted(60).length, framesLost: 0 })
    expect(deck.asked).toEqual([
      { atMs: fromMs, speed: 1 },
      { atMs: fromMs, speed: 8 },
    ])
    expect(await momentsIn(file())).toEqual(wanted(60))
  })

  it('is taken slower where the server leaves pictures out, and none is lacking', async () => {
    for (const [wholeUpTo, speeds] of [
      [2, [1, 8, 4, 2]],
      [1, [1, 8, 4, 2, 1]],
    ] as const) {
      Object.assign(deck, { wholeUpTo, asked: [] })
      const { one, file } = exportOf(40)
      expect(await one.run(never)).toMatchObject({ speed: wholeUpTo, framesLost: 0 })
      expect(deck.asked.map(({ speed }) => speed)).toEqual(speeds)
      expect(await momentsIn(file())).toEqual(wanted(40))
    }
  })

  it('goes on after cuts from the last whole group, and nothing is lacking or there twice', async () => {
    deck.cuts = [50, 10, 0, 70]
    const { one, file, told } = exportOf(11)
    await one.run(never)
    expect(await momentsIn(file())).toEqual(wanted(11))
    expect(told.filter(({ waitsBecause }) => waitsBecause).length).toBe(4)
    expect(deck.asked.map(({ speed }) => speed)).toEqual([1, 1, 1, 1, 1])
  })

  it('asks again for what lost packets, and says what stays lost', async () => {
    deck.losses = [3]
    const clean = exportOf(8)
    expect(await clean.one.run(never)).toMatchObject({ framesLost: 0, frames: wanted(8).length })
    deck.losses = [3, 3, 3]
    const damaged = exportOf(8)
    expect((await damaged.one.run(never))!.framesLost).toBeGreaterThan(0)
    expect(await momentsIn(damaged.file())).toEqual(wanted(8))
  })

  it('ends where the recordings end, and is none where there are none', async () => {
    deck.endMs = fromMs + 5_000
    const { one, file } = exportOf(10)
    await one.run(never)
    expect(await momentsIn(file())).toEqual(wanted(5))
    deck.endMs = 0
    expect(await exportOf(10).one.run(never)).toBeNull()
  })

  it('stops where trying again cannot help, and goes on from there when it is told to', async () => {
    deck.because = { kind: 'signed-out' }
    deck.cuts = [100]
    const { one, file } = exportOf(10)
    await expect(one.run(never)).rejects.toThrow('signed-out')
    await one.run(never)
    expect(await momentsIn(file())).toEqual(wanted(10))
  })

  it('ends at once when it is called off', async () => {
    const calledOff = new AbortController()
    const { one, told } = exportOf(1e6)
    deck.wholeUpTo = 0.5
    const running = one.run(calledOff.signal)
    calledOff.abort(new AppError({ kind: 'not-found', what: 'export' }))
    await expect(running).rejects.toThrow('not-found')
    expect(told.length).toBeLessThan(10)
  })
})
