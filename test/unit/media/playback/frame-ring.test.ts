import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SAME_MS } from '../../../../src-renderer/media/playback/frame-order.ts'
import { FrameRing, type Kept } from '../../../../src-renderer/media/playback/frame-ring.ts'
import { RING_BYTES, RingBudget } from '../../../../src-renderer/media/playback/ring-budget.ts'

/** Makes frames, and knows which have not been dropped. */
function frames() {
  const alive = new Set<Kept>()
  const make = (mediaMs: number, bytes = 100): Kept => {
    const frame: Kept = { mediaMs, bytes, drop: () => void alive.delete(frame) }
    alive.add(frame)
    return frame
  }
  return { alive, make }
}

describe('the ring of frames', () => {
  it('keeps what it is given in order, within its memory, and drops what it does not keep', () => {
    const given = fc.array(
      fc.record({ atMs: fc.integer({ min: 0, max: 400 }), bytes: fc.integer({ min: 1, max: 300 }) }),
    )
    fc.assert(
      fc.property(given, (all) => {
        const { alive, make } = frames()
        const ring = new FrameRing(new RingBudget(1_000))
        for (const { atMs, bytes } of all) ring.add(make(atMs, bytes))
        const { moments } = ring
        expect([...alive].map(({ mediaMs }) => mediaMs).sort((a, b) => a - b)).toEqual(moments)
        expect(moments.every((moment, place) => place === 0 || moment - moments[place - 1]! > SAME_MS)).toBe(true)
        expect(ring.bytes).toBe([...alive].reduce((sum, { bytes }) => sum + bytes, 0))
        expect(ring.bytes <= 1_000 || moments.length === 1).toBe(true)
      }),
    )
  })

  it('lets go of the oldest first, and gives the last of them away once', () => {
    const { make } = frames()
    const ring = new FrameRing(new RingBudget(300))
    for (const atMs of [0, 40, 80, 120, 160]) ring.add(make(atMs))
    expect([ring.moments, ring.takeSpare()?.mediaMs, ring.takeSpare()]).toEqual([[80, 120, 160], 40, null])
  })

  it('uses the memory of what a seek made useless again, and gives it back when it is cleared', () => {
    const { make } = frames()
    const ring = new FrameRing(new RingBudget(1_000))
    for (const atMs of [0, 40, 80]) ring.add(make(atMs))
    ring.goOnFrom(5_000, 5_000)
    ring.add(make(5_000))
    const spare = ring.takeSpare()?.mediaMs
    ring.clear()
    expect([spare, ring.moments, ring.takeSpare()]).toEqual([80, [], null])
  })

  it('keeps no more to be used again than its share leaves, but for one', () => {
    const { make } = frames()
    const budget = new RingBudget(400)
    const ring = new FrameRing(budget)
    for (const atMs of [0, 40, 80, 120]) ring.add(make(atMs))
    ring.goOnFrom(5_000, 5_000)
    for (const atMs of [5_000, 5_040, 5_080]) ring.add(make(atMs))
    expect([ring.takeSpare()?.bytes, ring.takeSpare()]).toEqual([100, null])
  })

  it('lets go of the newest where older ones are fetched', () => {
    const { make } = frames()
    const ring = new FrameRing(new RingBudget(400))
    for (const atMs of [200, 240, 280, 320, 160, 120]) ring.add(make(atMs))
    expect(ring.moments).toEqual([120, 160, 200, 240])
  })

  it('shares the memory with the other tiles while they keep frames', () => {
    const { make } = frames()
    const budget = new RingBudget(400)
    const [one, other] = [new FrameRing(budget), new FrameRing(budget)]
    for (const atMs of [0, 40, 80, 120]) one.add(make(atMs))
    other.add(make(0))
    one.add(make(160))
    const shared = [...one.moments]
    other.clear()
    one.add(make(200))
    expect([shared, one.moments]).toEqual([
      [120, 160],
      [120, 160, 200],
    ])
  })

  it('finds the frame that stands at a moment', () => {
    const { make } = frames()
    const ring = new FrameRing(new RingBudget())
    for (const atMs of [40, 80]) ring.add(make(atMs))
    expect([39, 40, 79, 80, 999].map((atMs) => ring.at(atMs)?.mediaMs)).toEqual([undefined, 40, 40, 80, 80])
  })

  it('forgets what is not next to where a session begins', () => {
    const kept = ([fromMs, reachesMs]: [number, number]): number => {
      const { alive, make } = frames()
      const ring = new FrameRing(new RingBudget(RING_BYTES))
      for (const atMs of [40, 80, 120]) ring.add(make(atMs))
      ring.goOnFrom(fromMs, reachesMs)
      expect(alive.size).toBe(ring.moments.length)
      return ring.moments.length
    }
    const at = (moment: number): [number, number] => [moment, moment]
    expect([-1_000, 30, 40, 100, 120, 121, 200].map((moment) => kept(at(moment)))).toEqual([0, 0, 3, 3, 3, 3, 0])
    expect([kept([-1_000, 40]), kept([-1_000, 0]), kept([100, 900])]).toEqual([3, 0, 3])
  })
})
