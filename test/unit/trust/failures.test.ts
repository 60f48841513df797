import { expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/failure.ts'
import { asAppError, failureFrom } from '../../../src-main/trust/failures.ts'
import { TrustError } from '../../../src-main/trust/trust-error.ts'

const withCode = (code: string, message = code) => Object.assign(new Error(message), { code })
const unreachable = (how: string) => ({ kind: 'unreachable', what: 'server', how })
const unusable = (why: string) => ({ kind: 'unusable-certificate', why })

it.each([
  ['ECONNREFUSED', unreachable('refused')],
  ['ENOTFOUND', unreachable('no-such-host')],
  ['EAI_AGAIN', unreachable('no-such-host')],
  ['EHOSTUNREACH', unreachable('no-route')],
  ['ENETUNREACH', unreachable('no-route')],
  ['ETIMEDOUT', unreachable('timeout')],
  ['UND_ERR_CONNECT_TIMEOUT', unreachable('timeout')],
  ['ECONNRESET', unreachable('reset')],
  ['UND_ERR_SOCKET', unreachable('reset')],
  ['UND_ERR_DESTROYED', unreachable('closed')],
  ['UND_ERR_HEADERS_OVERFLOW', { kind: 'bad-answer', call: 'GET /x', what: 'too-large' }],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', { kind: 'bad-answer', call: 'GET /x', what: 'shape' }],
  ['ERR_SSL_WRONG_VERSION_NUMBER', { kind: 'not-tls' }],
  ['ERR_SSL_HTTP_REQUEST', { kind: 'not-tls' }],
  ['ERR_SSL_KEY_USAGE_BIT_INCORRECT', unusable('key-usage')],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', unusable('old-tls')],
  ['ERR_SSL_UNSUPPORTED_PROTOCOL', unusable('old-tls')],
  ['ERR_SSL_EE_KEY_TOO_SMALL', unusable('weak-key')],
  ['ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', unreachable('reset')],
  ['ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL', unreachable('reset')],
  ['SOMETHING_ELSE', { kind: 'bug', message: 'SOMETHING_ELSE' }],
])('%s is told in words', (code, expected) => {
  expect(failureFrom(withCode(code), 'GET /x')).toEqual(expected)
})

it('older Nodes hide the reason in the message', () => {
  expect(failureFrom(withCode('EPROTO', 'ssl3_get_record:wrong version number'), '')).toEqual({ kind: 'not-tls' })
})

it('the code may lie a few causes deep', () => {
  const error = new TypeError('fetch failed', { cause: new Error('x', { cause: withCode('ECONNREFUSED') }) })
  expect(failureFrom(error, '')).toEqual(unreachable('refused'))
})

it.each([
  ['XP_TLS_NO_CERT', unusable('none')],
  ['XP_TLS_RESUMED', unusable('resumed')],
  ['XP_TLS_VERSION', unusable('old-tls')],
  ['XP_TLS_WEAK_KEY', unusable('weak-key')],
  ['XP_TLS_CHAIN', unusable('unknown-issuer')],
  ['XP_TLS_HOSTNAME', unusable('wrong-name')],
  ['XP_TLS_NOT_YET_VALID', unusable('not-yet-valid')],
  ['XP_TLS_EXPIRED', unusable('expired')],
  ['XP_TLS_PIN_MISMATCH', { kind: 'untrusted-certificate', fingerprint: 'aa', expected: ['bb'] }],
  ['XP_REPIN_MISMATCH', { kind: 'untrusted-certificate', fingerprint: 'aa', expected: ['bb'] }],
  ['XP_REDIRECT', { kind: 'bad-answer', call: 'GET /x', what: 'redirect' }],
  ['XP_ENCODING', { kind: 'bad-answer', call: 'GET /x', what: 'encoding' }],
  ['XP_CLOSED', unreachable('closed')],
  ['XP_ORIGIN', { kind: 'bug', message: 'a request left its origin' }],
] as const)('the verdict %s is told in words', (code, expected) => {
  expect(failureFrom(new TrustError(code, { got: 'aa', expected: ['bb'] }), 'GET /x')).toEqual(expected)
})

it('an authority that may not vouch for servers is told apart from an unknown one', () => {
  expect(failureFrom(new TrustError('XP_TLS_CHAIN', { cause: withCode('INVALID_PURPOSE') }), '')).toEqual(
    unusable('key-usage'),
  )
})

it('what is ours already stays as it is, and what is no error is a bug', () => {
  const ours = new AppError({ kind: 'not-pinned' })
  expect([asAppError(ours, '') === ours, failureFrom('thrown text with a Password', '')]).toEqual([
    true,
    { kind: 'bug', message: 'unknown error' },
  ])
})

it('A34: the bytes a parser choked on do not travel with the error', () => {
  const error = Object.assign(new Error('bad'), { name: 'HTTPParserError', data: 'Bearer abc' })
  const { failure, cause } = asAppError(error, 'GET /x')
  expect([failure, (cause as { data?: string }).data]).toEqual([
    { kind: 'bad-answer', call: 'GET /x', what: 'shape' },
    undefined,
  ])
})
