import { AppError, failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import { formOf, keepsakeText, meansAfter, readKeepsake, verdictOn, wipe, type ClientId, type Means } from './means.ts'
import { Secret } from './secret.ts'
import { ageMs, readTokenAnswer, stamp, tokenFrom, type Granted, type Token, type TokenOutcome } from './token.ts'
import type { Transport } from './transport.ts'
import { asWindows, noIdentityProvider } from './windows.ts'

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
  /** Whose names and passwords these are; `windows-nowhere`: a Windows user's, and no provider to ask is configured. */
  kind: 'basic' | 'windows' | 'windows-nowhere'
  /** Tried in this order, the later ones only where the server does not know the earlier. */
  clients: readonly ClientId[]
  clock: Clock
  log: Log
  /** Told of every token before it is used. */
  keepSecret: (secret: string) => void
  /** A session got its next token. */
  onRenewed: (token: Token) => void
  /** What `keepsake` gives is another one now. */
  onKeepsake: () => void
  /** The token has run out and there is no new one yet: nothing can be asked of the server meanwhile. */
  onNoToken: (because: Failure) => void
  /** The session cannot be renewed without a person. */
  onSignedOut: (because: Failure) => void
}

interface Signing {
  user: string
  password: Secret
  done: Promise<void>
}

interface Session {
  clientId: ClientId
  means: Means
  token: Token
  proven: boolean
  renewing?: Promise<Token>
  /** Calls off the alarm for the next token. */
  callOff: () => void
  /** Why the last renewal failed: the provider is left in peace until the alarm. */
  resting?: AppError | undefined
}

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
    if (this.#deps.kind === 'windows-nowhere') throw noIdentityProvider()
    const under = this.#signing
    if (under?.user === user && under.password.is(password)) return under.done
    const secret = new Secret(password)
    await this.#sign(user, secret, (stillWanted) => this.#begin(user, secret, stillWanted))
  }

  /** One attempt with what an earlier session left behind. Throws `signed-out` where the server takes it no more. */
  async resume(user: string, keepsake: string): Promise<void> {
    const kept = readKeepsake(keepsake)
    if (kept.by === 'password') return this.signIn(user, kept.password)
    this.#deps.keepSecret(kept.refreshToken)
    const means: Means = { by: 'refresh', refreshToken: new Secret(kept.refreshToken) }
    await this.#sign(user, new Secret(kept.refreshToken), async (stillWanted) => {
      const refusal = await this.#try(kept.client, means, stillWanted)
      if (refusal) throw new AppError(verdictOn(means, refusal.because))
    })
  }

  /** What a later start could `resume` with; undefined while nobody is signed in. A secret. */
  keepsake(): string | undefined {
    return this.#session && keepsakeText(this.#session.clientId, this.#session.means)
  }

  /** Name and password, where they are kept at all: only while the server gives no refresh token. Secrets. */
  credentials(): { user: string; password: string } | undefined {
    const means = this.#session?.means
    return means?.by === 'password' ? { user: means.user, password: means.password.reveal() } : undefined
  }

  /** Connections are new, so a provider that could not be reached may be asked again at once. */
  wake(): void {
    if (this.#session) this.#session.resting = undefined
  }

  /** Forgets token, refresh token and password. Answers still under way change nothing. */
  forget(): void {
    if (this.#session) {
      this.#session.callOff()
      wipe(this.#session.means)
    }
    this.#session = undefined
    this.#signing = undefined
  }

  get isSignedIn(): boolean {
    return this.#session !== undefined
  }

  async current(): Promise<Token> {
    const session = this.#in()
    const age = ageMs(session.token, this.#deps.clock)
    if (age >= session.token.lifeMs) return this.#nextOf(session, false)
    // Behind the caller's back: while the token lives nobody waits for the next one.
    if (age >= session.token.renewAfterMs && !session.resting) this.#renewInBackground(session)
    return session.token
  }

  async replace(refused: Token): Promise<Token | undefined> {
    const session = this.#in()
    // Somebody else's 401 already brought a new one.
    if (session.token !== refused) return session.token
    const hopeless = refused.replaces401 && !session.proven && ageMs(refused, this.#deps.clock) < DISTRUST_MS
    return hopeless ? undefined : this.#nextOf(session, true)
  }

  accepted(token: Token): void {
    if (this.#session?.token === token) this.#session.proven = true
  }

  #in(): Session {
    if (!this.#session) throw new AppError({ kind: 'signed-out' })
    return this.#session
  }

  async #sign(user: string, password: Secret, attempt: (stillWanted: () => boolean) => Promise<void>): Promise<void> {
    this.forget()
    const signing: Signing = { user, password, done: attempt(() => this.#signing === signing) }
    this.#signing = signing
    try {
      await signing.done
    } finally {
      if (this.#signing === signing) this.#signing = undefined
      // A copy that serves the next renewal is the session's own.
      password.wipe()
    }
  }

  /** Goes on to the next client only where the server did not look at the password at all. */
  async #begin(user: string, password: Secret, stillWanted: () => boolean): Promise<void> {
    let because: Failure = { kind: 'wrong-password' }
    for (const clientId of this.#deps.clients) {
      const means: Means = { by: 'password', user, password: new Secret(password.reveal()) }
      const refusal = await this.#try(clientId, means, stillWanted)
      if (!refusal) return
      because = refusal.because
      if (refusal.is === 'refused') break
    }
    throw new AppError(because)
  }

  /** One request; gives the refusal, or nothing where a session has begun. Means that lead nowhere are wiped. */
  async #try(clientId: ClientId, means: Means, stillWanted: () => boolean): Promise<Refused | undefined> {
    try {
      const born = stamp(this.#deps.clock)
      const outcome = await this.#ask(formOf(clientId, means))
      if (!stillWanted()) throw new AppError({ kind: 'signed-out' })
      if (outcome.is !== 'granted') {
        wipe(means)
        return outcome
      }
      const token = tokenFrom(outcome, born, false)
      const session = { clientId, means: meansAfter(outcome, means), token, proven: false, callOff: () => undefined }
      this.#session = session
      this.#setAlarm(session, token.renewAfterMs)
      this.#deps.log.info(`signed in as ${clientId}, next token by ${session.means.by}`)
      this.#deps.onKeepsake()
      return undefined
    } catch (error) {
      wipe(means)
      throw error
    }
  }

  /** However many ask while the provider is away, it is asked once every few seconds. */
  #nextOf(session: Session, replaces401: boolean): Promise<Token> {
    const { resting, renewing } = session
    if (resting && !renewing) throw new AppError(resting.failure, { cause: resting })
    return this.#renew(session, replaces401)
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
    session.resting = undefined
    const born = stamp(this.#deps.clock)
    const outcome = await this.#ask(formOf(session.clientId, session.means)).catch((error: unknown) =>
      this.#later(session, error),
    )
    if (this.#session !== session) throw new AppError({ kind: 'signed-out' })
    if (outcome.is === 'granted') return this.#take(session, outcome, tokenFrom(outcome, born, replaces401))
    if (isPassing(outcome.because)) return this.#later(session, new AppError(outcome.because))
    return this.#end(session, outcome.because)
  }

  #take(session: Session, outcome: Granted, token: Token): Token {
    const means = meansAfter(outcome, session.means)
    const isNew = means !== session.means
    Object.assign(session, { token, means, proven: false })
    this.#setAlarm(session, token.renewAfterMs)
    this.#deps.onRenewed(token)
    if (isNew) this.#deps.onKeepsake()
    return token
  }

  /** The identity provider is away: the old token serves to its end, and we ask again. */
  #later(session: Session, error: unknown): never {
    if (this.#session === session) this.#setAlarm(session, RETRY_MS * (0.5 + Math.random() / 2))
    session.resting = error instanceof AppError ? error : undefined
    const isOver = ageMs(session.token, this.#deps.clock) >= session.token.lifeMs
    if (session.resting && isOver && this.#session === session) this.#deps.onNoToken(session.resting.failure)
    throw error
  }

  /** Refused for good. Never again without a person, or the account is locked (security.md D8). */
  #end(session: Session, because: Failure): never {
    const told = verdictOn(session.means, because)
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
    const read = readTokenAnswer(
      answer,
      [form['password'], form['refresh_token']].filter((secret) => secret !== undefined),
    )
    const outcome = this.#deps.kind === 'basic' ? read : asWindows(answer, read)
    if (outcome.is === 'granted') this.#keepSecret(outcome)
    return outcome
  }

  #keepSecret({ answer }: Granted): void {
    this.#deps.keepSecret(answer.access_token)
    if (answer.refresh_token) this.#deps.keepSecret(answer.refresh_token)
  }
}

type Refused = Exclude<TokenOutcome, { is: 'granted' }>

/** Trouble of the server's, not a verdict on the session. */
const isPassing = (because: Failure): boolean =>
  because.kind === 'busy' || because.kind === 'unreachable' || (because.kind === 'refused' && because.status >= 500)
