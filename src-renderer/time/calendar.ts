import { Temporal } from 'temporal-polyfill'
import { firstEndingAfter, type Span, type Spans } from './ranges.ts'

/** One day of a zone: 23 or 25 hours long where clocks change in it. */
export interface Day extends Span {
  /** `2026-11-26` */
  readonly date: string
  readonly dayOfMonth: number
  /** Monday is 1. */
  readonly dayOfWeek: number
}

/** The day a moment lies in. */
export function dayOf(atMs: number, zone: string): Day {
  return dayNamed(Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs)).toZonedDateTimeISO(zone).toPlainDate(), zone)
}

/** The days of the month a moment lies in, `months` later; fewer than nothing is earlier. */
export function monthOf(atMs: number, zone: string, months = 0): Day[] {
  const day = Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs)).toZonedDateTimeISO(zone).toPlainDate()
  const first = day.with({ day: 1 }).add({ months })
  return Array.from({ length: first.daysInMonth }, (_, days) => dayNamed(first.add({ days }), zone))
}

function dayNamed(date: Temporal.PlainDate, zone: string): Day {
  return {
    date: date.toString(),
    dayOfMonth: date.day,
    dayOfWeek: date.dayOfWeek,
    beginMs: date.toZonedDateTime(zone).epochMilliseconds,
    endMs: date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds,
  }
}

/** Whether any of these spans lies in a day, wholly or in part. */
export function touches(spans: Spans, { beginMs, endMs }: Span): boolean {
  const span = spans[firstEndingAfter(spans, beginMs)]
  return span !== undefined && span.beginMs < endMs
}
