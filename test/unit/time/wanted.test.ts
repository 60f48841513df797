import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clip, holes, intersect, merge, type Span } from '../../../src-renderer/time/ranges.ts'
import { wanted } from '../../../src-renderer/time/wanted.ts'

const span = fc
  .tuple(fc.nat(1_000), fc.integer({ min: 1, max: 200 }))
  .map(([from, length]): Span => ({ beginMs: from, endMs: from + length }))
const spans = fc.array(span, { maxLength: 6 }).map(merge)

describe('what is wanted of a source', () => {
  it('is what is seen and a screen to each side, and nothing that has not been yet', () => {
    expect(wanted({ beginMs: 100, endMs: 200 }, { known: [], asking: [], untilMs: 250 })).toEqual({
      ask: [{ beginMs: 0, endMs: 250 }],
      cancel: [],
    })
    expect(wanted({ beginMs: 300, endMs: 400 }, { known: [], asking: [], untilMs: 150 }).ask).toEqual([])
  })

  it('is not asked for in slivers while half a screen is known', () => {
    const known = [{ beginMs: 0, endMs: 300 }]
    expect(wanted({ beginMs: 110, endMs: 210 }, { known, asking: [], untilMs: 9_999 }).ask).toEqual([])
    expect(wanted({ beginMs: 160, endMs: 260 }, { known, asking: [], untilMs: 9_999 }).ask).toEqual([
      { beginMs: 300, endMs: 360 },
    ])
  })

  it('is never asked twice; what is seen is known or asked; what was passed is cancelled', () => {
    fc.assert(
      fc.property(span, spans, spans, fc.integer({ min: 0, max: 1_500 }), (seen, known, asking, untilMs) => {
        const { ask, cancel } = wanted(seen, { known, asking, untilMs })
        expect(intersect(ask, merge([...known, ...asking]))).toEqual([])
        const past = { beginMs: seen.beginMs, endMs: Math.min(seen.endMs, untilMs) }
        if (past.endMs > past.beginMs) expect(holes(merge([...known, ...asking, ...ask]), past)).toEqual([])
        for (const one of cancel) expect(clip([one], seen)).toEqual([])
      }),
    )
  })
})
