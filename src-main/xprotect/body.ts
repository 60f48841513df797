import type { z } from 'zod'
import { AppError, type BadAnswer } from '../../src-preload/contract/failure.ts'
import type { Answer } from './transport.ts'

export const badAnswer = (call: string, what: BadAnswer, cause?: unknown): AppError =>
  new AppError({ kind: 'bad-answer', call, what }, { cause })

/** A web page instead of data: IIS, a proxy, or a server that is not XProtect at all (xprotect-api.md 1.1). */
export function isHtml({ headers, text }: Answer): boolean {
  if (/\b(html|xhtml)\b/i.test(headers['content-type'] ?? '')) return true
  return /^[\s\ufeff]*<(!doctype|html|head|body)/i.test(text.slice(0, 256))
}

/** The JSON of an answer that was not refused; `bad-answer` where there is none. */
export function jsonOf(answer: Answer, call: string): unknown {
  if (isHtml(answer)) throw badAnswer(call, 'html')
  try {
    return JSON.parse(answer.text.replace(/^\ufeff/, ''))
  } catch {
    // The parser's message quotes the body, which may hold a token: it goes nowhere.
    throw badAnswer(call, 'not-json')
  }
}

/** What was asked for, or `bad-answer`: either it is a Camera or it is a Failure. */
export function parsed<T>(schema: z.ZodType<T>, value: unknown, call: string): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw badAnswer(call, 'shape')
}
