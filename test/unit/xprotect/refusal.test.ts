import { describe, expect, it } from 'vitest'
import { nameOf, pauseBeforeRetry, refusalOf } from '../../../src-main/xprotect/refusal.ts'
import type { Answer } from '../../../src-main/xprotect/transport.ts'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import { html, json, text } from './support/fake-gateway.ts'

const details = { httpCode: 400, details: [{ errorText: 'Bad request: Unknown request' }] }
const wide = '{  "error" : {  "httpCode" : 404,  "details" :  [ {  "errorText" : "Unknown resource: recordings" } ] } }'
const aggregate = 'System.AggregateException: One or more errors occurred.\r\n ---> System.Exception: No such camera'
const refused = (status: number, sentence: string): Failure => ({ kind: 'refused', call: 'c', status, text: sentence })

describe('what an answer that is not a good one means', () => {
  it.each<[string, Answer, Failure | undefined]>([
    ['a good answer', json({}), undefined],
    ['202 is good too', json({}, 202), undefined],
    ['wrapped error', text(wide, 404), { kind: 'not-found', what: 'Unknown resource: recordings' }],
    [
      'wrapped error, status as text',
      json({ error: { ...details, httpCode: '400' } }, 400),
      refused(400, 'Bad request: Unknown request'),
    ],
    ['bare error', json(details, 400), refused(400, 'Bad request: Unknown request')],
    [
      'token endpoint error',
      json({ error: 'invalid_request', error_description: 'No grant' }, 400),
      refused(400, 'No grant'),
    ],
    [
      'plain text with the cause in brackets',
      text('One or more errors occurred. (No such camera)', 500),
      refused(500, 'No such camera'),
    ],
    [
      'plain text with the cause after an arrow',
      text(aggregate, 500),
      refused(500, 'System.Exception: No such camera'),
    ],
    ['stack traces are skipped', text('Boom\r\n   at X.Y()\r\n   at Z.W()', 500), refused(500, 'Boom')],
    ['empty body', text('', 500), refused(500, '')],
    ['JSON without any sentence', json({ a: 1 }, 400), refused(400, '')],
    ['a JSON string', json('No such camera', 400), refused(400, 'No such camera')],
    ['HTML says nothing a person should read', html(500), refused(500, '')],
    ['a web page in place of the service', html(404), { kind: 'bad-answer', call: 'c', what: 'html' }],
    ['404 without a word', text('', 404), { kind: 'not-found', what: 'c' }],
    ['403', json(details, 403), { kind: 'forbidden' }],
    ['502 in HTML', html(502), { kind: 'busy', status: 502 }],
    ['302', text('', 302), { kind: 'bad-answer', call: 'c', what: 'redirect' }],
    ['control characters are cleaned', text('No\u0000 such\ncamera \u202e', 400), refused(400, 'camera')],
    ['a long sentence is cut', text('x'.repeat(1_000_000), 400), refused(400, 'x'.repeat(200))],
  ])('%s', (_name, answer, failure) => {
    expect(refusalOf(answer, 'c')).toEqual(failure)
  })
})

it.each([
  ['3600', 60_000],
  ['5', 5000],
  ['0', 0],
  ['-1', undefined],
  ['abc', undefined],
  ['1e9', undefined],
  ['999999999', 60_000],
  ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
])('Retry-After: %s is heard as %s ms', (header, retryAfterMs) => {
  const answer = { status: 503, headers: { 'retry-after': header }, text: '' }
  expect(refusalOf(answer, 'c')).toEqual({
    kind: 'busy',
    status: 503,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
})

it('a call is named without ids and query, so that nothing private gets into failures and logs', () => {
  expect(nameOf('/api/rest/v1/cameras/D47FAABB-0000-4000-8000-000000000001/streams?name=secret')).toBe(
    'cameras/{id}/streams',
  )
})

describe('a read is tried again', () => {
  const lost: Failure = { kind: 'unreachable', what: 'server', how: 'reset' }
  it('soon, then later, then not at all', () => {
    expect([0, 1, 2].map((attempt) => pauseBeforeRetry(lost, attempt, 1))).toEqual([250, 1000, undefined])
  })
  it.each<[string, Failure, number | undefined]>([
    ['after a short Retry-After', { kind: 'busy', status: 503, retryAfterMs: 3000 }, 3000],
    ['not after a long one', { kind: 'busy', status: 503, retryAfterMs: 60_000 }, undefined],
    ['not when nobody listens there', { kind: 'unreachable', what: 'server', how: 'refused' }, undefined],
    ['not when it was slow', { kind: 'unreachable', what: 'server', how: 'timeout' }, undefined],
    ['not when it was refused', { kind: 'forbidden' }, undefined],
    [
      'not when the server is not the agreed one',
      { kind: 'untrusted-certificate', fingerprint: '', expected: [] },
      undefined,
    ],
  ])('%s', (_when, because, pauseMs) => {
    expect(pauseBeforeRetry(because, 0, 1)).toBe(pauseMs)
  })
})
