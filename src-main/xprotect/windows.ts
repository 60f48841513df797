import { AppError, type Failure, type WindowsSignIn } from '../../src-preload/contract/failure.ts'
import type { Answer } from './transport.ts'
import type { TokenOutcome } from './token.ts'

/**
 * Windows users. The way Milestone documents is NTLM or Negotiate at `/IDP` itself, which the gateway does not pass on
 * (xprotect-api.md 2.1 [V]) and this program does not speak. What is left is the password grant with `DOMAIN\user` at
 * `/IDP` [3P FR, ?]: tried once, and where the server wants NTLM, that limit is said plainly.
 */
const unsupported = (why: WindowsSignIn): Failure => ({
  kind: 'windows-sign-in-unsupported',
  why,
})

/** The profile names no identity provider of its own, and through the gateway no Windows user gets in. */
export const noIdentityProvider = (): AppError => new AppError(unsupported('no-idp-origin'))

/** What an outcome means where a Windows user asked. */
export function asWindows(answer: Answer, outcome: TokenOutcome): TokenOutcome {
  const offered = answer.headers['www-authenticate'] ?? ''
  if (answer.status === 401 && /\b(ntlm|negotiate|kerberos)\b/i.test(offered)) {
    return { is: 'refused', because: unsupported('wants-ntlm') }
  }
  if (outcome.is !== 'refused' || outcome.because.kind !== 'wrong-password') return outcome
  // The server says the same of a wrong password and of a user it knows by Windows only.
  return { is: 'refused', because: unsupported('refused') }
}
