import { expect, it } from 'vitest'
import fc from 'fast-check'
import { protectedSpan } from '../../../src-preload/contract/protected-span.ts'

const at = (time: string): string => `2026-01-05T${time}Z`

it.each([
  ['within a block', '12:10:00', '12:20:00', '12:00:00.000', '13:00:00.000'],
  ['over the edge of a block', '12:59:59', '13:00:01', '12:00:00.000', '14:00:00.000'],
  ['of exactly one block', '12:00:00', '13:00:00', '12:00:00.000', '13:00:00.000'],
  ['of no length on an edge', '12:00:00', '12:00:00', '12:00:00.000', '13:00:00.000'],
])('a lock %s keeps whole blocks', (_, begin, end, from, to) => {
  expect(protectedSpan(at(begin), at(end))).toEqual({ begin: at(from), end: at(to) })
})

it('always holds what was asked for', () => {
  const ms = fc.integer({ min: 0, max: 4_000_000_000_000 })
  fc.assert(
    fc.property(ms, fc.integer({ min: 0, max: 1_000_000_000 }), (fromMs, lengthMs) => {
      const span = protectedSpan(new Date(fromMs).toISOString(), new Date(fromMs + lengthMs).toISOString())
      return Date.parse(span.begin) <= fromMs && Date.parse(span.end) >= fromMs + lengthMs
    }),
  )
})
