import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freshPace, takeSeek } from '../../../../src-renderer/media/playback/seek-pace.ts'

describe('the pace of seeks', () => {
  it('lets two out at once and has the third wait', () => {
    const first = takeSeek(freshPace, 10_000)
    const second = takeSeek(first.pace, 10_000)
    const third = takeSeek(second.pace, 10_000)
    expect([first.waitMs, second.waitMs, third.waitMs, takeSeek(third.pace, 10_850).waitMs]).toEqual([0, 0, 850, 0])
  })

  it('never lets out more than ten in five seconds, however fast they come', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 100, maxLength: 300 })
    fc.assert(
      fc.property(gaps, (waits) => {
        let [pace, now] = [freshPace, 50_000]
        const out: number[] = []
        for (const wait of waits) {
          now += wait
          const taken = takeSeek(pace, now)
          pace = taken.pace
          if (taken.waitMs === 0) out.push(now)
        }
        for (const from of out)
          expect(out.filter((at) => at >= from && at < from + 5_000).length).toBeLessThanOrEqual(10)
      }),
    )
  })
})
