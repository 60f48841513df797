import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cleanText } from '../../../src-main/xprotect/clean-text.ts'

it.each([
  ['a plain name stays', 'Gate 3 (north)', 'Gate 3 (north)'],
  ['markup stays text, for the page to show as text', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ['NUL and other controls go', 'Ga\u0000te\u0007', 'Gate'],
  ['line breaks become blanks', 'Gate\r\nfake log line', 'Gate fake log line'],
  ['line separators become blanks', 'Gate\u2028two', 'Gate two'],
  ['direction marks go', 'Gate \u202egnp.exe\u2066\u200f', 'Gate gnp.exe'],
  ['lone surrogates go', 'Gate \ud800 three', 'Gate three'],
  ['whole surrogate pairs stay', 'Gate 🚗', 'Gate 🚗'],
  ['joined emojis stay joined', 'Nurse 👩‍⚕️', 'Nurse 👩‍⚕️'],
  ['invisible letters go', 'Ga\u200bte\ufeff', 'Gate'],
  ['blanks are folded', '  Gate \t  3 ', 'Gate 3'],
  ['towers of accents are cut down', 'e' + '\u0301'.repeat(50), 'e' + '\u0301'.repeat(4)],
  ['other scripts stay', 'Тор 3 · 大门', 'Тор 3 · 大门'],
])('%s', (_rule, dirty, clean) => {
  expect(cleanText(dirty)).toBe(clean)
})

it('a megabyte of name is cut to 200 characters, counting characters and not halves of them', () => {
  expect(Array.from(cleanText('🚗'.repeat(500_000)))).toHaveLength(200)
})

it('whatever comes in, what comes out is short, well formed, on one line, and stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (dirty) => {
      const clean = cleanText(dirty)
      expect(Array.from(clean).length).toBeLessThanOrEqual(200)
      expect(clean).not.toMatch(/\p{Cs}/u)
      expect(clean).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u)
      expect(cleanText(clean)).toBe(clean)
    }),
  )
})
