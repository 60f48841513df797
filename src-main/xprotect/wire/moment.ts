import { z } from 'zod'

/**
 * A moment as the server writes it: UTC, up to seven digits after the point (xprotect-api.md 1.2 [V REAL]). Kept to the
 * letter, since a `Date` loses digits (security.md 4.6). Empty where it is unset, which the server writes as the year 1.
 */
export const Moment = z
  .string()
  .max(40)
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?(Z|[+-]\d{2}:\d{2})?$/)
  .transform((text) => (text.startsWith('0001-') ? '' : text))
  .catch('')

/** As the server writes it. A moment of ours has three digits after the point. */
export const toServer = (moment: string): string =>
  moment.replace(/\.(\d{1,6})Z$/, (_, digits: string) => `.${digits.padEnd(7, '0')}Z`)

/** The same moment, however many digits either writes: a server may cut to milliseconds or to seconds [?]. */
export const isSameMoment = (a: string, b: string): boolean => Math.abs(Date.parse(a) - Date.parse(b)) < 1000
