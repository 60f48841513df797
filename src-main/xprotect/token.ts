import type { Failure } from '../../src-preload/contract/failure.ts'
import { badAnswer, isHtml, jsonOf, parsed } from './body.ts'
import type { Clock } from './clock.ts'
import { refusalOf } from './refusal.ts'
import type { Answer } from './transport.ts'
import { TokenAnswer, TokenRefusal } from './wire/token.ts'

/** Names the token endpoint in failures. */
const SIGN_IN = 'sign-in'

/** What the token endpoint decided. */
export type TokenOutcome =
  | { is: 'granted'; answer: TokenAnswer }
  /** Not the person but the program is unknown here: another client id may be welcome. */
  | { is: 'client-refused'; because: Failure }
  | { is: 'refused'; because: Failure }
export type Granted = Extract<TokenOutcome, { is: 'granted' }>

/** The words of RFC 6749 5.2 that speak of the program, not of the person. */
const CLIENT_WORDS = new Set(['invalid_client', 'unauthorized_client', 'unsupported_grant_type', 'invalid_scope'])

/** Reads the token endpoint's answer to a question that held `secrets`. Throws `bad-answer` where it is neither a token nor a clear no. */
export function readTokenAnswer(answer: Answer, secrets: readonly string[]): TokenOutcome {
  if (answer.status === 400 || answer.status === 401) return readRefusal(answer, secrets)
  const because = refusalOf(answer, SIGN_IN, secrets)
  if (because?.kind === 'not-found') throw badAnswer(SIGN_IN, isHtml(answer) ? 'html' : 'shape')
  if (because) return { is: 'refused', because: awayBehind(because) ?? because }
  return { is: 'granted', answer: parsed(TokenAnswer, jsonOf(answer, SIGN_IN), SIGN_IN) }
}

/** What a gateway says of a provider it cannot reach. One that is only busy asks for patience, or says 429. */
function awayBehind(because: Failure): Failure | undefined {
  if (because.kind !== 'busy' || because.status === 429 || because.retryAfterMs !== undefined) return undefined
  return { kind: 'unreachable', what: 'sign-in', how: because.status === 504 ? 'timeout' : 'refused' }
}

/** `error_code` first, then `error`; 401 means the same as 400 (xprotect-api.md 2.3). */
function readRefusal(answer: Answer, secrets: readonly string[]): TokenOutcome {
  const words = TokenRefusal.parse(objectIn(answer))
  switch (words.error_code) {
    case 'InvalidCredentials':
      return { is: 'refused', because: { kind: 'wrong-password' } }
    case 'LockedOut':
      return { is: 'refused', because: { kind: 'locked-out' } }
    case 'ChangePassword':
      return { is: 'refused', because: { kind: 'must-change-password' } }
    case undefined:
  }
  if (words.error === 'invalid_grant') return { is: 'refused', because: { kind: 'wrong-password' } }
  const because = refusalOf(answer, SIGN_IN, secrets)!
  // A code of Milestone's own speaks of the person, also one we do not know: the password was looked at.
  const isOfClient = words.error_code === undefined && CLIENT_WORDS.has(words.error ?? '')
  return { is: isOfClient ? 'client-refused' : 'refused', because }
}

function objectIn(answer: Answer): object {
  try {
    const value: unknown = JSON.parse(answer.text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/** A token and when it was born, on both clocks: sleep stops the one, a person or NTP steps the other. */
export interface Token {
  value: string
  lifeMs: number
  /** When to ask for the next one, counted from birth. */
  renewAfterMs: number
  bornWallMs: number
  bornMonotonicMs: number
  /** Made because a 401 refused the one before. */
  replaces401: boolean
}

/** Both clocks now. Stamped before a request leaves, so that its travel shortens the token's life, never stretches it. */
export const stamp = (clock: Clock): Pick<Token, 'bornWallMs' | 'bornMonotonicMs'> => ({
  bornWallMs: clock.now(),
  bornMonotonicMs: clock.monotonic(),
})

/** The token of an answer, born when its question left. */
export function tokenFrom({ answer }: Granted, born: ReturnType<typeof stamp>, replaces401: boolean): Token {
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

/** Four fifths of a life, a little earlier or later by chance, so that a control room does not renew in step. */
const renewAfterMs = (lifeMs: number, chance: number): number => lifeMs * (0.78 + 0.04 * chance)

/** The longer of what the two clocks say. */
export const ageMs = (token: Pick<Token, 'bornWallMs' | 'bornMonotonicMs'>, clock: Clock): number =>
  Math.max(clock.monotonic() - token.bornMonotonicMs, clock.now() - token.bornWallMs)
