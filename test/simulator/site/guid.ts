import { createHash } from 'node:crypto'

/** A guid in lower case that is always the same for the same words, so two runs of one site agree on every id. */
export function guidOf(...words: (string | number)[]): string {
  const hex = createHash('sha256').update(words.join('\u0000')).digest('hex')
  const variant = ((parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
