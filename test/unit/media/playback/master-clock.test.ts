import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  atSpeed,
  lead,
  median,
  mediaNow,
  nextSpeed,
  shifted,
  SPEEDS,
  standingAt,
  started,
  stopped,
} from '../../../../src-renderer/media/playback/master-clock.ts'

const moment = fc.integer({ min: 0, max: 4e12 })
const speed = fc.constantFrom(...SPEEDS)
const wait = fc.integer({ min: 0, max: 1e9 })

describe('the clock of a playback', () => {
  it('stands until it is started, and then goes at its speed', () => {
    fc.assert(
      fc.property(moment, moment, speed, wait, (media, now, rate, ms) => {
        const standing = standingAt(media, rate)
        expect(mediaNow(standing, now + ms)).toBe(media)
        expect(mediaNow(started(standing, now), now + ms)).toBeCloseTo(media + ms * rate, 3)
      }),
    )
  })

  it('shows the same before and after it is stopped, started or told another speed', () => {
    fc.assert(
      fc.property(moment, moment, speed, speed, wait, (media, now, rate, other, ms) => {
        const clock = started(standingAt(media, rate), now)
        const then = now + ms
        const shows = mediaNow(clock, then)
        expect(mediaNow(stopped(clock, then), then + 5_000)).toBe(shows)
        expect(mediaNow(started(stopped(clock, then), then), then)).toBe(shows)
        expect(mediaNow(atSpeed(clock, other, then), then)).toBe(shows)
        expect(mediaNow(atSpeed(clock, other, then), then + 1_000)).toBeCloseTo(shows + 1_000 * other, 3)
      }),
    )
  })

  it('started twice goes on as it did', () => {
    const clock = started(standingAt(1_000, 1), 0)
    expect(started(clock, 500)).toBe(clock)
  })

  it('knows how far a tile is ahead or behind, when its frame came on the screen', () => {
    const clock = started(standingAt(100_000, 4), 0)
    const ahead = { mediaMs: 105_000, atMs: 1_000 }
    expect([lead(clock, ahead, 9_000), lead(shifted(clock, 1_000), ahead, 9_000)]).toEqual([1_000, 0])
  })

  it('standing, compares what is seen with what it shows', () => {
    expect(lead(standingAt(100_000, 1), { mediaMs: 99_700, atMs: 5 }, 9_000)).toBe(-300)
  })

  it('goes by the middle one of its tiles, and of two by the one behind', () => {
    expect([median([5, -1, 300]), median([10, 4]), median([7]), median([])]).toEqual([5, 4, 7, 0])
  })
})

describe('the speeds', () => {
  it('go up and down one by one, and end where the server’s range ends', () => {
    expect([nextSpeed(1, 1), nextSpeed(1, -1), nextSpeed(32, 1), nextSpeed(0.25, -1), nextSpeed(3, 1)]).toEqual([
      2, 0.5, 32, 0.25, 4,
    ])
  })
})
