import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  clip,
  firstEndingAfter,
  holes,
  intersect,
  merge,
  spanAt,
  subtract,
  type Span,
} from '../../../src-renderer/time/ranges.ts'

const LAST = 60
const span = fc.tuple(fc.nat(LAST), fc.nat(LAST)).map(([beginMs, endMs]): Span => ({ beginMs, endMs }))
const anySpans = fc.array(span, { maxLength: 12 })
const spans = anySpans.map(merge)

/** What a list covers, millisecond by millisecond: slow, and plainly right. */
const covered = (list: Iterable<Span>): number[] => {
  const all = [...list]
  return Array.from({ length: LAST + 1 }, (_, ms) => ms).filter((ms) =>
    all.some(({ beginMs, endMs }) => beginMs <= ms && ms < endMs),
  )
}
const isTidy = (list: readonly Span[]): boolean =>
  list.every((one, at) => one.beginMs < one.endMs && (at === 0 || list[at - 1]!.endMs < one.beginMs))

describe('ranges', () => {
  it('merging covers the same and leaves nothing that touches, whatever the order', () => {
    fc.assert(
      fc.property(anySpans, (list) => {
        const merged = merge(list)
        expect(covered(merged)).toEqual(covered(list))
        expect(isTidy(merged)).toBe(true)
        expect(merge([...list].reverse())).toEqual(merged)
        expect(merge(merged)).toEqual(merged)
      }),
    )
  })

  it('clipping, holes, intersection and subtraction are those of sets of milliseconds', () => {
    fc.assert(
      fc.property(spans, spans, span, (some, others, within) => {
        const [a, b, w] = [new Set(covered(some)), new Set(covered(others)), covered([within])]
        expect(covered(clip(some, within))).toEqual(w.filter((ms) => a.has(ms)))
        expect(covered(holes(some, within))).toEqual(w.filter((ms) => !a.has(ms)))
        expect(covered(intersect(some, others))).toEqual([...a].filter((ms) => b.has(ms)))
        expect(covered(subtract(some, others))).toEqual([...a].filter((ms) => !b.has(ms)))
        for (const result of [clip(some, within), holes(some, within), subtract(some, others)])
          expect(isTidy(result)).toBe(true)
      }),
    )
  })

  it('what is in a span and what is not make it up again', () => {
    fc.assert(
      fc.property(spans, span, (list, within) => {
        expect(merge([...clip(list, within), ...holes(list, within)])).toEqual(merge([within]))
      }),
    )
  })

  it('finds the span a moment is in, where its first millisecond counts and its last does not', () => {
    fc.assert(
      fc.property(spans, fc.nat(LAST), (list, ms) => {
        const found = list.find(({ beginMs, endMs }) => beginMs <= ms && ms < endMs)
        expect(spanAt(list, ms)).toEqual(found)
        const place = list.findIndex(({ endMs }) => endMs > ms)
        expect(firstEndingAfter(list, ms)).toBe(place < 0 ? list.length : place)
      }),
    )
  })
})
