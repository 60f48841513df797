import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOf, monthOf, touches } from '../../../src-renderer/time/calendar.ts'
import {
  centred,
  DAY_MS,
  evenParts,
  LEAST_MS,
  MOST_MS,
  panned,
  scaleOf,
  ticksOf,
  zoomed,
} from '../../../src-renderer/time/scale.ts'

const berlin = 'Europe/Berlin'
const HOUR_MS = 3_600_000
const ms = (iso: string) => Date.parse(iso)
const beginMs = fc.integer({ min: ms('2020-01-01'), max: ms('2030-01-01') })
const lengthMs = fc.integer({ min: LEAST_MS, max: MOST_MS })
const scales = fc
  .tuple(beginMs, lengthMs, fc.integer({ min: 200, max: 4_000 }))
  .map(([from, length, widthPx]) => scaleOf({ beginMs: from, endMs: from + length }, widthPx))

describe('the scale', () => {
  it('leads from pixels to moments and back', () => {
    fc.assert(
      fc.property(scales, fc.double({ min: 0, max: 1, noNaN: true }), (scale, part) => {
        const px = part * scale.widthPx
        expect(scale.x(scale.at(px))).toBeCloseTo(px, 3)
      }),
    )
  })

  it('zooms about a moment, which stays where it is, and never below a minute or beyond a year', () => {
    fc.assert(
      fc.property(
        scales,
        fc.double({ min: 0.001, max: 1_000, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (scale, factor, part) => {
          const px = part * scale.widthPx
          const after = scaleOf(zoomed(scale, factor, px), scale.widthPx)
          const length = after.span.endMs - after.span.beginMs
          expect(Math.abs(after.at(px) - scale.at(px))).toBeLessThan(2)
          expect(length).toBeGreaterThan(LEAST_MS - 2)
          expect(length).toBeLessThan(MOST_MS + 2)
        },
      ),
    )
  })

  it('pans by pixels and back again, and centres', () => {
    fc.assert(
      fc.property(scales, fc.integer({ min: -5_000, max: 5_000 }), (scale, px) => {
        const there = scaleOf(panned(scale, px), scale.widthPx)
        expect(Math.abs(there.at(0) - scale.at(px))).toBeLessThan(2)
        expect(Math.abs(panned(there, -px).beginMs - scale.span.beginMs)).toBeLessThan(2)
      }),
    )
    expect(centred({ beginMs: 0, endMs: 100 }, 500)).toEqual({ beginMs: 450, endMs: 550 })
  })
})

describe('ticks', () => {
  const labels = (from: string, to: string, zone: string, widthPx = 1_000, shown: 'time' | 'date' = 'time') =>
    ticksOf(scaleOf({ beginMs: ms(from), endMs: ms(to) }, widthPx), zone, 100).map((tick) =>
      new Intl.DateTimeFormat('sv-SE', {
        timeZone: zone,
        ...(shown === 'time' ? { timeStyle: 'short' } : { dateStyle: 'short' }),
      }).format(tick),
    )

  it('stand in order, inside, and not too near each other', () => {
    fc.assert(
      fc.property(
        scales,
        fc.constantFrom(berlin, 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/Santiago'),
        (scale, zone) => {
          const ticks = ticksOf(scale, zone, 100)
          expect(ticks).toEqual([...new Set(ticks)].sort((a, b) => a - b))
          for (const tick of ticks) {
            expect(tick).toBeGreaterThanOrEqual(scale.span.beginMs)
            expect(tick).toBeLessThan(scale.span.endMs)
          }
          // d3 takes the round step nearest to what is asked: of 1 and 5 seconds the nearer may be 2.24 times as dense.
          expect(ticks.length).toBeLessThanOrEqual((scale.widthPx / 100) * 2.24 + 3)
        },
      ),
    )
  })

  it('are round where the site is, half an hour off or not', () => {
    expect(labels('2026-11-26T08:00:00Z', '2026-11-26T13:00:00Z', 'Asia/Kolkata', 500)).toEqual([
      '14:00',
      '15:00',
      '16:00',
      '17:00',
      '18:00',
    ])
  })

  it('name the doubled hour twice and the missing hour never', () => {
    expect(labels('2026-10-24T23:00:00Z', '2026-10-25T04:00:00Z', berlin, 500)).toEqual([
      '01:00',
      '02:00',
      '02:00',
      '03:00',
      '04:00',
    ])
    expect(labels('2026-03-29T00:00:00Z', '2026-03-29T04:00:00Z', berlin, 400)).toEqual([
      '01:00',
      '03:00',
      '04:00',
      '05:00',
    ])
  })

  it('stand on each day’s beginning, be it at one o’clock', () => {
    expect(labels('2026-09-04T12:00:00Z', '2026-09-09T12:00:00Z', 'America/Santiago', 500, 'date')).toEqual([
      '2026-09-05',
      '2026-09-06',
      '2026-09-07',
      '2026-09-08',
      '2026-09-09',
    ])
  })

  it('cut time where clocks change, and nowhere else', () => {
    const year = { beginMs: ms('2026-01-01T00:00:00Z'), endMs: ms('2027-01-01T00:00:00Z') }
    expect(evenParts(year, berlin).map(({ offsetMs }) => offsetMs / HOUR_MS)).toEqual([1, 2, 1])
    expect(evenParts(year, 'UTC')).toEqual([{ ...year, offsetMs: 0 }])
  })
})

describe('the calendar', () => {
  it('has days of 23 and 25 hours', () => {
    const hours = (iso: string) => {
      const day = dayOf(ms(iso), berlin)
      return [day.date, (day.endMs - day.beginMs) / HOUR_MS]
    }
    expect([hours('2026-03-29T12:00:00Z'), hours('2026-10-24T22:30:00Z'), hours('2026-11-26T12:00:00Z')]).toEqual([
      ['2026-03-29', 23],
      ['2026-10-25', 25],
      ['2026-11-26', 24],
    ])
  })

  it('has months whose days follow each other without a hole', () => {
    fc.assert(
      fc.property(beginMs, fc.integer({ min: -24, max: 24 }), (from, months) => {
        const days = monthOf(from, 'America/Santiago', months)
        expect(days[0]!.dayOfMonth).toBe(1)
        expect(days.length).toBeGreaterThanOrEqual(28)
        for (const [place, day] of days.entries()) {
          if (place > 0) expect(day.beginMs).toBe(days[place - 1]!.endMs)
        }
        expect(dayOf(days[5]!.beginMs, 'America/Santiago')).toEqual(days[5])
      }),
    )
    expect(monthOf(ms('2026-01-31T12:00:00Z'), berlin, 1).length).toBe(28)
  })

  it('knows which days have recordings', () => {
    const day = { beginMs: DAY_MS, endMs: 2 * DAY_MS }
    const has = (from: number, to: number) => touches([{ beginMs: from, endMs: to }], day)
    expect([has(0, DAY_MS), has(0, DAY_MS + 1), has(2 * DAY_MS - 1, 9 * DAY_MS), has(2 * DAY_MS, 9 * DAY_MS)]).toEqual([
      false,
      true,
      true,
      false,
    ])
  })
})
