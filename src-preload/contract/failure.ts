/**
 * Everything that can go wrong across the bridge, in words the screen can show.
 *
 * Each kind carries only what its sentence needs. Text that came from a server is already cut and cleaned by main.
 */
export type Failure =
  /** Nobody is signed in at this site, or the session has ended. */
  | { kind: 'signed-out' }
  | { kind: 'wrong-password' }
  | { kind: 'locked-out' }
  | { kind: 'must-change-password' }
  /** A Windows user, whom this program can sign in only where the server takes a password for it. */
  | { kind: 'windows-sign-in-unsupported'; why: WindowsSignIn }
  | { kind: 'forbidden' }
  /** The edition of the server does not have it. */
  | { kind: 'not-licensed' }
  | { kind: 'not-found'; what: string }
  /**
   * No answer. `how` says what the network did; `idp` is an identity provider on a server of its own, `sign-in` one behind
   * the gateway, which does answer.
   */
  | { kind: 'unreachable'; what: 'server' | 'idp' | 'sign-in' | 'media'; how?: Unreachable }
  /** The port answers, but not with TLS: most likely a plain-HTTP port. */
  | { kind: 'not-tls' }
  /** The server is not the one that was agreed on. Nothing was sent to it. */
  | { kind: 'untrusted-certificate'; fingerprint: string; expected: string[] }
  /** The certificate is the agreed one, or the chain is known, but it may not be used: `why` says so. */
  | { kind: 'unusable-certificate'; why: CertificateProblem }
  /** No certificate has been agreed on yet: look at it, then pin it. */
  | { kind: 'not-pinned' }
  /** The server said something we do not understand. `call` names the endpoint. */
  | { kind: 'bad-answer'; call: string; what: BadAnswer }
  /** The server understood and said no. `text` is its own sentence, cut and cleaned. */
  | { kind: 'refused'; call: string; status: number; text: string }
  /** The server asks for patience (429, 502, 503, 504). */
  | { kind: 'busy'; status: number; retryAfterMs?: number }
  /** The camera offers only a picture format this computer cannot decode. */
  | { kind: 'unplayable-codec'; codec: string }
  /** A site profile or another file of ours cannot be used. */
  | { kind: 'bad-file'; file: string; problem: string }
  /** Something typed into a form does not hold. `field` is its place in the draft, as in `gateway.0`. */
  | { kind: 'bad-field'; field: string; problem: string }
  /** An administrator has decided otherwise for this computer; `file` says where it is written. */
  | { kind: 'managed'; file: string; rule: string }
  | { kind: 'bug'; message: string }

export type Unreachable = 'refused' | 'timeout' | 'reset' | 'no-such-host' | 'no-route' | 'closed' | 'silent'

export type CertificateProblem =
  | 'expired'
  | 'not-yet-valid'
  | 'weak-key'
  | 'old-tls'
  | 'wrong-name'
  | 'unknown-issuer'
  | 'key-usage'
  | 'none'
  | 'resumed'

/** The server wants NTLM or Negotiate · said no, to the password or to the way · the profile names no provider to ask. */
export type WindowsSignIn = 'wants-ntlm' | 'refused' | 'no-idp-origin'

export type BadAnswer = 'html' | 'not-json' | 'shape' | 'too-large' | 'redirect' | 'encoding'

/** The one error class of the house. Thrown inside a process; crosses the bridge as data. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly failure: Failure
  /** Of a request that failed: not a byte of it has left this computer. Where it is false, nobody knows. */
  readonly unsent: boolean

  constructor(failure: Failure, options: ErrorOptions & { unsent?: boolean } = {}) {
    super(failure.kind, options)
    this.failure = failure
    this.unsent = options.unsent ?? false
  }
}

export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure }

/** What an error of any origin means. Whatever is not ours is a bug of ours. */
export function failureOf(error: unknown): Failure {
  if (error instanceof AppError) return error.failure
  return { kind: 'bug', message: error instanceof Error ? error.message : String(error) }
}
