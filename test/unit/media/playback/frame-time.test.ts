import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FrameTime } from '../../../../src-renderer/media/playback/frame-time.ts'

const ASKED = Date.UTC(2026, 10, 23, 14, 2, 30)

describe('the moment a frame shows', () => {
  it('is what was asked for plus its timestamp, from a late start and over gaps too', () => {
    const time = new FrameTime(ASKED)
    expect([0, 1_500, 1_540, 7_201_540].map((rtp) => time.of(rtp) - ASKED)).toEqual([0, 1_500, 1_540, 7_201_540])
  })

  it('goes on where 32 bits of milliseconds end, and takes a frame out of order for what it is', () => {
    const time = new FrameTime(ASKED)
    const end = 2 ** 32
    const shown = [2_000_000_000, 4_000_000_000, end - 10, 30, end - 5, 70].map((rtp) => time.of(rtp) - ASKED)
    expect(shown).toEqual([2_000_000_000, 4_000_000_000, end - 10, end + 30, end - 5, end + 70])
  })

  it('never goes back for frames in order with gaps of less than 24 days', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 2 ** 31 - 1 }), { maxLength: 50 })
    fc.assert(
      fc.property(steps, (gaps) => {
        const time = new FrameTime(ASKED)
        let trueMs = 0
        for (const gap of gaps) {
          trueMs += gap
          expect(time.of(trueMs % 2 ** 32)).toBe(ASKED + trueMs)
        }
      }),
    )
  })
})
