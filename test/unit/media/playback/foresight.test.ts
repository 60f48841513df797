import { describe, expect, it } from 'vitest'
import { Foresight } from '../../../../src-renderer/media/playback/foresight.ts'

/** Recordings begin each hundred. */
const everyHundred = {
  nextAfter: (ms: number) => (Math.floor(ms / 100) + 1) * 100,
  previousBefore: (ms: number) => Math.floor((ms - 3) / 100) * 100,
}

/** After these ways, each from where the one before led. */
function gone(moments: number[], isSeen = true): Foresight {
  const foresight = new Foresight(everyHundred)
  for (let at = 1; at < moments.length; at++) foresight.note(moments[at - 1]!, moments[at]!, isSeen)
  return foresight
}

describe('where somebody may go next', () => {
  it('is the same step once more for one who made it twice, and stands', () => {
    expect([
      gone([210, 220]).take(220, false),
      gone([210, 220, 230]).take(230, false),
      gone([210.3, 220, 230]).take(230, false),
      gone([210.6, 220, 230]).take(230, false),
    ]).toEqual([null, 240, 240, 240])
  })

  it('is not known for a step from a clock that runs', () => {
    expect(gone([210, 220, 230]).take(231, true)).toBe(null)
  })

  it('is the next recording, or the one before, whether the clock runs or not', () => {
    expect([
      gone([250, 300, 400]).take(400, false),
      gone([250, 300, 400]).take(417, true),
      gone([250, 200, 100]).take(101, true),
    ]).toEqual([500, 500, 0])
  })

  it('is not known for one who went two different ways, or went on without having seen where he was', () => {
    expect([
      gone([210, 220, 225]).take(225, false),
      gone([250, 300, 200]).take(200, false),
      gone([210, 220, 230], false).take(230, false),
    ]).toEqual([null, null, null])
  })

  it('is said once, and again when the way was gone again', () => {
    const foresight = gone([210, 220, 230])
    const said = [foresight.isExpecting, foresight.take(230, false), foresight.isExpecting, foresight.take(230, false)]
    foresight.note(230, 240, true)
    expect([...said, foresight.take(240, false)]).toEqual([true, 240, false, null, 250])
  })
})
