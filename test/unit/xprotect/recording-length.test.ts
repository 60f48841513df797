import { expect, it } from 'vitest'
import fc from 'fast-check'
import { recordingLength } from '../../../src-main/xprotect/recording/facts.ts'

const limits = { defaultSeconds: 900, minSeconds: 60, maxSeconds: 7200 }
const free = { stopsAfterSeconds: null }

it.each([
  ['nothing said', undefined, free, { seconds: 900, because: 'usual' }],
  ['within the limits', 300, free, { seconds: 300, because: 'asked' }],
  ['too short', 5, free, { seconds: 60, because: 'shortest' }],
  ['too long', 100_000, free, { seconds: 7200, because: 'longest' }],
  ['no number', Number.NaN, free, { seconds: 900, because: 'usual' }],
  ['longer than the camera', 1800, { stopsAfterSeconds: 900 }, { seconds: 900, because: 'camera' }],
  [
    'the usual length, longer than the camera',
    undefined,
    { stopsAfterSeconds: 300 },
    { seconds: 300, because: 'camera' },
  ],
  ['as long as the camera', 900, { stopsAfterSeconds: 900 }, { seconds: 900, because: 'asked' }],
] as const)('a recording of %s', (_, asked, facts, expected) => {
  expect(recordingLength(asked, limits, facts)).toEqual(expected)
})

it('is never longer than the wish within the limits, nor than the camera', () => {
  fc.assert(
    fc.property(fc.integer(), fc.option(fc.integer({ min: 60, max: 100_000 })), (asked, stopsAfterSeconds) => {
      const { seconds } = recordingLength(asked, limits, { stopsAfterSeconds })
      return (
        seconds >= 60 && seconds <= 7200 && seconds <= Math.max(60, asked) && seconds <= (stopsAfterSeconds ?? Infinity)
      )
    }),
  )
})
