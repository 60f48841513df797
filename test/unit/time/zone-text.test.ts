import { describe, expect, it } from 'vitest'
import { DAY_MS, MINUTE_MS } from '../../../src-renderer/time/scale.ts'
import { zoneText } from '../../../src-renderer/time/zone-text.ts'

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
