import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ageMs, decodeCode, encodeCode, readStrip, STRIP_LUMA, STRIP_NIBBLES } from '../../../simulator/media/strip.ts'

/** A picture of 32 rows with a strip of these luma values, as raw luma or as a page's RGBA. */
function picture(nibbles: readonly number[], widthPx: number, bytesPerPixel: 1 | 4): Uint8Array {
  const pixels = new Uint8Array(widthPx * 32 * bytesPerPixel).fill(120)
  nibbles.forEach((nibble, mb) => {
    for (let y = 0; y < 16; y++) {
      for (let x = 0; x < 16; x++) {
        const bit = (nibble >> (3 - ((y >> 3) * 2 + (x >> 3)))) & 1
        const luma = bit === 1 ? STRIP_LUMA.one : STRIP_LUMA.zero
        const at = ((16 + y) * widthPx + mb * 16 + x) * bytesPerPixel
        pixels.fill(bytesPerPixel === 1 ? luma : Math.round((luma - 16) * 1.164), at, at + Math.min(3, bytesPerPixel))
      }
    }
  })
  return pixels
}

it('any counter and time is read back, from luma and from a page', () => {
  const counters = fc.integer({ min: 0, max: 0xffff })
  const times = fc.integer({ min: 0, max: 2 ** 42 })
  fc.assert(
    fc.property(counters, times, fc.constantFrom(1 as const, 4 as const), (counter, ms, bytesPerPixel) => {
      const pixels = picture(encodeCode(counter, ms), 320, bytesPerPixel)
      expect(readStrip(pixels, 320, bytesPerPixel)).toEqual({ counter, sentMs: ms % 2 ** 28 })
    }),
    { numRuns: 40 },
  )
})

it('any single wrong nibble is noticed', () => {
  const nibbles = encodeCode(4711, 1_795_415_538_638)
  for (let at = 0; at < STRIP_NIBBLES; at++) {
    for (let other = 0; other < 16; other++) {
      const damaged = nibbles.with(at, other)
      expect(decodeCode(damaged) === null).toBe(other !== nibbles[at])
    }
  }
})

it('a picture without a strip, or a code of another length, reads as none', () => {
  expect([readStrip(new Uint8Array(320 * 32).fill(16), 320, 1), decodeCode([1, 2, 3])]).toEqual([null, null])
})

it('the age of a frame is right also where the clock in the strip begins again', () => {
  const span = 2 ** 28
  expect([
    ageMs({ counter: 1, sentMs: span - 30 }, span * 5 + 20),
    ageMs({ counter: 1, sentMs: 100 }, span * 3 + 140),
    ageMs({ counter: 1, sentMs: 100 }, span * 3 + 90),
  ]).toEqual([50, 40, -10])
})
