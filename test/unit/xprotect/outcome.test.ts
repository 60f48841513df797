import { describe, expect, it } from 'vitest'
import { AppError, type Failure } from '../../../src-preload/contract/failure.ts'
import { Http } from '../../../src-main/xprotect/http.ts'
import { attempted, type Outcome } from '../../../src-main/xprotect/outcome.ts'
import type { Token, Tokens } from '../../../src-main/xprotect/sign-in.ts'
import { FakeClock } from './support/fake-clock.ts'
import { FakeGateway, html, json, text } from './support/fake-gateway.ts'
import { listLog } from './support/site.ts'

const never = new AbortController().signal
const word = (outcome: Outcome<unknown>): string => (outcome.is === 'rejected' ? outcome.why : outcome.is)

const token = (value: string) => ({ value }) as Token
const alive: Tokens = { current: async () => token('a'), replace: async () => undefined, accepted: () => undefined }

function sending(gateway: FakeGateway, tokens = alive, signal = never): Promise<Outcome<void>> {
  const http = new Http({ transport: gateway, tokens, clock: new FakeClock(), log: listLog() })
  return attempted(() => http.send('POST', 'events', { type: 'x' }, { signal }), signal)
}

const gone: Failure = { kind: 'unreachable', what: 'server', how: 'reset' }
const refused = { kind: 'unreachable', what: 'server', how: 'refused' } as const
const impostor: Failure = { kind: 'untrusted-certificate', fingerprint: 'a', expected: ['b'] }

describe('an attempt is known by what came of it', () => {
  it.each([
    ['202', json({}, 202), 'done'],
    ['400 is a no', json({ error: { details: [{ errorText: 'no' }] } }, 400), 'refused'],
    ['401 without another token is a no', text('', 401), 'refused'],
    ['403 is a no', json({}, 403), 'refused'],
    ['404 of the service is a no', json({}, 404), 'refused'],
    ['409 is a no', json({}, 409), 'refused'],
    ['429 asks for another time', text('', 429), 'later'],
    ['503 asks for another time', text('', 503), 'later'],
    ['408 leaves open what was done', text('', 408), 'unknown'],
    ['500 leaves open what was done', json({}, 500), 'unknown'],
    ['502 leaves open what was done', html(502), 'unknown'],
    ['504 leaves open what was done', html(504), 'unknown'],
    ['a cut line leaves open what was done', gone, 'unknown'],
    ['a site shut while the request was under way leaves open what was done', impostor, 'unknown'],
  ] as const)('%s', async (_, reply, expected) => {
    const outcome = await sending(new FakeGateway().when('POST /api/rest/v1/events', reply))
    expect(word(outcome)).toBe(expected)
  })

  it.each([
    ['a refused connection', refused],
    ['a shut gate', impostor],
    ['a deadline before the connection stood', { kind: 'unreachable', what: 'server', how: 'timeout' }],
  ] as const)('%s is known not to have left', async (_, failure) => {
    const gateway = new FakeGateway().when('POST /api/rest/v1/events', () => {
      throw new AppError(failure, { unsent: true })
    })
    expect(await sending(gateway)).toEqual({ is: 'not-sent', because: failure })
  })

  it('without a token nothing leaves, whatever the provider said or did not say', async () => {
    const gateway = new FakeGateway()
    const current = async () => Promise.reject<Token>(new AppError(gone))
    expect([await sending(gateway, { ...alive, current }), gateway.lines]).toEqual([
      { is: 'not-sent', because: gone },
      [],
    ])
  })

  it('a 401 did nothing, so that a provider that is away leaves the command unsent', async () => {
    const gateway = new FakeGateway().when('POST /api/rest/v1/events', text('', 401))
    const replace = async () => Promise.reject<Token>(new AppError(gone))
    expect(await sending(gateway, { ...alive, replace })).toEqual({ is: 'not-sent', because: gone })
  })

  it('a 401 and then a lost line leave open what was done', async () => {
    const gateway = new FakeGateway().when('POST /api/rest/v1/events', ({ headers }) =>
      headers?.['authorization'] === 'Bearer a' ? text('', 401) : gone,
    )
    expect(await sending(gateway, { ...alive, replace: async () => token('b') })).toEqual({
      is: 'unknown',
      because: gone,
    })
  })

  it('given up before it began, it asks nothing', async () => {
    const gateway = new FakeGateway()
    const outcome = await sending(gateway, alive, AbortSignal.abort())
    expect([outcome.is, gateway.lines]).toEqual(['not-sent', []])
  })

  it('an answer that makes no sense leaves open what was done', async () => {
    const outcome = await attempted(async () => {
      throw new AppError({ kind: 'bad-answer', call: 'bookmarks', what: 'shape' })
    })
    expect(outcome.is).toBe('unknown')
  })

  it('a command is never sent twice by itself', async () => {
    const gateway = new FakeGateway().when('POST /api/rest/v1/events', gone)
    await sending(gateway)
    expect(gateway.count(/events/)).toBe(1)
  })
})
