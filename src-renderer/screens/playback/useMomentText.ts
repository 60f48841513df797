import { computed } from 'vue'

export interface MomentTexts {
  /** `14:02:30`. */
  time: (atMs: number) => string
  /** `14:02:30.240`. */
  moment: (atMs: number) => string
  /** `Mon 23 Nov 2026`. */
  day: (atMs: number) => string
  /** `AST`, or what stands for it: the short name of the zone at that moment. */
  zone: (atMs: number) => string
}

/** Moments in words, in a zone by its IANA name; without one in that of this computer. */
export function useMomentText(zone: () => string | undefined) {
  return computed<MomentTexts>(() => {
    const timeZone = zone()
    const format = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat('en-GB', { ...options, ...(timeZone && { timeZone }) })
    const hours = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const
    const time = format(hours)
    const moment = format({ ...hours, fractionalSecondDigits: 3 })
    const day = format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
    const short = format({ timeZoneName: 'short' })
    return {
      time: (atMs) => time.format(atMs),
      moment: (atMs) => moment.format(atMs),
      day: (atMs) => day.format(atMs).replace(',', ''),
      zone: (atMs) => short.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value ?? '',
    }
  })
}
