import type { Dispatcher } from 'undici'
import { TrustError } from './trust-error.ts'
import type { Answer } from './types.ts'

/**
 * One question and its whole answer. undici's own `request` gives the body as a stream, which every call would pay for:
 * an answer here is short, is read whole, and its size is bounded by the pool.
 *
 * `onBegun` is called once a connection stands and before the first byte: what failed without it has not left. A question
 * given up before that is never written. Rejects with a TrustError where the answer is none we may follow or read.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  signal: AbortSignal,
  onBegun: () => void,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let head: Omit<Answer, 'text'> = { status: 0, headers: {} }
    let stop: (() => void) | undefined
    const settle = () => {
      if (stop) signal.removeEventListener('abort', stop)
    }
    dispatcher.dispatch(request, {
      onRequestStart(controller) {
        stop = () => controller.abort(asError(signal.reason))
        if (signal.aborted) {
          stop()
          return
        }
        signal.addEventListener('abort', stop)
        onBegun()
      },
      onResponseStart(controller, status, headers) {
        if (status < 200) return
        head = { status, headers: joined(headers) }
        const problem = problemOf(head)
        if (problem) controller.abort(problem)
      },
      onResponseData: (_controller, chunk) => chunks.push(chunk),
      onResponseEnd() {
        settle()
        resolve({ ...head, text: new TextDecoder().decode(Buffer.concat(chunks)) })
      },
      onResponseError(_controller, error) {
        settle()
        reject(error)
      },
    })
  })
}

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error('given up'))

function problemOf({ status, headers }: Omit<Answer, 'text'>): TrustError | null {
  if (status >= 300 && status < 400) return new TrustError('XP_REDIRECT')
  const encoding = headers['content-encoding'] ?? 'identity'
  return encoding.trim().toLowerCase() === 'identity' ? null : new TrustError('XP_ENCODING')
}

function joined(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const plain: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return plain
}
