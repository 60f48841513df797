import { describe, expect, it } from 'vitest'
import { DAY_MS, MINUTE_MS } from '../../../src-renderer/time/scale.ts'
import { clockElsewhere, zoneText } from '../../../src-renderer/time/zone-text.ts'

const text = zoneText('Europe/Berlin')
const ms = (iso: string) => Date.parse(iso)

describe('words of moments', () => {
  it('are in the time of the site', () => {
    const atMs = ms('2026-11-23T13:02:30Z')
    expect([text.time(atMs), text.moment(atMs), text.day(atMs), text.month(atMs)]).toEqual([
      '14:02:30',
      'Mon 23 Nov 2026 14:02:30',
      '23 November 2026',
      'November 2026',
    ])
  })

  it('tell the two hours apart that clocks show alike', () => {
    expect(text.time(ms('2026-10-25T00:30:00Z'))).not.toBe(text.time(ms('2026-10-25T01:30:00Z')))
    expect(text.time(ms('2026-10-25T01:30:00Z'))).toMatch(/^02:30:00 \S+/)
  })

  it('at ticks are as fine as the ticks are, and name the day that begins', () => {
    const noon = ms('2026-11-23T11:00:00Z')
    const midnight = ms('2026-11-22T23:00:00Z')
    expect([
      text.tick(noon, 1_000),
      text.tick(noon, 5 * MINUTE_MS),
      text.tick(midnight, 60 * MINUTE_MS),
      text.tick(noon, DAY_MS),
      text.tick(ms('2026-10-31T23:00:00Z'), 30 * DAY_MS),
    ]).toEqual(['12:00:00', '12:00', 'Mon 23 Nov', 'Mon 23 Nov', 'Nov 2026'])
  })
})

describe('a clock elsewhere', () => {
  const at = (iso: string) =>
    ['Europe/Berlin', 'Asia/Tokyo', 'Europe/Paris'].map((zone) => clockElsewhere(zone, ms(iso), 'Europe/Paris'))

  it('is told where it shows another time, with its day where that is another', () => {
    expect(at('2026-11-23T08:02:30Z')).toEqual([null, '17:02', null])
    expect(at('2026-11-23T22:59:00Z')).toEqual([null, 'Tue 07:59', null])
  })

  it('is told of the moment that is asked of, whichever season it is now', () => {
    const times = ['2026-07-01T12:00:00Z', '2026-12-01T12:00:00Z'].map((iso) =>
      clockElsewhere('Africa/Lagos', ms(iso), 'Europe/London'),
    )
    expect(times).toEqual([null, '13:00'])
  })
})
