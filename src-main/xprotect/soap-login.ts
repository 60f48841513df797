import { randomUUID } from 'node:crypto'
import { failureOf } from '../../src-preload/contract/failure.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import type { Tokens } from './sign-in.ts'
import { callSoap } from './soap.ts'
import { ageMs, stamp, type Token } from './token.ts'
import type { Transport } from './transport.ts'
import { LoginWire } from './wire/soap.ts'

/** What recorders want in place of REST's token, which they refuse (xprotect-api.md 2.4). */
export type SoapToken = Pick<Token, 'value' | 'lifeMs' | 'bornWallMs' | 'bornMonotonicMs'>

export interface SoapLoginDeps {
  /** The management server's origin, and not the gateway's where they are two hosts. */
  transport: Transport
  tokens: Tokens
  /** For a server that knows only the older way: where the password is still at hand. */
  basic: () => { user: string; password: string } | undefined
  clock: Clock
  log: Log
  keepSecret: (secret: string) => void
}

const NAMESPACE = 'http://videoos.net/2/XProtectCSServerCommand'
const ACTION = `${NAMESPACE}/IServerCommandService/Login`
/** With the token of REST, so that no password is needed [V PROTO ServerCommandWrapper/OAuth] … */
const BY_TOKEN = '/ManagementServer/ServerCommandServiceOAuth.svc'
/** … or HTTP Basic, as it was seen to work [V REAL]. */
const BY_PASSWORD = '/ManagementServer/ServerCommandService.svc'

/** Recorders want a token of their own, which the management server gives for four hours (xprotect-api.md 10.2). */
export class SoapLogin {
  readonly #deps: SoapLoginDeps
  /** Of this program's run. */
  readonly #instanceId = randomUUID()
  #token: SoapToken | undefined
  #asking: Promise<SoapToken> | undefined

  constructor(deps: SoapLoginDeps) {
    this.#deps = deps
  }

  /** A token with a fifth of its life left at least. However many ask, one login leaves. */
  async current(): Promise<SoapToken> {
    const token = this.#token
    if (token && ageMs(token, this.#deps.clock) < token.lifeMs * 0.8) return token
    return this.#next()
  }

  /** A recorder refused this one. */
  async replace(refused: SoapToken): Promise<SoapToken> {
    if (this.#token === refused) this.#token = undefined
    return this.current()
  }

  forget(): void {
    this.#token = undefined
    this.#asking = undefined
  }

  async #next(): Promise<SoapToken> {
    const asking = (this.#asking ??= this.#login())
    try {
      const token = await asking
      // Nobody who signed out meanwhile leaves a token behind.
      if (this.#asking === asking) this.#token = token
      return token
    } finally {
      if (this.#asking === asking) this.#asking = undefined
    }
  }

  async #login(): Promise<SoapToken> {
    const { basic, log } = this.#deps
    try {
      return await this.#byToken()
    } catch (error) {
      const because = failureOf(error)
      const known = basic()
      const isElsewhere = because.kind === 'not-found' || because.kind === 'bad-answer' || because.kind === 'refused'
      if (!isElsewhere || !known) throw error
      log.info(`no recorder's token by the token of REST (${because.kind}); asking with the password`)
      const pair = Buffer.from(`${known.user}:${known.password}`).toString('base64')
      return this.#ask(BY_PASSWORD, `Basic ${pair}`, [known.password, pair])
    }
  }

  async #byToken(): Promise<SoapToken> {
    const { tokens } = this.#deps
    const token = await tokens.current()
    try {
      return await this.#ask(BY_TOKEN, `Bearer ${token.value}`, [token.value])
    } catch (error) {
      const because = failureOf(error)
      const fresh = because.kind === 'refused' && because.status === 401 ? await tokens.replace(token) : undefined
      if (!fresh) throw error
      return this.#ask(BY_TOKEN, `Bearer ${fresh.value}`, [fresh.value])
    }
  }

  async #ask(path: string, authorization: string, secrets: string[]): Promise<SoapToken> {
    const { transport, clock, keepSecret } = this.#deps
    for (const secret of secrets) keepSecret(secret)
    const born = stamp(clock)
    const call = { namespace: NAMESPACE, method: 'Login', action: ACTION, fields: { instanceId: this.#instanceId } }
    const { token, lifeMs } = await callSoap(transport, { ...call, path, authorization, secrets }, LoginWire)
    keepSecret(token)
    return { value: token, lifeMs, ...born }
  }
}
