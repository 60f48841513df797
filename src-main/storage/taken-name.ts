import { findIana } from 'windows-iana'

/** A moment as clocks of a site show it. */
export interface WallClock {
  /** `2026-11-26 14-02-30.240`: no file name may have a colon. */
  forName: string
  /** `2026-11-26 14:02:30.240`. */
  text: string
  /** IANA name of the zone; this computer's where the site's is not known. */
  zone: string
}

/** `timeZone` is what the site says of itself: a Windows name (xprotect-api.md 9.2) or an IANA one. */
export function wallClock(atMs: number, timeZone: string | undefined): WallClock {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone
  const zone = [findIana(timeZone ?? '')[0], timeZone].find((name) => name !== undefined && isZone(name)) ?? own
  const face = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  const thousandths = String(((Math.round(atMs) % 1000) + 1000) % 1000).padStart(3, '0')
  const text = `${face.format(Math.round(atMs))}.${thousandths}`
  return { text, forName: text.replaceAll(':', '-'), zone }
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false // Intl says so by throwing
  }
}

/** Longer parts of a name are cut: with time and ending it stays well below the 255 bytes a name may have. */
const MOST_CHARACTERS = 40

/**
 * Part of a file name that every system takes, as near as can be to what the server calls a thing (security.md 7 F103):
 * letters and digits of any script, spaces, and few signs. What follows it, a time, keeps Windows' device names out.
 */
export function namePart(text: string, otherwise: string): string {
  const plain = text
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N} ()+_-]+/gu, '-')
    .replace(/\s+/g, ' ')
    .trim()
  const cut = Array.from(plain)
    .slice(0, MOST_CHARACTERS)
    .join('')
    .replace(/^[ -]+|[ -]+$/g, '')
  return cut === '' ? otherwise : cut
}
