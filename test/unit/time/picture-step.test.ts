import { expect, it } from 'vitest'
import { pictureMoment } from '../../../src-renderer/time/picture-step.ts'

it('moments some pixels apart ask for one picture, and none asks for a later one', () => {
  const atMs = 1_700_000_000_000
  const moments = Array.from({ length: 40 }, (_, px) => pictureMoment(atMs + px * 1_000, 1_000))
  expect(new Set(moments).size).toBe(10)
  expect(moments.every((moment, px) => moment <= atMs + px * 1_000 && moment > atMs + px * 1_000 - 4_000)).toBe(true)
})

it('where a pixel is less than a second, seconds are told apart', () => {
  expect([pictureMoment(10_999, 50), pictureMoment(11_000, 50)]).toEqual([10_000, 11_000])
})
