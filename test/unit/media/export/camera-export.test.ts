import { BufferSource, EncodedPacketSink, Input, MP4 } from 'mediabunny'
import { beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../../src-preload/contract/failure.ts'
import { CameraExport, type CameraProgress } from '../../../../src-renderer/media/export/camera-export.ts'
import { camera, Deck, fromMs, wanted } from './deck.ts'

const never = new AbortController().signal

let deck: Deck
beforeEach(() => (deck = new Deck()))

function exportOf(seconds: number) {
  const bytes: number[] = []
  const told: CameraProgress[] = []
  const one = new CameraExport(
    {
      play: deck.play,
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
