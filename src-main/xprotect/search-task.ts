import { AppError, failureOf } from '../../src-preload/contract/failure.ts'
import type { Http } from './http.ts'
import { SearchAnswer, searchBody } from './wire/search.ts'

const PATIENCE_MS = 20_000

/**
 * One search task. What it wants is not documented [?]: the server is asked once with nothing, and lists it. A server
 * that does not is asked in the words of the service underneath, and if it refuses those, it cannot be searched.
 */
export class SearchTask {
  readonly #http: Http
  readonly #path: string
  readonly #usual: readonly string[]
  #wants: Promise<readonly string[]> | undefined

  constructor(http: Http, path: string, usual: readonly string[]) {
    this.#http = http
    this.#path = path
    this.#usual = usual
  }

  /** Rows not read yet. Throws the refusal of a server that cannot be searched. */
  async rows(known: Record<string, unknown>, signal: AbortSignal): Promise<unknown[]> {
    const wants = await this.#learnt(signal)
    const answer = await this.#http.post(this.#path, searchBody(wants, known), SearchAnswer, {
      signal,
      timeoutMs: PATIENCE_MS,
    })
    if ('rows' in answer) return answer.rows
    throw new AppError({ kind: 'bad-answer', call: this.#path.replace(/\?.*/, ''), what: 'shape' })
  }

  /** Another server may stand behind the same address. */
  forget(): void {
    this.#wants = undefined
  }

  #learnt(signal: AbortSignal): Promise<readonly string[]> {
    const asked = (this.#wants ??= this.#ask(signal))
    asked.catch(() => {
      if (this.#wants === asked) this.#wants = undefined
    })
    return asked
  }

  async #ask(signal: AbortSignal): Promise<readonly string[]> {
    try {
      const answer = await this.#http.post(this.#path, {}, SearchAnswer, {
        signal,
        timeoutMs: PATIENCE_MS,
        reading: [400],
      })
      return 'wants' in answer && answer.wants.length > 0 ? answer.wants : this.#usual
    } catch (error) {
      // A refusal without a list of wants: the words of the service underneath are the next best.
      if (failureOf(error).kind === 'bad-answer') return this.#usual
      throw error
    }
  }
}
