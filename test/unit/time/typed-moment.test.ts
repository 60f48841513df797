import { afterAll, describe, expect, it } from 'vitest'

const own = process.env.TZ
process.env.TZ = 'Europe/Berlin'
const { momentText, typedMoment } = await import('../../../src-renderer/time/typed-moment.ts')
afterAll(() => {
  if (own === undefined) delete process.env.TZ
  else process.env.TZ = own
})

const now = new Date(2026, 10, 26, 14, 3, 7).getTime()
const typed = (text: string, nowMs = now) => {
  const at = typedMoment(text, nowMs)
  return at === undefined ? undefined : momentText(at)
}

describe('a typed moment', () => {
  it.each([
    ['2026-11-26 14:03:07', '2026-11-26 14:03:07'],
    ['2026-11-26T14:03', '2026-11-26 14:03:00'],
    [' 2024-2-29 9:05 ', '2024-02-29 09:05:00'],
    ['13:58', '2026-11-26 13:58:00'],
    ['14:30', '2026-11-26 14:30:00'],
    ['23:10:05', '2026-11-25 23:10:05'],
  ])('%s is %s', (text, at) => expect(typed(text)).toBe(at))

  it('without a day is of the day before where that was in another month', () =>
    expect(typed('23:10', new Date(2026, 10, 1, 8).getTime())).toBe('2026-10-31 23:10:00'))

  it('is none in the hour clocks leap over, and the first of two where they are put back', () => {
    expect(typed('2026-03-29 02:30')).toBeUndefined()
    expect(typedMoment('2026-10-25 02:30', now)).toBe(Date.parse('2026-10-25T00:30:00Z'))
  })

  it.each(['', 'now', '14', '2026-02-30 10:00', '2026-13-01 10:00', '2026-00-10 10:00', '24:00', '12:60', '12:00:60'])(
    '%s is none',
    (text) => expect(typed(text)).toBeUndefined(),
  )
})
