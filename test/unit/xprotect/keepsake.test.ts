import { describe, expect, it } from 'vitest'
import { html, json, tokenAnswer } from './support/fake-gateway.ts'
import { failureIn } from './support/site.ts'
import { HOUR_MS, TOKEN, logins, use, site } from './support/signed-in.ts'
import { passwordKeepsake } from '../../../src-main/xprotect/means.ts'

describe('a keepsake', () => {
  it('of a session with a refresh token holds that token, the latest one, and no password', async () => {
    const made = site()
    await made.server.signIn('anna', 'canary-password')
    await made.clock.pass(0.85 * HOUR_MS)
    expect([JSON.parse(made.server.keepsake() ?? ''), made.keepsakes()]).toEqual([
      { by: 'refresh', client: 'VmsClient', refreshToken: 'refresh-2' },
      2,
    ])
  })

  it('of a session without one holds the password, and does not change', async () => {
    const made = site()
    made.gateway.when(TOKEN, tokenAnswer('plain'))
    await made.server.signIn('anna', 'canary-password')
    await made.clock.pass(3 * HOUR_MS)
    expect([JSON.parse(made.server.keepsake() ?? ''), made.keepsakes()]).toEqual([
      { by: 'password', password: 'canary-password' },
      1,
    ])
  })

  it('is gone when somebody signs out', async () => {
    const made = site()
    await made.server.signIn('anna', 'secret')
    await made.server.signOut()
    expect(made.server.keepsake()).toBeUndefined()
  })

  it('resumes the session in one attempt, as the same client, and the session goes on', async () => {
    const before = site()
    await before.server.signIn('anna', 'secret')
    const made = site()
    await made.server.resume('anna', before.server.keepsake()!)
    await use(made)
    await made.clock.pass(HOUR_MS)
    expect(logins(made).slice(0, 2)).toEqual([
      { grant_type: 'refresh_token', client_id: 'VmsClient', refresh_token: 'refresh-1' },
      { grant_type: 'refresh_token', client_id: 'VmsClient', refresh_token: 'refresh-1' },
    ])
    expect(made.secrets).toContain('refresh-1')
  })

  it('goes on with the same refresh token where the server gives no new one', async () => {
    const made = site()
    made.gateway.when(TOKEN, tokenAnswer('plain'))
    await made.server.resume('anna', JSON.stringify({ by: 'refresh', client: 'VmsClient', refreshToken: 'kept' }))
    await made.clock.pass(HOUR_MS)
    expect(logins(made).map((form) => form.refresh_token)).toEqual(['kept', 'kept'])
  })

  it('with a password signs in with it', async () => {
    const made = site()
    await made.server.resume('anna', passwordKeepsake('secret'))
    expect(logins(made).map((form) => [form.username, form.password])).toEqual([['anna', 'secret']])
  })

  it.each([
    [json({ error: 'invalid_grant' }, 400), { kind: 'signed-out' }],
    [json({ error: 'invalid_client' }, 400), { kind: 'refused', call: 'sign-in', status: 400, text: 'invalid_client' }],
    [html(503), { kind: 'unreachable', what: 'sign-in', how: 'refused' }],
  ])('refused is one attempt', async (answer, failure) => {
    const made = site()
    made.gateway.when(TOKEN, answer)
    const keepsake = JSON.stringify({ by: 'refresh', client: 'VmsClient', refreshToken: 'old' })
    const got = await failureIn(made.server.resume('anna', keepsake))
    await made.clock.pass(24 * HOUR_MS)
    expect([got, logins(made).length]).toEqual([failure, 1])
  })

  it.each(['', 'null', '{', '{"by":"refresh"}', '{"by":"password","password":""}'])(
    'that makes no sense (%j) asks the person, and nothing is sent',
    async (keepsake) => {
      const made = site()
      expect([await failureIn(made.server.resume('anna', keepsake)), made.gateway.asked]).toEqual([
        { kind: 'signed-out' },
        [],
      ])
    },
  )
})
