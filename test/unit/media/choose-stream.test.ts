import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Stream } from '../../../src-preload/contract/models/camera.ts'
import { chooseStream } from '../../../src-renderer/media/choose-stream.ts'

const stream = (id: string, widthPx: number, heightPx: number, codec = 'H264', liveDefault = false): Stream => {
  return { id: id as Stream['id'], name: id, liveDefault, codec, widthPx, heightPx, framesPerSecond: 15 }
}
const playable = new Set(['H264', 'VP8'])
const choose = (streams: Stream[], widthPx: number, heightPx: number, excluded: string[] = []) =>
  chooseStream(streams, { size: { widthPx, heightPx }, playable, excluded: new Set(excluded) })?.id

const main = stream('main', 1280, 720, 'H264', true)
const sub = stream('sub', 640, 360)
const tiny = stream('tiny', 320, 180)

describe('the stream for a tile', () => {
  it('is the smallest that need not be enlarged, else the largest', () => {
    const all = [main, sub, tiny]
    const sizes = [
      [160, 90],
      [320, 180],
      [321, 181],
      [640, 360],
      [1000, 600],
      [3840, 2160],
    ] as const
    expect(sizes.map(([widthPx, heightPx]) => choose(all, widthPx, heightPx))).toEqual([
      'tiny',
      'tiny',
      'sub',
      'sub',
      'main',
      'main',
    ])
  })

  it('need only be large enough in the direction in which the whole picture meets the tile', () => {
    expect([choose([main, sub], 640, 700), choose([main, sub], 1200, 360)]).toEqual(['sub', 'sub'])
  })

  it('is one that plays, even if another fits better', () => {
    const hevc = stream('hevc', 640, 360, 'H265')
    expect([choose([hevc, main], 640, 360), choose([hevc, stream('maybe', 1280, 720, '')], 640, 360)]).toEqual([
      'main',
      'maybe',
    ])
  })

  it('is known to play rather than of unknown codec', () => {
    expect(choose([stream('maybe', 640, 360, ''), main], 640, 360)).toBe('main')
  })

  it('is tried although the list says it does not play, where there is no other: lists grow old', () => {
    expect(choose([stream('hevc', 640, 360, 'H265')], 640, 360)).toBe('hevc')
  })

  it('is the live default among those of unknown size', () => {
    expect(choose([stream('a', 0, 0), stream('b', 0, 0, 'H264', true)], 640, 360)).toBe('b')
  })

  it('is none when every one turned out to be unplayable', () => {
    expect([choose([main, sub], 640, 360, ['sub']), choose([main, sub], 640, 360, ['sub', 'main'])]).toEqual([
      'main',
      undefined,
    ])
  })

  it('does not depend on the order of the list, and is never enlarged while a playable one would not be', () => {
    const size = fc.nat(4000)
    const anyStream = fc.record({
      widthPx: fc.nat(4000),
      heightPx: fc.nat(4000),
      codec: fc.constantFrom('H264', 'H265', '', 'h.264'),
    })
    fc.assert(
      fc.property(fc.array(anyStream, { minLength: 1, maxLength: 6 }), size, size, (parts, widthPx, heightPx) => {
        const streams = parts.map((part, index) => ({ ...stream(`s${index}`, 0, 0), ...part }))
        const chosen = streams.find(({ id }) => id === choose(streams, widthPx, heightPx))!
        const reversed = streams.find(({ id }) => id === choose(streams.toReversed(), widthPx, heightPx))!
        const area = (one: Stream) => one.widthPx * one.heightPx
        expect(area(reversed)).toBe(area(chosen))
        const fits = (one: Stream) => area(one) > 0 && (one.widthPx >= widthPx || one.heightPx >= heightPx)
        const plays = (one: Stream) => /264/.test(one.codec)
        if (streams.some((one) => plays(one) && fits(one))) expect([plays(chosen), fits(chosen)]).toEqual([true, true])
      }),
    )
  })
})
