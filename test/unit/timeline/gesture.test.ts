import { describe, expect, it } from 'vitest'
import {
  atRest,
  markedFrom,
  moved,
  released,
  taken,
  turned,
  type Gesture,
} from '../../../src-renderer/components/timeline/gesture.ts'
import { scaleOf } from '../../../src-renderer/time/scale.ts'

/** A pixel is a second. */
const scale = scaleOf({ beginMs: 0, endMs: 1_000_000 }, 1_000)
const cursorMs = 500_000
const down = (px: number, isMarking = false): Gesture => taken(px, scale, cursorMs, isMarking)
const wheel = (parts: Partial<WheelEvent>) =>
  turned({ deltaX: 0, deltaY: 0, deltaMode: 0, ctrlKey: false, shiftKey: false, ...parts })

describe('a hand on the timeline', () => {
  it('that goes down and up in one place plays from there, even if it shakes', () => {
    const { gesture } = moved(down(200), 202, scale)
    expect(released(gesture, 202, scale)).toEqual({ gesture: atRest, seekMs: 202_000 })
  })

  it('that moves takes time along, and plays nothing', () => {
    const first = moved(down(200), 150, scale)
    expect(first.span).toEqual({ beginMs: 50_000, endMs: 1_050_000 })
    const on = moved(first.gesture, 100, scaleOf(first.span!, 1_000))
    expect(on.span).toEqual({ beginMs: 100_000, endMs: 1_100_000 })
    expect(released(on.gesture, 100, scale)).toEqual({ gesture: atRest })
  })

  it('that takes the cursor shows what it passes, within what is seen, and plays where it lets go', () => {
    const { gesture, scrubMs } = moved(down(496), 300, scale)
    expect(scrubMs).toBe(300_000)
    expect(moved(gesture, -50, scale).scrubMs).toBe(0)
    expect(released(gesture, 5_000, scale)).toEqual({ gesture: atRest, seekMs: 1_000_000 })
  })

  it('that marks does so in either direction, and takes the mark away by marking nothing', () => {
    const gesture = down(500, true)
    expect(moved(gesture, 400, scale).selection).toEqual({ beginMs: 400_000, endMs: 500_000 })
    expect(released(gesture, 700, scale).selection).toEqual({ beginMs: 500_000, endMs: 700_000 })
    expect(released(gesture, 501, scale).selection).toBeNull()
  })

  it('that only passes over does nothing', () => {
    expect(moved(atRest, 300, scale)).toEqual({ gesture: atRest })
    expect(released(atRest, 300, scale)).toEqual({ gesture: atRest })
  })
})

describe('a mark set by key', () => {
  it('keeps its other end, unless that would lie on the wrong side', () => {
    const selection = { beginMs: 300_000, endMs: 600_000 }
    expect([
      markedFrom(selection, 'begin', 400_000, scale),
      markedFrom(selection, 'end', 500_000, scale),
      markedFrom(selection, 'begin', 700_000, scale),
      markedFrom(selection, 'end', 200_000, scale),
      markedFrom(null, 'begin', 500_000, scale),
      markedFrom(null, 'end', 500_000, scale),
    ]).toEqual([
      { beginMs: 400_000, endMs: 600_000 },
      { beginMs: 300_000, endMs: 500_000 },
      { beginMs: 700_000, endMs: 750_000 },
      { beginMs: 150_000, endMs: 200_000 },
      { beginMs: 500_000, endMs: 550_000 },
      { beginMs: 450_000, endMs: 500_000 },
    ])
  })
})

describe('a wheel', () => {
  it('zooms, or moves where it turns along or Shift is held; lines count as more than pixels', () => {
    expect(wheel({ deltaY: -100 }).factor).toBeLessThan(1)
    expect(wheel({ deltaY: 100 }).factor).toBeGreaterThan(1)
    expect(wheel({ deltaY: 3, deltaMode: 1 })).toEqual(wheel({ deltaY: 48 }))
    expect(wheel({ deltaX: 30, deltaY: 4 })).toEqual({ panPx: 30, factor: 1 })
    expect(wheel({ deltaY: 30, shiftKey: true })).toEqual({ panPx: 30, factor: 1 })
    expect(wheel({ deltaY: 10, ctrlKey: true }).factor).toBeGreaterThan(wheel({ deltaY: 10 }).factor)
  })
})
