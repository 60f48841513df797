/** Moments in words, in one zone. */
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

/** `zone` is an IANA name. */
export function momentTexts(zone: string): MomentTexts {
  const face = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone })
  const hours = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const
  const time = face(hours)
  const moment = face({ ...hours, fractionalSecondDigits: 3 })
  const day = face({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
  const short = face({ timeZoneName: 'short' })
  return {
    time: (atMs) => time.format(atMs),
    moment: (atMs) => moment.format(atMs),
    day: (atMs) => day.format(atMs).replaceAll(',', ''),
    zone: (atMs) => short.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value ?? '',
  }
}
