import { randomBytes, randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose'
import type { ServerClock } from '../clock.ts'

/** A live access token and what it stands for. */
export interface AccessToken {
  text: string
  user: string
  clientId: string
  expiresAtMs: number
}

interface RefreshToken {
  user: string
  clientId: string
}

/** Makes and knows tokens (xprotect-api.md 2.2). They survive a stop of the server, as its database does. */
export class Tokens {
  readonly #access = new Map<string, AccessToken>()
  readonly #refresh = new Map<string, RefreshToken>()
  readonly #key: CryptoKey
  readonly #keyId: string
  readonly #ttlSeconds: number
  readonly #clock: ServerClock
  /** The public key set, for `/IDP/.well-known/openid-configuration/jwks`. */
  readonly publicKey: JWK
  #issued = 0

  private constructor(key: CryptoKey, publicKey: JWK, keyId: string, ttlSeconds: number, clock: ServerClock) {
    this.#key = key
    this.#keyId = keyId
    this.publicKey = publicKey
    this.#ttlSeconds = ttlSeconds
    this.#clock = clock
  }

  static async create(ttlSeconds: number, clock: ServerClock): Promise<Tokens> {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
    const keyId = randomBytes(16).toString('hex').toUpperCase()
    return new Tokens(
      privateKey,
      { ...(await exportJWK(publicKey)), kid: keyId, use: 'sig', alg: 'RS256' },
      keyId,
      ttlSeconds,
      clock,
    )
  }

  get issued(): number {
    return this.#issued
  }

  get ttlSeconds(): number {
    return this.#ttlSeconds
  }

  async issue(user: { name: string; id: string }, clientId: string, idp: string): Promise<AccessToken> {
    const now = Math.floor(this.#clock.now() / 1000)
    const text = await new SignJWT({
      scope: ['managementserver'],
      amr: ['pwd'],
      client_id: clientId,
      auth_time: now,
      idp: 'local',
      name: user.name,
      updated_at: now,
    })
      .setProtectedHeader({ alg: 'RS256', kid: this.#keyId, typ: 'JWT' })
      .setIssuer(idp)
      .setNotBefore(now)
      .setIssuedAt(now)
      .setExpirationTime(now + this.#ttlSeconds)
      .setAudience(['managementserver', `${idp}/resources`])
      .setSubject(user.id.toUpperCase())
      .setJti(randomUUID().replaceAll('-', '').toUpperCase())
      .sign(this.#key)
    const token = { text, user: user.name, clientId, expiresAtMs: (now + this.#ttlSeconds) * 1000 }
    this.#forgetExpired()
    this.#access.set(text, token)
    this.#issued++
    return token
  }

  issueRefresh(user: string, clientId: string): string {
    const text = randomBytes(32).toString('hex').toUpperCase()
    this.#refresh.set(text, { user, clientId })
    return text
  }

  /** Uses a refresh token up: it works once, and for its own client (rotation, xprotect-api.md 2.1). */
  redeemRefresh(text: string, clientId: string): RefreshToken | undefined {
    const token = this.#refresh.get(text)
    if (token?.clientId !== clientId) return undefined
    this.#refresh.delete(text)
    return token
  }

  revokeRefresh(text: string): void {
    this.#refresh.delete(text)
  }

  /** The token if the server made it and it has not run out. `Bearer ` in front is taken off. */
  live(text: string | undefined): AccessToken | undefined {
    const token = this.#access.get((text ?? '').replace(/^Bearer\s+/i, ''))
    return token && token.expiresAtMs > this.#clock.now() ? token : undefined
  }

  /** Every access token is dead from now on; refresh tokens too where asked. */
  expireAll(refreshToo: boolean): void {
    this.#access.clear()
    if (refreshToo) this.#refresh.clear()
  }

  #forgetExpired(): void {
    const now = this.#clock.now()
    for (const [text, token] of this.#access) if (token.expiresAtMs <= now) this.#access.delete(text)
  }
}
