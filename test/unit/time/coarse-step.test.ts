import { expect, it } from 'vitest'
import { coarseStep } from '../../../src-renderer/time/coarse-step.ts'
import { DAY_MS, MOST_MS } from '../../../src-renderer/time/scale.ts'

it('a day is told recording by recording, more of it in steps no finer than can be seen', () => {
  const days = [1, 2, 7, 30, 90, 366]
  expect(days.map((count) => (coarseStep(count * DAY_MS) ?? 0) / 60_000)).toEqual([0, 5, 10, 30, 180, 360])
})

it('the widest timeline asks for no more steps than it has pixels', () => {
  expect(MOST_MS / coarseStep(MOST_MS)!).toBeLessThanOrEqual(1_500)
  expect(coarseStep(10 * MOST_MS)).toBe(coarseStep(MOST_MS))
})
