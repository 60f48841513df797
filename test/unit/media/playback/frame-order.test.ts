import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { momentBeside, placeAt, SAME_MS } from '../../../../src-renderer/media/playback/frame-order.ts'

/** Moments as frames have them: ascending, further apart than the same frame may be from itself. */
const moments = fc
  .array(fc.integer({ min: SAME_MS + 1, max: 500 }), { maxLength: 60 })
  .map((steps) => steps.map((_, index) => steps.slice(0, index + 1).reduce((sum, step) => sum + step, 0)))
const atMs = fc.integer({ min: -10, max: 20_000 })

describe('the order of frames', () => {
  it('finds the frame that stands at a moment, the last at or before it', () => {
    fc.assert(
      fc.property(moments, atMs, (all, at) => {
        expect(placeAt(all, at)).toBe(all.findLastIndex((moment) => moment <= at))
      }),
    )
  })

  it('goes to the next frame on either side, and never to the same again', () => {
    fc.assert(
      fc.property(moments, atMs, (all, at) => {
        expect(momentBeside(all, at, 1)).toBe(all.find((moment) => moment > at + SAME_MS) ?? null)
        expect(momentBeside(all, at, -1)).toBe(all.findLast((moment) => moment < at - SAME_MS) ?? null)
      }),
    )
  })

  it('comes back to where it was after as many steps on as back', () => {
    fc.assert(
      fc.property(moments, fc.nat(), fc.nat({ max: 10 }), (all, seed, steps) => {
        const place = all.length === 0 ? -1 : seed % all.length
        if (place < steps) return
        let at = all[place]!
        for (let step = 0; step < steps; step++) at = momentBeside(all, at, -1)!
        expect(at).toBe(all[place - steps])
        for (let step = 0; step < steps; step++) at = momentBeside(all, at, 1)!
        expect(at).toBe(all[place])
      }),
    )
  })
})
