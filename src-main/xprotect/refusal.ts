import type { Failure } from '../../src-preload/contract/failure.ts'
import { isHtml } from './body.ts'
import { cleanText } from './clean-text.ts'
import type { Answer } from './transport.ts'
import { ErrorSentence } from './wire/error-body.ts'

/** No server makes us wait longer than this. */
const LONGEST_PATIENCE_MS = 60_000
const BUSY = new Set([429, 502, 503, 504])

/**
 * What an answer's status means, or undefined where it is a good one. 401 is a plain refusal here: whether a new
 * token helps is http.ts's to know (xprotect-api.md 1.3). A sentence that repeats one of the `secrets` it was sent is not
 * passed on.
 */
export function refusalOf(answer: Answer, call: string, secrets: readonly string[] = []): Failure | undefined {
  const { status } = answer
  if (status >= 200 && status < 300) return undefined
  if (status < 400) return { kind: 'bad-answer', call, what: 'redirect' }
  if (BUSY.has(status)) return { kind: 'busy', status, ...patience(answer.headers['retry-after']) }
  if (status === 403) return { kind: 'forbidden' }
  if (status === 404 && isHtml(answer)) return { kind: 'bad-answer', call, what: 'html' }
  const text = repeats(answer.text, secrets) ? '' : sentenceOf(answer)
  if (status === 404) return { kind: 'not-found', what: text || call }
  return { kind: 'refused', call, status, text }
}

/** `Retry-After` in seconds (RFC 9110 10.2.3); dates and nonsense are ignored, since server clocks are not trusted. */
function patience(header: string | undefined): { retryAfterMs?: number } {
  if (!/^\d{1,9}$/.test(header ?? '')) return {}
  return { retryAfterMs: Math.min(Number(header) * 1000, LONGEST_PATIENCE_MS) }
}

/** As it was sent, or as forms, addresses and JSON write it. Looked for in the whole answer: cutting hides only a part. */
function repeats(text: string, secrets: readonly string[]): boolean {
  return secrets.some((secret) => {
    const form = new URLSearchParams({ s: secret }).toString().slice(2)
    const forms = [secret, form, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]
    return forms.some((form) => text.includes(form))
  })
}

/** The server's own sentence, cut and cleaned; empty where it said nothing a person should read. */
function sentenceOf(answer: Answer): string {
  if (isHtml(answer)) return ''
  const text = answer.text.slice(0, 65_536)
  const sentence = ErrorSentence.safeParse(jsonOrText(text))
  return cleanText(sentence.success ? rootCause(sentence.data) : '')
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** .NET puts the cause at the end, after an arrow or in brackets (xprotect-api.md 1.3 [3P]). */
function rootCause(text: string): string {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '' && !/^\s+at |^\s*---(?!>)/.test(line))
  const last = lines.at(-1)?.split('--->').at(-1)?.trim() ?? ''
  return /\(([^()]+)\)\s*$/.exec(/AggregateException|errors occurred/.test(last) ? last : '')?.[1] ?? last
}

/** A path as failures and logs name it: no query, no ids. */
export function nameOf(path: string): string {
  return path
    .replace(/[?#].*$/s, '')
    .replace(/^\/api\/rest\/v1\//i, '')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '{id}')
}

/** How long to wait before a read is tried again; undefined where trying again at once cannot help. */
export function pauseBeforeRetry(because: Failure, attempt: number, chance: number): number | undefined {
  if (attempt >= 2) return undefined
  // Half fixed, half by chance: many readers do not come back in one step.
  const pauseMs = 250 * 4 ** attempt * (0.5 + chance / 2)
  if (because.kind === 'unreachable') return because.how === 'reset' || because.how === 'closed' ? pauseMs : undefined
  if (because.kind !== 'busy') return undefined
  const askedMs = because.retryAfterMs ?? 0
  // Who asks for more patience than this is told so to the caller, who has a gate for it.
  return askedMs > 5000 ? undefined : Math.max(pauseMs, askedMs)
}
