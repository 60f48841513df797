import { describe, expect, it } from 'vitest'
import { drawnAt } from '../../../src-renderer/components/timeline/cursor.ts'
import { MINUTE_MS, scaleOf } from '../../../src-renderer/time/scale.ts'

const at = Date.UTC(2026, 10, 23, 14, 2, 30)
/** A thousand pixels of so many minutes. */
const over = (minutes: number) => scaleOf({ beginMs: at - minutes * MINUTE_MS, endMs: at }, 1_000)

describe('where a cursor is drawn', () => {
  it.each([
    [366 * 1_440, 0],
    [15, 500],
    [10, 500],
    [5, 750],
    [1, 950],
  ])('of %i minutes, 0.96 s on, it is %i ms on', (minutes, onMs) => {
    expect(drawnAt(at + 960, over(minutes)) - at).toBe(onMs)
  })

  it('is never a pixel behind, and never on another second than its label', () => {
    for (const minutes of [1, 3, 7, 15, 90, 20_000])
      for (let onMs = 0; onMs < 3_000; onMs += 10) {
        const scale = over(minutes)
        const drawnMs = drawnAt(at + onMs, scale)
        expect(scale.x(at + onMs) - scale.x(drawnMs)).toBeLessThan(1)
        expect(Math.floor(drawnMs / 1_000)).toBe(Math.floor((at + onMs) / 1_000))
      }
  })
})
