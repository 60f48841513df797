export type TrustCode =
  | 'XP_TLS_NO_CERT'
  | 'XP_TLS_RESUMED'
  | 'XP_TLS_VERSION'
  | 'XP_TLS_WEAK_KEY'
  | 'XP_TLS_PIN_MISMATCH'
  | 'XP_TLS_CHAIN'
  | 'XP_TLS_HOSTNAME'
  | 'XP_TLS_NOT_YET_VALID'
  | 'XP_TLS_EXPIRED'
  | 'XP_ORIGIN'
  | 'XP_REDIRECT'
  | 'XP_ENCODING'
  | 'XP_REPIN_MISMATCH'
  | 'XP_CLOSED'

/**
 * This room's own refusals. Carries fingerprints and nothing else: never a path, a header or a body.
 *
 * The codes are ours on purpose: undici keeps its queue alive for `UND_ERR_SOCKET` and would knock for ever.
 */
export class TrustError extends Error {
  override readonly name = 'TrustError'
  readonly code: TrustCode
  /** Fingerprint of the certificate that was refused. */
  readonly got: string | undefined
  /** Fingerprints that would have been accepted. */
  readonly expected: string[]

  constructor(code: TrustCode, facts: { got?: string; expected?: string[]; cause?: unknown } = {}) {
    super(code, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.code = code
    this.got = facts.got
    this.expected = facts.expected ?? []
  }

  /** Whether the server's identity itself was refused, which closes the site's gate. */
  get isVerdict(): boolean {
    return this.code.startsWith('XP_TLS_')
  }
}
