/** How many characters of a fingerprint a person reads out and types. */
export const TYPED_CHARACTERS = 8

/** A fingerprint as a person compares it: eight groups of eight, upper case. */
export function groupsOf(fingerprint: string): string[] {
  return fingerprint.toUpperCase().match(/.{1,8}/g) ?? []
}

/** What was typed, without the spaces and colons people put between; lower case as fingerprints are kept. */
export function digitsOf(typed: string): string {
  return typed.replace(/[\s:.\-]/g, '').toLowerCase()
}

export type TypedEnd = 'too-few' | 'differs' | 'agrees'

/** Whether the typed characters are the end of this fingerprint. */
export function compareEnd(typed: string, fingerprint: string): TypedEnd {
  const digits = digitsOf(typed)
  if (!/^[0-9a-f]{8}$/.test(digits)) return 'too-few'
  return fingerprint.endsWith(digits) ? 'agrees' : 'differs'
}

/** The end of a fingerprint as it is read out: `A1B2 C3D4`. */
export function spokenEnd(fingerprint: string): string {
  const end = fingerprint.slice(-TYPED_CHARACTERS).toUpperCase()
  return `${end.slice(0, 4)} ${end.slice(4)}`
}
