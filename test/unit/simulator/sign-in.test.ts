import { createRemoteJWKSet, customFetch, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../simulator/start.ts'
import { clientOf, type Client } from './client.ts'

let simulator: Simulator
let client: Client
beforeEach(async () => {
  simulator = await startSimulator({ media: null, keyType: 'ec' })
  client = clientOf(simulator)
})
afterEach(async () => {
  await client.close()
  await simulator.stop()
})

const sites = '/api/rest/v1/sites'

it('a basic user gets an access token and no refresh token from GrantValidatorClient', async () => {
  const answer = await client.signIn()
  expect([answer.status, answer.json()]).toEqual([
    200,
    { access_token: expect.any(String) as string, expires_in: 3600, token_type: 'Bearer', scope: 'managementserver' },
  ])
})

it('the token says what a real one says, and its signature is good', async () => {
  const token = await client.token()
  const idp = `${simulator.gateway}/IDP`
  const now = Math.floor(Date.now() / 1000)
  expect(decodeProtectedHeader(token)).toEqual({
    alg: 'RS256',
    kid: expect.stringMatching(/^[0-9A-F]{32}$/) as string,
    typ: 'JWT',
  })
  const claims = decodeJwt(token)
  expect(claims).toMatchObject({
    iss: idp,
    aud: ['managementserver', `${idp}/resources`],
    scope: ['managementserver'],
    amr: ['pwd'],
    client_id: 'GrantValidatorClient',
    sub: expect.stringMatching(/^[0-9A-F-]{36}$/) as string,
    idp: 'local',
    name: 'operator',
    jti: expect.any(String) as string,
  })
  expect(Math.abs(claims.exp! - now - 3600)).toBeLessThanOrEqual(2)
  const discovery = (await client.ask('GET', '/IDP/.well-known/openid-configuration')).json()
  const keys = createRemoteJWKSet(new URL(String(discovery['jwks_uri'])), {
    [customFetch]: async (url) => {
      const answer = await client.ask('GET', new URL(url).pathname)
      return new Response(answer.text, { status: answer.status })
    },
  })
  await expect(jwtVerify(token, keys, { issuer: idp })).resolves.toBeDefined()
})

it('VmsClient gets a refresh token that works once, and its successor works next', async () => {
  const refresh = (token: unknown) =>
    client.ask('POST', '/API/IDP/connect/token', {
      form: { grant_type: 'refresh_token', client_id: 'VmsClient', refresh_token: String(token) },
    })
  const first = (await client.signIn({ client_id: 'VmsClient' })).json()
  const second = await refresh(first['refresh_token'])
  expect(second.status).toBe(200)
  const again = await refresh(first['refresh_token'])
  expect([again.status, again.json()]).toEqual([400, { error: 'invalid_grant' }])
  expect((await refresh(second.json()['refresh_token'])).status).toBe(200)
})

it('a revoked refresh token is dead', async () => {
  const { refresh_token: token } = (await client.signIn({ client_id: 'VmsClient' })).json()
  await client.ask('POST', '/IDP/connect/revocation', { form: { token: String(token), client_id: 'VmsClient' } })
  const answer = await client.ask('POST', '/IDP/connect/token', {
    form: { grant_type: 'refresh_token', client_id: 'VmsClient', refresh_token: String(token) },
  })
  expect(answer.status).toBe(400)
})

it('a wrong password is 400 with InvalidCredentials', async () => {
  const answer = await client.signIn({ password: 'wrong' })
  expect([answer.status, answer.json()]).toEqual([
    400,
    {
      error: 'invalid_grant',
      error_description: 'Invalid username or password',
      error_code: 'InvalidCredentials',
    },
  ])
})

it('the fifth wrong password in a row locks the account, for the right one too', async () => {
  const codes: unknown[] = []
  for (let attempt = 1; attempt <= 5; attempt++) {
    codes.push((await client.signIn({ password: `wrong ${attempt}` })).json()['error_code'])
  }
  codes.push((await client.signIn()).json()['error_code'])
  const wrong = 'InvalidCredentials'
  expect(codes).toEqual([wrong, wrong, wrong, wrong, 'LockedOut', 'LockedOut'])
  await simulator.act({ do: 'unlock-users' })
  expect((await client.signIn()).status).toBe(200)
})

it('users are locked out and let in again from outside', async () => {
  await simulator.act({ do: 'lock-users' })
  const during = await client.signIn()
  await simulator.act({ do: 'unlock-users' })
  const after = await client.signIn()
  expect([during.status, during.text.includes('LockedOut'), after.status]).toEqual([400, true, 200])
})

it('a newcomer must change the password first', async () => {
  expect((await client.signIn({ username: 'newcomer' })).json()['error_code']).toBe('ChangePassword')
})

it('Windows credentials are refused on the gateway path and asked for at the provider itself', async () => {
  const form = { grant_type: 'windows_credentials', client_id: 'GrantValidatorClient' }
  const through = await client.ask('POST', '/API/IDP/connect/token', { form })
  const direct = await client.ask('POST', '/IDP/connect/token', { form })
  expect([through.status, direct.status, direct.headers['www-authenticate']]).toEqual([400, 401, ['Negotiate', 'NTLM']])
})

it('unknown clients, unknown grants and JSON bodies are refused in the words of OAuth', async () => {
  const answers = [
    await client.signIn({ client_id: 'Somebody' }),
    await client.signIn({ grant_type: 'guess' }),
    await client.ask('POST', '/API/IDP/connect/token', { body: { grant_type: 'password' } }),
  ]
  expect(answers.map(({ status, json }) => [status, json()['error']])).toEqual([
    [400, 'invalid_client'],
    [400, 'unsupported_grant_type'],
    [400, 'invalid_request'],
  ])
})

it('no token, a made-up token and a token without the word Bearer are 401', async () => {
  const token = await client.token()
  const answers = [
    await client.ask('GET', sites),
    await client.ask('GET', sites, { token: 'made.up.token' }),
    await client.ask('GET', sites, { headers: { authorization: token } }),
    await client.ask('GET', sites, { token }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 200])
})

it('tokens die when they are expired from outside, and a new sign-in helps', async () => {
  const token = await client.token()
  await simulator.act({ do: 'expire-tokens' })
  expect((await client.ask('GET', sites, { token })).status).toBe(401)
  expect((await client.ask('GET', sites, { token: await client.token() })).status).toBe(200)
})

it('a Windows user is signed in at the provider itself and unknown to the gateway', async () => {
  const form = {
    grant_type: 'password',
    client_id: 'GrantValidatorClient',
    username: simulator.windowsUser,
    password: simulator.password,
  }
  const through = await client.ask('POST', '/API/IDP/connect/token', { form })
  const direct = await client.ask('POST', '/IDP/connect/token', { form })
  expect([through.status, through.json()['error_code'], direct.status]).toEqual([400, 'InvalidCredentials', 200])
  expect(decodeJwt(String(direct.json()['access_token']))['name']).toBe('CONTROL\\guard')
})

it('access tokens are taken back while refresh tokens stay, and nothing stays where that is asked', async () => {
  const refresh = (token: unknown) =>
    client.ask('POST', '/API/IDP/connect/token', {
      form: { grant_type: 'refresh_token', client_id: 'VmsClient', refresh_token: String(token) },
    })
  const first = (await client.signIn({ client_id: 'VmsClient' })).json()
  await simulator.act({ do: 'expire-tokens' })
  expect((await client.ask('GET', sites, { token: String(first['access_token']) })).status).toBe(401)
  const second = await refresh(first['refresh_token'])
  expect((await client.ask('GET', sites, { token: String(second.json()['access_token']) })).status).toBe(200)
  await simulator.act({ do: 'expire-tokens', refreshToo: true })
  expect((await refresh(second.json()['refresh_token'])).status).toBe(400)
})

it('counts logins and refreshes apart, tried and given', async () => {
  const { refresh_token: token } = (await client.signIn({ client_id: 'VmsClient' })).json()
  await client.signIn({ password: 'wrong' })
  for (let attempt = 1; attempt <= 2; attempt++) {
    await client.ask('POST', '/API/IDP/connect/token', {
      form: { grant_type: 'refresh_token', client_id: 'VmsClient', refresh_token: String(token) },
    })
  }
  const { loginsTried, loginsGranted, refreshesTried, refreshesGranted, tokensIssued } = simulator.state()
  expect({ loginsTried, loginsGranted, refreshesTried, refreshesGranted, tokensIssued }).toEqual({
    loginsTried: 2,
    loginsGranted: 1,
    refreshesTried: 2,
    refreshesGranted: 1,
    tokensIssued: 2,
  })
})
