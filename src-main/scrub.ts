/** What stands where a secret stood. */
const gone = '[secret]'

const longestRead = 65_536
const longestWritten = 8_192

/**
 * Shapes of secrets nobody registered (security.md 3.4). Each can start at few places and repeats only within bounds, so
 * a hostile line costs time in proportion to its length.
 */
const shapes: [RegExp, string][] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g, gone],
  [/(?<![\w-])eyJ[\w-]{8,}\.[\w-]+\.?[\w-]*/g, gone],
  [/\b((?:set-)?cookie|(?:proxy-)?authorization)(["']?\s{0,4}[=:])[^\r\n]*/gi, `$1$2 ${gone}`],
  [/\b(bearer|basic|ntlm|negotiate|digest)\s{1,8}[\w+/=.~-]{6,}/gi, `$1 ${gone}`],
  [/\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/]{1,512}@/gi, `$1${gone}@`],
  [
    // A word that names a secret, its sign, and a quoted or bare value. An escaped quote does not end the value.
    /(password|passwd|passphrase|pwd|token|secret|credentials?|api[_-]?key)(\\{0,4}["']?\s{0,4}[=:]\s{0,4})(?:\\{0,4}"(?:\\.|[^"\\])*(?:"|$)|'[^']*(?:'|$)|[^\s,;&"'}\])]+)/gi,
    `$1$2${gone}`,
  ],
]

/** Control characters, line separators, and marks that turn or hide text: they forge log lines. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g

/** Makes a line fit for a file that may be mailed around: no known secret, no secret-shaped text, one printable line. */
export function scrub(line: string, secrets: Secrets): string {
  const isCut = line.length > longestRead
  let text = line.slice(0, longestRead)
  for (const form of secrets.forms()) text = text.replaceAll(form, gone)
  for (const [shape, instead] of shapes) text = text.replace(shape, instead)
  // The cut may have gone through a secret, whose first half nothing above recognises.
  if (isCut) text = text.slice(0, Math.max(0, text.length - secrets.longest()))
  text = wellFormed(text.slice(0, longestWritten * 2).replace(unprintable, escaped))
  return text.length > longestWritten ? `${text.slice(0, longestWritten)}…` : text
}

/** Half a surrogate pair becomes U+FFFD: encoders throw on it. */
const wellFormed = (text: string): string => Buffer.from(text).toString()

const escaped = (character: string): string => {
  if (character === '\n') return '\\n'
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Exact secrets of this run, in every form they may take on their way into a line. */
export interface Secrets {
  /** Texts under four characters are not taken: blanking them everywhere would leave no log, and a shape catches most. */
  register: (secret: string) => void
  forms: () => Iterable<string>
  /** Length of the longest form. */
  longest: () => number
}

/** Remembers the last `most` secrets: tokens change every hour for weeks, old ones are worth nothing. */
export function createSecrets(most = 200): Secrets {
  const known = new Map<string, string[]>()

  return {
    register(secret) {
      if (secret.length < 4) return
      known.delete(secret)
      known.set(secret, formsOf(secret))
      const [oldest] = known.keys()
      if (known.size > most && oldest !== undefined) known.delete(oldest)
    },
    forms: () => [...known.values()].flat(),
    longest: () => Math.max(0, ...[...known.values()].flat().map((form) => form.length)),
  }
}

/** Raw, URL-encoded in both letter cases, form-encoded, JSON-escaped and base64. Longest first, so none is half replaced. */
function formsOf(secret: string): string[] {
  const whole = wellFormed(secret)
  const url = encodeURIComponent(whole)
  const forms = [
    secret,
    url,
    url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    new URLSearchParams({ s: whole }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
    ...[0, 1, 2].flatMap((shift) => base64At(whole, shift)),
  ]
  return [...new Set(forms)].filter((form) => form.length >= 4).sort((a, b) => b.length - a.length)
}

/** Whole, and the part that stays the same wherever the secret begins and ends within a longer text. */
function base64At(secret: string, shift: number): string[] {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)])
  const text = bytes.toString('base64').replace(/=+$/, '')
  const steady = text.slice(shift === 0 ? 0 : 4, Math.floor(bytes.length / 3) * 4)
  const forms = shift === 0 ? [text, steady] : [steady]
  return [...forms, ...forms.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))]
}
