import { afterAll, describe, expect, it } from 'vitest'
import { dayOf, monthOf } from '../../../src-renderer/time/calendar.ts'
import { scaleOf, ticksOf } from '../../../src-renderer/time/scale.ts'
import { typedTime } from '../../../src-renderer/time/typed-time.ts'
import { zoneText } from '../../../src-renderer/time/zone-text.ts'
import { zoneNamed } from '../../../src-renderer/time/zone.ts'

const MINUTE_MS = 60_000
const ms = (iso: string) => Date.parse(iso)
const own = process.env.TZ

/** All that the page says of a night on which the site's clocks go back. */
function night() {
  const { id } = zoneNamed('W. Europe Standard Time')
  const text = zoneText(id)
  const scale = scaleOf({ beginMs: ms('2026-10-24T22:00:00Z'), endMs: ms('2026-10-25T04:00:00Z') }, 720)
  return {
    ticks: ticksOf(scale, id, 120),
    typed: typedTime('2026-10-25 02:30', id, ms('2026-11-01T12:00:00Z')),
    day: dayOf(ms('2026-10-24T23:00:00Z'), id),
    month: monthOf(ms('2026-10-24T23:00:00Z'), id).length,
    words: ['2026-10-25T00:59:59Z', '2026-10-25T01:00:00Z'].map((iso) => text.moment(ms(iso))),
  }
}

describe('R40: the zone of this computer changes, and it is a night when clocks change', () => {
  afterAll(() => {
    if (own === undefined) delete process.env.TZ
    else process.env.TZ = own
  })

  it('times of a site are the same whatever the zone of this computer', () => {
    const nights = ['UTC', 'America/Halifax', 'Pacific/Apia', 'Asia/Kolkata'].map((zone) => {
      process.env.TZ = zone
      return { zone: new Date(ms('2026-07-01')).getTimezoneOffset(), night: night() }
    })
    expect(new Set(nights.map(({ zone }) => zone)).size).toBe(4)
    for (const other of nights) expect(other.night).toEqual(nights[0]!.night)
  })

  it('what comes later stands later, and no two moments an hour apart are written alike', () => {
    const text = zoneText('Europe/Berlin')
    const scale = scaleOf({ beginMs: ms('2026-10-24T22:00:00Z'), endMs: ms('2026-10-25T04:00:00Z') }, 720)
    const minutes = Array.from({ length: 360 }, (_, at) => scale.span.beginMs + at * MINUTE_MS)
    const places = minutes.map(scale.x)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(new Set(minutes.map(text.moment)).size).toBe(360)
  })
})
