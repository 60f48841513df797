import { describe, expect, it } from 'vitest'
import { isGap, lacking, Stretch } from '../../../../src-renderer/media/export/cadence.ts'
import { believed, faster, ownTime, slower, speedOf, type Pace } from '../../../../src-renderer/media/export/pace.ts'

describe('how fast a recording is taken out', () => {
  it('is tried from eight times down to its own time, and believed where every frame was there', () => {
    const tried: number[] = []
    let pace: Pace = faster()
    while (pace.is === 'trying') {
      tried.push(speedOf(pace))
      pace = slower(pace)
    }
    expect(tried).toEqual([8, 4, 2])
    expect(pace).toEqual(ownTime)
    expect(slower(pace)).toEqual(ownTime)
    expect(believed(slower(faster()))).toEqual({ is: 'settled', speed: 4 })
    expect(slower(believed(faster()))).toEqual({ is: 'settled', speed: 4 })
  })

  it('begins in its own time, which lacking frames do not change', () => {
    const learning: Pace = { is: 'learning' }
    expect([speedOf(learning), slower(learning), believed(learning)]).toEqual([1, learning, learning])
  })
})

describe('a stretch in its own time', () => {
  const stretch = (stepMs: number, count: number) => {
    const made = new Stretch()
    for (let index = 0; index < count; index++) made.add(1_000 + Math.round(index * stepMs))
    return made
  }

  it('is enough after four seconds, and takes no more', () => {
    expect(stretch(1000 / 15, 60).isEnough).toBe(false)
    const enough = stretch(1000 / 15, 500)
    expect([enough.isEnough, enough.usualMs]).toEqual([true, 67])
    // Beyond it anything may come.
    const agrees = enough.compare()
    for (let index = 0; index <= 60; index++) expect(agrees(1_000 + Math.round((index * 1000) / 15))).toBe(true)
    expect(agrees(99_999)).toBe(true)
  })

  it('disagrees with whoever leaves a frame out, at the very frame', () => {
    const agrees = stretch(66, 60).compare()
    expect([agrees(1_000), agrees(1_068), agrees(1_132)]).toEqual([true, true, true])
    expect(agrees(1_264)).toBe(false)
  })
})

describe('an interval', () => {
  it('lacks what would have come in it, unless nothing was recorded there', () => {
    expect([67, 100, 133, 200, 400].map((ms) => lacking(ms, 67))).toEqual([0, 0, 1, 2, 5])
    expect(lacking(5_000, 0)).toBe(0)
    expect([isGap(900, 67), isGap(1_200, 67), isGap(1_200, 1_000)]).toEqual([false, true, false])
  })
})
