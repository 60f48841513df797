/** Longest name shown anywhere, in characters. */
const NAME_LENGTH = 200

const PLAIN = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/
const BREAKS = /[\s\p{Zl}\p{Zp}]+/gu
/** Controls, halves of surrogate pairs, and invisible or direction-changing marks; joiners stay, scripts need them. */
const HARMFUL = /[\p{Cc}\p{Cs}]|(?![\u200c\u200d])\p{Cf}/gu
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu

/**
 * A text of the server as one line that cannot lie about what stands beside it: no controls, no bidirectional
 * marks, no broken characters, no towers of accents, at most `maxLength` characters (security.md 7C 69 and 70).
 */
export function cleanText(text: string, maxLength = NAME_LENGTH): string {
  if (text.length <= maxLength && PLAIN.test(text)) return text
  // A megabyte of name is cut before anything looks at it closely.
  const head = text.slice(0, maxLength * 8)
  const line = head.replace(BREAKS, ' ').replace(HARMFUL, '').replace(PILED_MARKS, '$1').replace(/ +/g, ' ').trim()
  return Array.from(line).slice(0, maxLength).join('').trimEnd()
}
