import { z } from 'zod'
import { AppError, type Failure } from '../../src-preload/contract/failure.ts'
import { Secret } from './secret.ts'
import type { TokenOutcome } from './token.ts'

/** Programs the identity provider knows: the first gets refresh tokens, the second does not (xprotect-api.md 2.1 [V]). */
export type ClientId = 'VmsClient' | 'GrantValidatorClient'

/** How the next token is had. A password is kept only where the server gives no refresh token (security.md D8). */
export type Means = { by: 'refresh'; refreshToken: Secret } | { by: 'password'; user: string; password: Secret }

/**
 * What a later start of the program needs to sign in without a person. A secret through and through: it goes to the
 * vault as one text, and nowhere else.
 */
const Keepsake = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('refresh'),
    client: z.enum(['VmsClient', 'GrantValidatorClient']),
    refreshToken: z.string().min(1).max(16_384),
  }),
  z.strictObject({ by: z.literal('password'), password: z.string().min(1).max(1024) }),
])
export type Keepsake = z.infer<typeof Keepsake>

/** A keepsake as one text, for the vault. */
export function keepsakeText(client: ClientId, means: Means): string {
  if (means.by === 'password') return passwordKeepsake(means.password.reveal())
  return JSON.stringify({ by: 'refresh', client, refreshToken: means.refreshToken.reveal() } satisfies Keepsake)
}

/** The keepsake of a password nobody has signed in with yet. */
export const passwordKeepsake = (password: string): string =>
  JSON.stringify({ by: 'password', password } satisfies Keepsake)

/** Reads what the vault gave back. Throws `signed-out` where it makes no sense: a person has to sign in. */
export function readKeepsake(text: string): Keepsake {
  try {
    return Keepsake.parse(JSON.parse(text))
  } catch {
    // Neither the parser's message nor the schema's goes on: both may quote the secret.
    throw new AppError({ kind: 'signed-out' })
  }
}

/** The form a token request carries (xprotect-api.md 2.1). */
export function formOf(client: ClientId, means: Means): Record<string, string> {
  if (means.by === 'refresh') {
    return { grant_type: 'refresh_token', client_id: client, refresh_token: means.refreshToken.reveal() }
  }
  return { grant_type: 'password', client_id: client, username: means.user, password: means.password.reveal() }
}

/** A refresh token takes the place of what was there, which is wiped; an answer without a new one keeps the old. */
export function meansAfter({ answer }: Extract<TokenOutcome, { is: 'granted' }>, before: Means): Means {
  if (!answer.refresh_token) return before
  wipe(before)
  return { by: 'refresh', refreshToken: new Secret(answer.refresh_token) }
}

export function wipe(means: Means): void {
  if (means.by === 'refresh') means.refreshToken.wipe()
  else means.password.wipe()
}

/** A refresh token that is refused says nothing of the password: the session is over, no more. */
export function verdictOn(means: Means, because: Failure): Failure {
  const isOfToken = means.by === 'refresh' && because.kind === 'wrong-password'
  return isOfToken ? { kind: 'signed-out' } : because
}
