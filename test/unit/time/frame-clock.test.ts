import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameClock, readFrame } from '../../../src-renderer/time/frame-clock.ts'

const DAY_MS = 86_400_000
const TURN_MS = 2 ** 32
const askedMs = Date.parse('2026-11-01T00:00:00Z')

/** What a server sends for frames so far from what was asked for, and what is read from it. */
function readAll(offsetsMs: readonly number[], wrap: (ms: number) => number = (ms) => ms % TURN_MS): number[] {
  let clock = frameClock(askedMs)
  return offsetsMs.map((offsetMs) => {
    const read = readFrame(clock, wrap(offsetMs))
    clock = read.clock
    return read.atMs
  })
}
const running = (steps: readonly number[], firstMs = 0): number[] => {
  let atMs = firstMs
  return steps.map((step) => (atMs += step))
}
/** Frames of 25 fps at speeds of 0.25 to 32, of which only some are shown, with gaps of up to 40 days. */
const step = fc.oneof({ weight: 9, arbitrary: fc.nat(2_000) }, { weight: 1, arbitrary: fc.nat(40 * DAY_MS) })
const steps = fc.array(step, { maxLength: 60 })

describe('the time of a frame', () => {
  it('is what was asked for plus the milliseconds of the RTP clock, at any speed and across gaps of weeks', () => {
    fc.assert(
      fc.property(steps, fc.nat(45 * DAY_MS), (list, firstMs) => {
        const offsets = running(list, firstMs)
        fc.pre((offsets[0] ?? 0) < TURN_MS) // the first frame of all has nothing to be read against
        expect(readAll(offsets)).toEqual(offsets.map((ms) => askedMs + ms))
      }),
    )
  })

  it('goes on past the end of the signed and of the unsigned 32 bits', () => {
    const offsets = [0, 2 ** 31 - 40, 2 ** 31, 2 ** 31 + 40, TURN_MS - 20, TURN_MS + 20, 2 * TURN_MS - 100_000]
    const asExpected = offsets.map((ms) => askedMs + ms)
    expect(readAll(offsets)).toEqual(asExpected)
    expect(readAll(offsets, (ms) => ms | 0)).toEqual(asExpected)
  })

  it('starts late where nothing is recorded at first', () => {
    expect(readAll([30 * DAY_MS, 30 * DAY_MS + 40])).toEqual([askedMs + 30 * DAY_MS, askedMs + 30 * DAY_MS + 40])
  })

  it('steps back for a frame that comes out of order, also around the end of the 32 bits', () => {
    fc.assert(
      fc.property(fc.integer({ min: TURN_MS - 100, max: TURN_MS + 100 }), fc.nat(10_000), (ms, backMs) => {
        const offsets = [ms - 20_000, ms, ms - backMs, ms + 40]
        expect(readAll(offsets)).toEqual(offsets.map((offset) => askedMs + offset))
      }),
    )
  })
})
