import { findIana } from 'windows-iana'

/** The zone in which the times of a site are written. */
export interface Zone {
  /** Its IANA name. */
  readonly id: string
  /** This computer's, because the site did not say its own, or in a name nobody knows: the screen must say so. */
  readonly isGuess: boolean
}

/** The zone of this computer. */
export const ownZone = (): Zone => ({ id: new Intl.DateTimeFormat().resolvedOptions().timeZone, isGuess: true })

/** The zone a site names, which XProtect does by the Windows name (xprotect-api.md 9.2); an IANA name is taken too. */
export function zoneNamed(name: string | undefined): Zone {
  const id = [findIana(name ?? '')[0], name].find((one) => one !== undefined && isZone(one))
  return id === undefined ? ownZone() : { id, isGuess: false }
}

function isZone(id: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: id }).resolvedOptions().timeZone !== ''
  } catch {
    return false // Intl says so by throwing
  }
}
