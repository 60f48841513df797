import type { Failure } from '../../src-preload/contract/failure.ts'
import type { Answer } from './types.ts'

/**
 * Why an answer came from something other than the service: IIS speaking for a gateway that is not there says 502 or 503
 * in HTML (xprotect-api.md 1.1 [V PROTO README]). Undefined where the service itself answered, be it with a refusal:
 * a busy one says its 503 in JSON or without a body.
 */
export function absenceOf({ status, headers, text }: Answer): Failure | undefined {
  const isPage =
    /^\s*text\/html/i.test(headers['content-type'] ?? '') || /^\s*<(?:!doctype|html)/i.test(text.slice(0, 200))
  return isPage && (status === 502 || status === 503 || status === 504) ? { kind: 'busy', status } : undefined
}

/** The same, and anything but a plain yes to a question everyone may ask. */
export function deadServiceOf(answer: Answer): Failure | undefined {
  const { status, text } = answer
  if (status === 502 || status === 503 || status === 504 || status === 429) return { kind: 'busy', status }
  if (status !== 200) return { kind: 'refused', call: 'service', status, text: '' }
  const isJson = /^\s*[{[]/.test(text)
  return isJson ? undefined : { kind: 'bad-answer', call: 'service', what: 'html' }
}
