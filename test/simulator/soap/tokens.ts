import { randomUUID } from 'node:crypto'
import type { ServerClock } from '../clock.ts'

/** Life of a token a login gives, in microseconds: 4 hours. [V REAL] */
export const TOKEN_LIFE_US = 14_400_000_000

/** A token of the SOAP login; no OAuth token is one (xprotect-api.md 2.4). [V REAL] */
export interface SoapToken {
  text: string
  user: string
  issuedAtMs: number
}

/** The tokens recorders accept. They know them from the management server, which outlives them. */
export class SoapTokens {
  readonly #clock: ServerClock
  readonly #host: string
  readonly #tokens = new Map<string, SoapToken>()

  constructor(clock: ServerClock, host: string) {
    this.#clock = clock
    this.#host = host
  }

  issue(user: string): SoapToken {
    const text = `TOKEN#${randomUUID()}#${this.#host.toLowerCase()}//ServerConnector#`
    const token = { text, user, issuedAtMs: this.#clock.now() }
    this.#tokens.set(text, token)
    return token
  }

  live(text: string): SoapToken | undefined {
    const token = this.#tokens.get(text)
    return token && token.issuedAtMs + TOKEN_LIFE_US / 1000 > this.#clock.now() ? token : undefined
  }

  expireAll(): void {
    this.#tokens.clear()
  }
}
