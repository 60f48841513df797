import { Temporal } from 'temporal-polyfill'

/** What a person typed for a moment, read in a zone. Moments are epoch milliseconds. */
export type TypedTime =
  | { is: 'moment'; atMs: number }
  /** Clocks were put back over it: it was twice. */
  | { is: 'twice'; firstMs: number; secondMs: number }
  /** Clocks were put forward over it: it never was. `nextMs` is when they went on. */
  | { is: 'skipped'; nextMs: number }
  | { is: 'unreadable' }

/** Moments as a person types them, `2026-11-26 14:03:07`: Swedish writes them as ISO does, with a space between. */
export function typedFace(zone: string): (atMs: number) => string {
  const face = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: zone })
  return (atMs) => face.format(atMs)
}

const unreadable: TypedTime = { is: 'unreadable' }

/** A time without a day may lie so far ahead before it is taken for yesterday's. */
const AHEAD_MS = 3_600_000

const shape = /^(?:(\d{4})-(\d{1,2})-(\d{1,2})[ T]+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?$/

/**
 * Reads `2026-11-26 14:03:07.250`, without its seconds, or without its day, which then is the last such time.
 * `zone` is an IANA name, `nowMs` epoch milliseconds.
 */
export function typedTime(text: string, zone: string, nowMs: number): TypedTime {
  const parts = shape.exec(text.trim())
  if (!parts) return unreadable
  const [, year, month, day, hour, minute, second = '0', fraction = '0'] = parts
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(zone)
  try {
    const date = year ? dateOf(Number(year), Number(month), Number(day)) : now.toPlainDate()
    const time = Temporal.PlainTime.from(
      {
        hour: Number(hour),
        minute: Number(minute),
        second: Number(second),
        millisecond: Number(fraction.padEnd(3, '0')),
      },
      { overflow: 'reject' },
    )
    const read = inZone(date.toPlainDateTime(time), zone)
    const isAhead = !year && soonest(read) > nowMs + AHEAD_MS
    return isAhead ? inZone(date.subtract({ days: 1 }).toPlainDateTime(time), zone) : read
  } catch {
    return unreadable // Temporal says so by throwing: no such day or time
  }
}

const dateOf = (year: number, month: number, day: number): Temporal.PlainDate =>
  Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })

function inZone(wall: Temporal.PlainDateTime, zone: string): Exclude<TypedTime, { is: 'unreadable' }> {
  const early = wall.toZonedDateTime(zone, { disambiguation: 'earlier' })
  const late = wall.toZonedDateTime(zone, { disambiguation: 'later' })
  if (early.epochMilliseconds === late.epochMilliseconds) return { is: 'moment', atMs: early.epochMilliseconds }
  if (early.toPlainDateTime().equals(wall))
    return { is: 'twice', firstMs: early.epochMilliseconds, secondMs: late.epochMilliseconds }
  return { is: 'skipped', nextMs: early.getTimeZoneTransition('next')!.epochMilliseconds }
}

function soonest(time: Exclude<TypedTime, { is: 'unreadable' }>): number {
  if (time.is === 'moment') return time.atMs
  return time.is === 'twice' ? time.firstMs : time.nextMs
}
