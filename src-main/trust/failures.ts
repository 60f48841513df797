import { AppError, type CertificateProblem, type Failure } from '../../src-preload/contract/failure.ts'
import { TrustError, type TrustCode } from './trust-error.ts'

/**
 * What went wrong on the way to a server, in words the screen can show; the original error stays as `cause`.
 *
 * `call` names the endpoint by method and path without its query, so nothing a user typed gets in. `unsent` where it is
 * known that nothing of the request has left.
 */
export function asAppError(error: unknown, call: string, unsent = false): AppError {
  if (error instanceof AppError && error.unsent === unsent) return error
  if (error instanceof AppError) return new AppError(error.failure, { cause: error.cause, unsent })
  return new AppError(failureFrom(error, call), { cause: withoutBytes(error), unsent })
}

export function failureFrom(error: unknown, call: string): Failure {
  if (error instanceof TrustError) return failureOfVerdict(error, call)
  const code = codeOf(error)
  const network = networkFailures[code]
  if (network) return network
  if (tooLarge.has(code)) return { kind: 'bad-answer', call, what: 'too-large' }
  if (isParserError(error) || unreadable.has(code)) return { kind: 'bad-answer', call, what: 'shape' }
  const handshake = failureOfHandshake(`${code} ${error instanceof Error ? error.message : ''}`)
  if (handshake) return handshake
  return { kind: 'bug', message: code || (error instanceof Error ? error.name : 'unknown error') }
}

/** Errors in a plain word: the first code found on the error or its causes. */
function codeOf(error: unknown): string {
  for (let depth = 0, at = error; depth < 4 && at instanceof Error; depth += 1, at = at.cause) {
    const { code } = at as NodeJS.ErrnoException
    if (typeof code === 'string') return code
  }
  return ''
}

const unreachable = (how: Extract<Failure, { kind: 'unreachable' }>['how'] & string): Failure => ({
  kind: 'unreachable',
  what: 'server',
  how,
})

const networkFailures: Partial<Record<string, Failure>> = {
  ECONNREFUSED: unreachable('refused'),
  ENOTFOUND: unreachable('no-such-host'),
  EAI_AGAIN: unreachable('no-such-host'),
  EAI_NODATA: unreachable('no-such-host'),
  EHOSTUNREACH: unreachable('no-route'),
  ENETUNREACH: unreachable('no-route'),
  EADDRNOTAVAIL: unreachable('no-route'),
  ENETDOWN: unreachable('no-route'),
  EHOSTDOWN: unreachable('no-route'),
  ETIMEDOUT: unreachable('timeout'),
  UND_ERR_CONNECT_TIMEOUT: unreachable('timeout'),
  UND_ERR_HEADERS_TIMEOUT: unreachable('timeout'),
  UND_ERR_BODY_TIMEOUT: unreachable('timeout'),
  ECONNRESET: unreachable('reset'),
  ECONNABORTED: unreachable('reset'),
  EPIPE: unreachable('reset'),
  UND_ERR_SOCKET: unreachable('reset'),
  UND_ERR_INFO: unreachable('reset'),
  UND_ERR_DESTROYED: unreachable('closed'),
  UND_ERR_CLOSED: unreachable('closed'),
  UND_ERR_ABORTED: unreachable('closed'),
}

const tooLarge = new Set(['UND_ERR_HEADERS_OVERFLOW', 'UND_ERR_RES_EXCEEDED_MAX_SIZE', 'HPE_HEADER_OVERFLOW'])
const unreadable = new Set(['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH'])

/** OpenSSL's and BoringSSL's names for a handshake that came to nothing (security.md 2.6). */
function failureOfHandshake(text: string): Failure | undefined {
  if (/wrong.version.number|http.request|packet.length.too.long|unexpected.message|bad.record.type/i.test(text)) {
    return { kind: 'not-tls' }
  }
  if (/key.usage.bit/i.test(text)) return { kind: 'unusable-certificate', why: 'key-usage' }
  if (/protocol.version|unsupported.protocol|version.or.cipher|version.too.low/i.test(text)) {
    return { kind: 'unusable-certificate', why: 'old-tls' }
  }
  if (/key.too.(small|short)|bad.rsa|modulus.too/i.test(text)) return { kind: 'unusable-certificate', why: 'weak-key' }
  return /ERR_SSL|ERR_TLS|EPROTO/.test(text) ? unreachable('reset') : undefined
}

function failureOfVerdict(error: TrustError, call: string): Failure {
  if (error.code === 'XP_TLS_PIN_MISMATCH' || error.code === 'XP_REPIN_MISMATCH') {
    return { kind: 'untrusted-certificate', fingerprint: error.got ?? '', expected: error.expected }
  }
  if (error.code === 'XP_REDIRECT') return { kind: 'bad-answer', call, what: 'redirect' }
  if (error.code === 'XP_ENCODING') return { kind: 'bad-answer', call, what: 'encoding' }
  if (error.code === 'XP_CLOSED') return unreachable('closed')
  if (error.code === 'XP_ORIGIN') return { kind: 'bug', message: 'a request left its origin' }
  if (codeOf(error.cause) === 'INVALID_PURPOSE') return { kind: 'unusable-certificate', why: 'key-usage' }
  return { kind: 'unusable-certificate', why: problems[error.code] }
}

const problems: Record<Exclude<TrustCode, Worded>, CertificateProblem> = {
  XP_TLS_NO_CERT: 'none',
  XP_TLS_RESUMED: 'resumed',
  XP_TLS_VERSION: 'old-tls',
  XP_TLS_WEAK_KEY: 'weak-key',
  XP_TLS_CHAIN: 'unknown-issuer',
  XP_TLS_HOSTNAME: 'wrong-name',
  XP_TLS_NOT_YET_VALID: 'not-yet-valid',
  XP_TLS_EXPIRED: 'expired',
}
type Worded = 'XP_TLS_PIN_MISMATCH' | 'XP_REPIN_MISMATCH' | 'XP_REDIRECT' | 'XP_ENCODING' | 'XP_CLOSED' | 'XP_ORIGIN'

/** undici names some of them without a code. */
const isParserError = (error: unknown) => error instanceof Error && error.name === 'HTTPParserError'

/** undici hangs the bytes it could not parse on the error; a server may have echoed our token in them. */
function withoutBytes(error: unknown): unknown {
  if (error instanceof Error && 'data' in error) error.data = undefined
  return error
}
