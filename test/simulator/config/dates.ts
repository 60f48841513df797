/** A date as the configuration service writes it: UTC, seven fractional digits (xprotect-api.md 1.2). [V REAL] */
export const sevenDigits = (ms: number): string => new Date(ms).toISOString().replace('Z', '0000Z')

/**
 * A date a client wrote, in the server's own form and with all of its seven digits; undefined where it is none. A date
 * without a zone is refused. [?]
 */
export function serverTime(written: unknown): string | undefined {
  if (typeof written !== 'string') return undefined
  const form = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,7})\d*)?(Z|[+-]\d\d:\d\d)$/i.exec(written)
  const seconds = form ? Date.parse(`${form[1]}${form[3]}`) : NaN
  if (Number.isNaN(seconds)) return undefined
  return `${new Date(seconds).toISOString().slice(0, 19)}.${(form![2] ?? '').padEnd(7, '0')}Z`
}

/** When this site was set up; nothing in its configuration is younger. */
export const SITE_MADE = sevenDigits(Date.UTC(2025, 9, 27, 15, 3, 52, 807))
