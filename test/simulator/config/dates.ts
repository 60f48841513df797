/** A date as the configuration service writes it: UTC, seven fractional digits (xprotect-api.md 1.2). [V REAL] */
export const sevenDigits = (ms: number): string => new Date(ms).toISOString().replace('Z', '0000Z')

/** When this site was set up; nothing in its configuration is younger. */
export const SITE_MADE = sevenDigits(Date.UTC(2025, 9, 27, 15, 3, 52, 807))
