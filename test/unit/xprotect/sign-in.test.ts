import { describe, expect, it } from 'vitest'
import { FakeGateway, formOf, html, json, text, tokenAnswer } from './support/fake-gateway.ts'
import { bench, failureIn } from './support/site.ts'
import { HOUR_MS, TOKEN, bearers, logins, revoke, use, site } from './support/signed-in.ts'
import { settled } from './support/fake-clock.ts'
import type { Answer } from '../../../src-main/xprotect/transport.ts'
import type { Failure } from '../../../src-preload/contract/failure.ts'

describe('signing in', () => {
  it('asks as VmsClient, and afterwards nothing keeps the password', async () => {
    const made = site()
    await made.server.signIn('anna', 'canary-password')
    await made.clock.pass(HOUR_MS)
    expect(logins(made).slice(0, 2)).toEqual([
      { grant_type: 'password', client_id: 'VmsClient', username: 'anna', password: 'canary-password' },
      { grant_type: 'refresh_token', client_id: 'VmsClient', refresh_token: 'refresh-1' },
    ])
  })

  it('goes on as GrantValidatorClient where the server does not know VmsClient', async () => {
    const made = site()
    made.gateway.when(TOKEN, (exchange) =>
      formOf(exchange).client_id === 'VmsClient' ? json({ error: 'invalid_client' }, 400) : tokenAnswer('plain'),
    )
    await made.server.signIn('anna', 'secret')
    await use(made)
    expect([logins(made).map((form) => form.client_id), bearers(made)]).toEqual([
      ['VmsClient', 'GrantValidatorClient'],
      ['Bearer plain'],
    ])
  })

  it('begins with the client the profile names', async () => {
    const made = bench({ signIn: { kind: 'basic', client: 'GrantValidatorClient' } })
    const { gateway } = made
    const server = made.server
    await server.signIn('anna', 'secret')
    expect([gateway.count(/token/), made.secrets.length]).toEqual([1, 2])
  })

  it.each<[string, object]>([
    ['a wrong password', { error: 'invalid_grant', error_code: 'InvalidCredentials' }],
    [
      'a wrong password in the words of an unknown client',
      { error: 'invalid_client', error_code: 'InvalidCredentials' },
    ],
    ['a lock-out in the words of an unknown client', { error: 'unauthorized_client', error_code: 'LockedOut' }],
    ['a code nobody knows', { error: 'invalid_client', error_code: 'AccountExpired' }],
    ['invalid_grant alone', { error: 'invalid_grant' }],
    ['no word at all', {}],
  ])('asks as no second client after %s', async (_what, body) => {
    for (const client of ['VmsClient', 'GrantValidatorClient'] as const) {
      const gateway = new FakeGateway()
      gateway.when(TOKEN, json(body, 400))
      const made = bench({ gateway, signIn: { kind: 'basic', client } })
      await failureIn(made.server.signIn('anna', 'wrong'))
      expect(gateway.asked.map((exchange) => formOf(exchange).client_id)).toEqual([client])
    }
  })

  it('goes straight to the identity provider where it has a host of its own', async () => {
    const made = site()
    const idp = site()
    idp.gateway.when('POST /IDP/connect/token', tokenAnswer('direct'))
    const apart = bench({ gateway: made.gateway, idp: idp.gateway })
    await apart.server.signIn('anna', 'secret')
    expect([made.gateway.lines, idp.gateway.lines]).toEqual([[], ['POST /IDP/connect/token']])
  })

  it.each<[string, Answer, Failure]>([
    [
      'a wrong password',
      json({ error: 'invalid_grant', error_code: 'InvalidCredentials' }, 400),
      { kind: 'wrong-password' },
    ],
    ['a locked account', json({ error: 'invalid_grant', error_code: 'LockedOut' }, 400), { kind: 'locked-out' }],
    ['a password to be changed', json({ error_code: 'ChangePassword' }, 400), { kind: 'must-change-password' }],
    ['invalid_grant without a code', json({ error: 'invalid_grant' }, 400), { kind: 'wrong-password' }],
    ['401 instead of 400', json({ error: 'invalid_grant', error_code: 'LockedOut' }, 401), { kind: 'locked-out' }],
    ['a web page', html(404), { kind: 'bad-answer', call: 'sign-in', what: 'html' }],
    ['a web page that says 200', html(200), { kind: 'bad-answer', call: 'sign-in', what: 'html' }],
    [
      'no JSON',
      text('{"access_token":', 200, 'application/json'),
      { kind: 'bad-answer', call: 'sign-in', what: 'not-json' },
    ],
    ['503', html(503), { kind: 'unreachable', what: 'sign-in', how: 'refused' }],
    ['504', html(504), { kind: 'unreachable', what: 'sign-in', how: 'timeout' }],
    ['429', html(429), { kind: 'busy', status: 429 }],
  ])('that meets %s is tried exactly once', async (_what, answer, failure) => {
    const made = site()
    made.gateway.when(TOKEN, answer)
    const got = await failureIn(made.server.signIn('anna', 'secret'))
    await made.clock.pass(24 * HOUR_MS)
    expect([got, logins(made).length, await failureIn(use(made))]).toEqual([failure, 1, { kind: 'signed-out' }])
  })

  it('with a wrong password, asked for 50 times at once, is one attempt', async () => {
    const made = site()
    made.gateway.when(TOKEN, json({ error: 'invalid_grant', error_code: 'InvalidCredentials' }, 400))
    const tries = Array.from({ length: 50 }, () => failureIn(made.server.signIn('anna', 'wrong')))
    expect([new Set((await Promise.all(tries)).map((f) => f?.kind)), logins(made).length]).toEqual([
      new Set(['wrong-password']),
      1,
    ])
  })

  const good = { access_token: 'a', expires_in: 3600, token_type: 'Bearer' }
  it.each<[string, unknown]>([
    ['no token', { ...good, access_token: undefined }],
    ['a number for a token', { ...good, access_token: 7 }],
    ['a token with a line break', { ...good, access_token: 'a\r\nX-Evil: 1' }],
    ['a token of a megabyte', { ...good, access_token: 'a'.repeat(1_000_000) }],
    ['an empty token', { ...good, access_token: '' }],
    ['no life', { ...good, expires_in: 0 }],
    ['a negative life', { ...good, expires_in: -1 }],
    ['a life as text', { ...good, expires_in: '3600' }],
    ['a life without end', { ...good, expires_in: 1e308 }],
    ['another kind of token', { ...good, token_type: 'mac' }],
    ['a refresh token with a line break', { ...good, refresh_token: 'a\nb' }],
    ['a list', []],
    ['null', null],
  ])('refuses an answer with %s', async (_what, body) => {
    const made = site()
    made.gateway.when(TOKEN, json(body))
    expect(await failureIn(made.server.signIn('anna', 'secret'))).toEqual({
      kind: 'bad-answer',
      call: 'sign-in',
      what: 'shape',
    })
  })
})

describe('a token', () => {
  it('is fetched anew at four fifths of its life, once, by its refresh token', async () => {
    const made = site()
    await made.server.signIn('anna', 'secret')
    await made.clock.pass(0.77 * HOUR_MS)
    const before = logins(made).length
    await made.clock.pass(0.06 * HOUR_MS)
    await use(made)
    expect([before, logins(made).length, bearers(made)]).toEqual([1, 2, ['Bearer token-2']])
  })

  it('is fetched with the latest refresh token each time', async () => {
    const made = site()
    await made.server.signIn('anna', 'secret')
    for (let hour = 0; hour < 3; hour++) await made.clock.pass(HOUR_MS)
    expect(
      logins(made)
        .slice(1)
        .map((form) => form.refresh_token),
    ).toEqual(['refresh-1', 'refresh-2', 'refresh-3'])
  })

  it('revoked while 36 calls are under way is replaced once, and all of them succeed', async () => {
    const made = site()
    await made.server.signIn('anna', 'secret')
    await use(made)
    revoke(made)
    const outcomes = await Promise.all(Array.from({ length: 36 }, () => failureIn(use(made))))
    expect([outcomes.filter(Boolean), logins(made).length]).toEqual([[], 2])
  })

  it('expired while 36 calls begin is replaced once', async () => {
    const made = site()
    await made.server.signIn('anna', 'secret')
    made.clock.wallMs += 2 * HOUR_MS // slept: the alarm did not ring
    await Promise.all(Array.from({ length: 36 }, () => use(made)))
    expect([logins(made).length, new Set(bearers(made))]).toEqual([2, new Set(['Bearer token-2'])])
  })

  it('counts its age by whichever clock says more', async () => {
    const made = site()
    await made.server.signIn('anna', 'secret')
    made.clock.wallMs -= 24 * HOUR_MS
    await use(made)
    const stepped = logins(made).length
    await made.clock.pass(HOUR_MS)
    await use(made)
    expect([stepped, logins(made).length]).toEqual([1, 2])
  })

  it('serves to its end while the identity provider is away, and is renewed when it is back', async () => {
    const made = site()
    await made.server.signIn('anna', 'secret')
    let isAway = true
    made.gateway.when(TOKEN, () => (isAway ? { kind: 'unreachable', what: 'server', how: 'refused' } : undefined))
    await made.clock.pass(0.9 * HOUR_MS)
    const during = await failureIn(use(made))
    await made.clock.pass(0.2 * HOUR_MS)
    const after = await failureIn(use(made))
    isAway = false
    await made.clock.pass(10_000)
    expect([during, after?.kind, await failureIn(use(made)), made.signedOut]).toEqual([
      undefined,
      'unreachable',
      undefined,
      [],
    ])
  })

  it('that is not renewed yet is asked for every few seconds, not at every call', async () => {
    const made = site()
    await made.server.signIn('anna', 'secret')
    made.gateway.when(TOKEN, html(503))
    await made.clock.pass(0.85 * HOUR_MS)
    const before = logins(made).length
    for (let call = 0; call < 50; call++) await use(made)
    expect(logins(made).length).toBe(before)
  })

  it('refused for good ends the session, is told once, and is never asked for again', async () => {
    const made = site()
    await made.server.signIn('anna', 'secret')
    made.gateway.when(TOKEN, json({ error: 'invalid_grant' }, 400))
    await made.clock.pass(24 * HOUR_MS)
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => failureIn(use(made))))
    expect([made.signedOut, logins(made).length, new Set(outcomes.map((f) => f?.kind))]).toEqual([
      [{ kind: 'signed-out' }],
      2,
      new Set(['signed-out']),
    ])
  })

  it('without a refresh token is fetched by password, and a password refused then is not tried twice', async () => {
    const made = site()
    let isChanged = false
    made.gateway.when(TOKEN, () =>
      isChanged ? json({ error: 'invalid_grant', error_code: 'InvalidCredentials' }, 400) : tokenAnswer('plain'),
    )
    await made.server.signIn('anna', 'secret')
    await made.clock.pass(HOUR_MS)
    isChanged = true
    await made.clock.pass(24 * HOUR_MS)
    expect([made.signedOut, logins(made).map((form) => form.password)]).toEqual([
      [{ kind: 'wrong-password' }],
      ['secret', 'secret', 'secret'],
    ])
  })

  it('refused even when it is new is not replaced over and over', async () => {
    const made = site()
    await made.server.signIn('anna', 'secret')
    made.gateway.when(/ \/api\/rest\//, text('Unauthorized', 401))
    for (let call = 0; call < 20; call++) await failureIn(use(made))
    expect(logins(made).length).toBe(2)
  })
})

describe('signing out', () => {
  it('forgets everything: no call, no alarm and no answer under way brings the session back', async () => {
    const made = site()
    await made.server.signIn('anna', 'secret')
    await made.server.signOut()
    await made.clock.pass(24 * HOUR_MS)
    expect([await failureIn(use(made)), logins(made).length, made.signedOut]).toEqual([{ kind: 'signed-out' }, 1, []])
  })

  it('while signing in leaves nobody signed in', async () => {
    const made = site()
    const slow = Promise.withResolvers<Answer>()
    made.gateway.when(TOKEN, () => slow.promise)
    const signing = failureIn(made.server.signIn('anna', 'secret'))
    await settled()
    await made.server.signOut()
    slow.resolve(tokenAnswer('late'))
    expect([await signing, await failureIn(use(made))]).toEqual([{ kind: 'signed-out' }, { kind: 'signed-out' }])
  })

  it('while the token is renewed leaves nobody signed in', async () => {
    const made = site()
    await made.server.signIn('anna', 'secret')
    const slow = Promise.withResolvers<Answer>()
    made.gateway.when(TOKEN, () => slow.promise)
    await made.clock.pass(0.85 * HOUR_MS)
    await made.server.signOut()
    slow.resolve(tokenAnswer('late'))
    await settled()
    expect([await failureIn(use(made)), made.signedOut]).toEqual([{ kind: 'signed-out' }, []])
  })
})

it('neither password nor token is ever in the log', async () => {
  const made = site()
  await made.server.signIn('anna', 'canary-password')
  revoke(made)
  await failureIn(use(made))
  made.gateway.when(TOKEN, json({ error: 'canary-password refresh-2 token-2' }, 400))
  await made.clock.pass(24 * HOUR_MS)
  expect(made.log.lines.join('\n')).not.toMatch(/canary|refresh-\d|token-\d/)
})
