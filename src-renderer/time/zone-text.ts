import { Temporal } from 'temporal-polyfill'
import { DAY_MS, MINUTE_MS } from './scale.ts'
import { ownZone } from './zone.ts'

/** Words of moments in one zone. */
export interface ZoneText {
  /** `14:02:30`; with the name of the zone, `02:30:00 CET`, where clocks show that time twice. */
  time: (atMs: number) => string
  /** `Thu 26 Nov 2026 14:02:30` */
  moment: (atMs: number) => string
  /** `26 November 2026` */
  day: (atMs: number) => string
  /** `November 2026` */
  month: (atMs: number) => string
  /** What stands at a tick of so much to the next: a time, or the day or month that begins there. */
  tick: (atMs: number, stepMs: number) => string
}

export function zoneText(zone: string): ZoneText {
  const face = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone })
    return (atMs: number) => format.format(atMs).replaceAll(',', '')
  }
  const minutes = face({ timeStyle: 'short' })
  const seconds = face({ timeStyle: 'medium' })
  const named = face({ hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' })
  const weekday = face({ weekday: 'short', day: 'numeric', month: 'short' })
  const day = face({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
  const month = face({ month: 'long', year: 'numeric' })
  const shortMonth = face({ month: 'short', year: 'numeric' })
  const time = (atMs: number) => (isTwice(atMs, zone) ? named(atMs) : seconds(atMs))

  return {
    time,
    moment: (atMs) => `${day(atMs)} ${time(atMs)}`,
    day: face({ dateStyle: 'long' }),
    month,
    tick(atMs, stepMs) {
      if (stepMs > 27 * DAY_MS) return shortMonth(atMs)
      if (stepMs > DAY_MS / 2 || isDayBegin(atMs, zone)) return weekday(atMs)
      return stepMs < MINUTE_MS ? time(atMs) : minutes(atMs)
    },
  }
}

/**
 * What a clock in a zone shows, `15:03`, with the day, `Fri 00:03`, where that is another; `null` where it shows the same as
 * one in the zone of this computer.
 */
export function clockElsewhere(zone: string, atMs: number, own = ownZone().id): string | null {
  const [here, there] = [zoned(atMs, own).toPlainDateTime(), zoned(atMs, zone).toPlainDateTime()]
  if (here.equals(there)) return null
  const isSameDay = here.toPlainDate().equals(there.toPlainDate())
  const day = isSameDay ? {} : ({ weekday: 'short' } as const)
  const face = new Intl.DateTimeFormat('en-GB', { ...day, hour: '2-digit', minute: '2-digit', timeZone: zone })
  return face.format(atMs).replaceAll(',', '')
}

const zoned = (atMs: number, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs)).toZonedDateTimeISO(zone)

const isDayBegin = (atMs: number, zone: string): boolean => zoned(atMs, zone).startOfDay().epochMilliseconds === atMs

function isTwice(atMs: number, zone: string): boolean {
  const wall = zoned(atMs, zone).toPlainDateTime()
  const moment = (disambiguation: 'earlier' | 'later') => wall.toZonedDateTime(zone, { disambiguation })
  return moment('earlier').epochMilliseconds !== moment('later').epochMilliseconds
}
