import { AppError, failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import { ageMs, readTokenAnswer, renewAfterMs, stamp, type Token, type TokenOutcome } from './token.ts'
import type { Transport } from './transport.ts'

export type { Token } from './token.ts'

/** What requests need to know of being signed in. */
export interface Tokens {
  /** A token that is still alive; throws `signed-out` where a person must act first. */
  current(): Promise<Token>
  /** The server refused this token: another one, or undefined where another would not help. */
  replace(refused: Token): Promise<Token | undefined>
  /** The server took this token at least once. */
  accepted(token: Token): void
}

export interface SignInDeps {
  /** Where the token endpoint is, and its path there. */
  transport: Transport
  path: string
  clock: Clock
  log: Log
  /** Told of every token before it is used. */
  keepSecret: (secret: string) => void
  /** A session got its next token. */
  onRenewed: (token: Token) => void
  /** The session cannot be renewed without a person. */
  onSignedOut: (because: Failure) => void
}

/** How the next token is had. A password is kept only where the server gives no refresh token (security.md D8). */
type Means = { by: 'refresh'; refreshToken: string } | { by: 'password'; user: string; password: string }

interface Signing {
  user: string
  password: string
  done: Promise<void>
}

interface Session {
  clientId: string
  means: Means
  token: Token
  proven: boolean
  renewing?: Promise<Token>
  /** Calls off the alarm for the next token. */
  callOff: () => void
  /** The last renewal failed: leave the provider in peace until the alarm. */
  resting?: boolean
}

/** With a refresh token where the server knows this program, else without (xprotect-api.md 2.1 [V]). */
const CLIENTS = ['VmsClient', 'GrantValidatorClient'] as const
const RETRY_MS = 8000
/** Timers overflow at 24 days. */
const LONGEST_ALARM_MS = 24 * 3600 * 1000
/** How long a token that came from a 401 and was refused itself is not replaced again. */
const DISTRUST_MS = 30_000

/** Being signed in: gets tokens, keeps them fresh, and never tries a refused password twice (security.md 4.5). */
export class SignIn implements Tokens {
  readonly #deps: SignInDeps
  #session: Session | undefined
  #signing: Signing | undefined

  constructor(deps: SignInDeps) {
    this.#deps = deps
  }

  /** One attempt. The same wish while it is under way joins it. */
  async signIn(user: string, password: string): Promise<void> {
    const under = this.#signing
    if (under?.user === user && under.password === password) return under.done
    this.forget()
    const signing: Signing = { user, password, done: this.#begin(user, password, () => this.#signing === signing) }
    this.#signing = signing
    try {
      await signing.done
    } finally {
      if (this.#signing === signing) this.#signing = undefined
    }
  }

  /** Forgets token, refresh token and password. Answers still under way change nothing. */
  forget(): void {
    this.#session?.callOff()
    this.#session = undefined
    this.#signing = undefined
  }

  get isSignedIn(): boolean {
    return this.#session !== undefined
  }

  async current(): Promise<Token> {
    const session = this.#in()
    const age = ageMs(session.token, this.#deps.clock)
    if (age >= session.token.lifeMs) return this.#renew(session, false)
    // Behind the caller's back: while the token lives nobody waits for the next one.
    if (age >= session.token.renewAfterMs && !session.resting) this.#renewInBackground(session)
    return session.token
  }

  async replace(refused: Token): Promise<Token | undefined> {
    const session = this.#in()
    // Somebody else's 401 already brought a new one.
    if (session.token !== refused) return session.token
    const hopeless = refused.replaces401 && !session.proven && ageMs(refused, this.#deps.clock) < DISTRUST_MS
    return hopeless ? undefined : this.#renew(session, true)
  }

  accepted(token: Token): void {
    if (this.#session?.token === token) this.#session.proven = true
  }

  #in(): Session {
    if (!this.#session) throw new AppError({ kind: 'signed-out' })
    return this.#session
  }

  async #begin(user: string, password: string, stillWanted: () => boolean): Promise<void> {
    let because: Failure = { kind: 'wrong-password' }
    for (const clientId of CLIENTS) {
      const born = stamp(this.#deps.clock)
      const outcome = await this.#ask({ grant_type: 'password', client_id: clientId, username: user, password })
      if (!stillWanted()) throw new AppError({ kind: 'signed-out' })
      if (outcome.is === 'granted') {
        const token = tokenFrom(outcome, born, false)
        const means = meansAfter(outcome, { by: 'password', user, password })
        this.#session = { clientId, means, token, proven: false, callOff: () => undefined }
        this.#setAlarm(this.#session, token.renewAfterMs)
        this.#deps.log.info(`signed in as ${clientId}, next token by ${means.by}`)
        return
      }
      because = outcome.because
      if (outcome.is === 'refused') break
    }
    throw new AppError(because)
  }

  /** Single flight: however many ask, one request leaves. */
  #renew(session: Session, replaces401: boolean): Promise<Token> {
    session.renewing ??= this.#fetchNext(session, replaces401).finally(() => delete session.renewing)
    return session.renewing
  }

  #renewInBackground(session: Session): void {
    // Whatever went wrong is met again, and told, by who next needs a token after the old one's end.
    this.#renew(session, false).catch((error: unknown) => {
      this.#deps.log.warn(`no new token yet: ${failureOf(error).kind}`)
    })
  }

  async #fetchNext(session: Session, replaces401: boolean): Promise<Token> {
    session.callOff()
    session.resting = false
    const born = stamp(this.#deps.clock)
    const outcome = await this.#ask(formFor(session)).catch((error: unknown) => this.#later(session, error))
    if (this.#session !== session) throw new AppError({ kind: 'signed-out' })
    if (outcome.is === 'granted') {
      session.token = tokenFrom(outcome, born, replaces401)
      session.means = meansAfter(outcome, session.means)
      session.proven = false
      this.#setAlarm(session, session.token.renewAfterMs)
      this.#deps.onRenewed(session.token)
      return session.token
    }
    if (isPassing(outcome.because)) return this.#later(session, new AppError(outcome.because))
    return this.#end(session, outcome.because)
  }

  /** The identity provider is away: the old token serves to its end, and we ask again. */
  #later(session: Session, error: unknown): never {
    if (this.#session === session) this.#setAlarm(session, RETRY_MS * (0.5 + Math.random() / 2))
    session.resting = true
    throw error
  }

  /** Refused for good. Never again without a person, or the account is locked (security.md D8). */
  #end(session: Session, because: Failure): never {
    const told: Failure =
      session.means.by === 'refresh' && because.kind === 'wrong-password' ? { kind: 'signed-out' } : because
    this.forget()
    this.#deps.log.warn(`signed out by the server: ${told.kind}`)
    this.#deps.onSignedOut(told)
    throw new AppError(told)
  }

  #setAlarm(session: Session, ms: number): void {
    session.callOff()
    session.callOff = this.#deps.clock.after(Math.min(ms, LONGEST_ALARM_MS), () => {
      if (this.#session === session) this.#renewInBackground(session)
    })
  }

  async #ask(form: Record<string, string>): Promise<TokenOutcome> {
    const answer = await this.#deps.transport.request({
      method: 'POST',
      path: this.#deps.path,
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    })
    const outcome = readTokenAnswer(answer)
    if (outcome.is === 'granted') this.#keepSecret(outcome)
    return outcome
  }

  #keepSecret({ answer }: Granted): void {
    this.#deps.keepSecret(answer.access_token)
    if (answer.refresh_token) this.#deps.keepSecret(answer.refresh_token)
  }
}

function formFor({ clientId, means }: Session): Record<string, string> {
  if (means.by === 'refresh') {
    return { grant_type: 'refresh_token', client_id: clientId, refresh_token: means.refreshToken }
  }
  return { grant_type: 'password', client_id: clientId, username: means.user, password: means.password }
}

type Granted = Extract<TokenOutcome, { is: 'granted' }>

function tokenFrom({ answer }: Granted, born: ReturnType<typeof stamp>, replaces401: boolean): Token {
  // The server's end is cut to whole seconds, so it comes up to one second early.
  const lifeMs = Math.max(answer.expires_in - 1, answer.expires_in / 2) * 1000
  return {
    value: answer.access_token,
    lifeMs,
    renewAfterMs: renewAfterMs(lifeMs, Math.random()),
    ...born,
    replaces401,
  }
}

/** A refresh token drops the password; one answer without a new refresh token keeps the old one. */
function meansAfter({ answer }: Granted, before: Means): Means {
  if (answer.refresh_token) return { by: 'refresh', refreshToken: answer.refresh_token }
  return before
}

/** Trouble of the server's, not a verdict on the session. */
const isPassing = (because: Failure): boolean =>
  because.kind === 'busy' || (because.kind === 'refused' && because.status >= 500)
