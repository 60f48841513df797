import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstAfter, spanAt, together, without, type Span } from '../../../src-renderer/stores/recorded-spans.ts'

const span = fc
  .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 20 }))
  .map(([beginMs, length]): Span => ({ beginMs, endMs: beginMs + length }))
const spans = fc.array(span, { maxLength: 12 })

/** Every millisecond that is in one of them. */
const inside = (list: readonly Span[]): number[] =>
  Array.from({ length: 130 }, (_, at) => at).filter((at) => list.some((one) => at >= one.beginMs && at < one.endMs))

describe('spans of recordings', () => {
  it('together hold what either holds, in order, none touching the next', () => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        const both = together(a, b)
        expect(inside(both)).toEqual(inside([...a, ...b]))
        for (const [index, one] of both.entries()) {
          expect(one.endMs).toBeGreaterThan(one.beginMs)
          if (index > 0) expect(one.beginMs).toBeGreaterThan(both[index - 1]!.endMs)
        }
      }),
    )
  })

  it('without others hold the rest', () => {
    fc.assert(
      fc.property(span, spans, (one, others) => {
        const taken = new Set(inside(others))
        expect(inside(without(one, together(others, [])))).toEqual(inside([one]).filter((at) => !taken.has(at)))
      }),
    )
  })

  it('are found by a moment, which its end is not in', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 0, max: 130 }), (list, at) => {
        const merged = together(list, [])
        expect(spanAt(merged, at) !== undefined).toBe(inside(merged).includes(at))
        expect(merged[firstAfter(merged, at)]).toEqual(merged.find(({ beginMs }) => beginMs > at))
      }),
    )
  })
})
