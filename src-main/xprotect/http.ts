import type { z } from 'zod'
import { AppError, failureOf } from '../../src-preload/contract/failure.ts'
import { jsonOf, parsed } from './body.ts'
import { pause, type Clock } from './clock.ts'
import type { Log } from './log.ts'
import { beforeSending } from './outcome.ts'
import { nameOf, pauseBeforeRetry, refusalOf } from './refusal.ts'
import type { Token, Tokens } from './sign-in.ts'
import type { Answer, Exchange, Transport } from './transport.ts'

export interface AskOptions {
  signal?: AbortSignal
  timeoutMs?: number
  /** Refusals with these statuses are read too: their body says more than that they are refusals. */
  reading?: readonly number[]
}

type Ask = Pick<Exchange, 'method' | 'path' | 'body' | 'signal' | 'timeoutMs'> & Pick<AskOptions, 'reading'>

const REST = '/api/rest/v1/'

/**
 * One request to the REST service, with a token: what comes back was parsed, what went wrong is an AppError.
 * Paths are relative to the service's root, but one that begins with / to the gateway's. Only reads are ever sent twice, save after a 401, which did nothing.
 * An AppError is `unsent` where the question itself has not left, or did nothing (401) and the next token is not to be had.
 */
export class Http {
  readonly #transport: Transport
  readonly #tokens: Tokens
  readonly #clock: Clock
  readonly #log: Log

  constructor(deps: { transport: Transport; tokens: Tokens; clock: Clock; log: Log }) {
    this.#transport = deps.transport
    this.#tokens = deps.tokens
    this.#clock = deps.clock
    this.#log = deps.log
  }

  async get<T>(path: string, schema: z.ZodType<T>, options: AskOptions = {}): Promise<T> {
    const ask: Ask = { method: 'GET', path: wholePath(path), ...options }
    return read(await this.#patiently(ask), schema, ask.path)
  }

  post<T>(path: string, body: unknown, schema: z.ZodType<T>, options: AskOptions = {}): Promise<T> {
    return this.act('POST', path, body, schema, options)
  }

  /** Asks once for something to be done, and reads what came of it. */
  async act<T>(
    method: 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body: unknown,
    schema: z.ZodType<T>,
    options: AskOptions = {},
  ): Promise<T> {
    const text = body === undefined ? {} : { body: JSON.stringify(body) }
    const ask: Ask = { method, path: wholePath(path), ...text, ...options }
    return read(await this.#authorised(ask), schema, ask.path)
  }

  /** For calls whose answer says nothing but yes. */
  async send(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown, options: AskOptions = {}) {
    const text = body === undefined ? {} : { body: JSON.stringify(body) }
    await this.#authorised({ method, path: wholePath(path), ...text, ...options })
  }

  async #patiently(ask: Ask): Promise<Answer> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#authorised(ask)
      } catch (error) {
        const pauseMs = pauseBeforeRetry(failureOf(error), attempt, Math.random())
        if (pauseMs === undefined || ask.signal?.aborted) throw error
        this.#log.debug(`GET ${nameOf(ask.path)} again in ${Math.round(pauseMs)} ms: ${failureOf(error).kind}`)
        await pause(this.#clock, pauseMs, ask.signal)
      }
    }
  }

  async #authorised(ask: Ask): Promise<Answer> {
    const token = await beforeSending(this.#tokens.current())
    const answer = await this.#once(ask, token)
    if (answer.status !== 401) return accepted(answer, ask, token)
    const fresh = await beforeSending(this.#tokens.replace(token))
    if (!fresh) return accepted(answer, ask, token)
    return accepted(await this.#once(ask, fresh), ask, fresh)
  }

  async #once(ask: Ask, token: Token): Promise<Answer> {
    ask.signal?.throwIfAborted()
    const answer = await this.#transport.request({ ...ask, headers: headersFor(token, ask.body !== undefined) })
    if (answer.status !== 401) this.#tokens.accepted(token)
    return answer
  }
}

const wholePath = (path: string): string => (path.startsWith('/') ? path : REST + path)

function headersFor(token: Token, hasBody: boolean): Record<string, string> {
  return {
    accept: 'application/json',
    authorization: `Bearer ${token.value}`,
    ...(hasBody ? { 'content-type': 'application/json' } : {}),
  }
}

function accepted(answer: Answer, { path, reading }: Ask, token: Token): Answer {
  if (reading?.includes(answer.status)) return answer
  const refusal = refusalOf(answer, nameOf(path), [token.value])
  if (refusal) throw new AppError(refusal)
  return answer
}

function read<T>(answer: Answer, schema: z.ZodType<T>, path: string): T {
  const call = nameOf(path)
  return parsed(schema, jsonOf(answer, call), call)
}
