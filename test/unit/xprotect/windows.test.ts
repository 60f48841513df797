import { afterEach, describe, expect, it } from 'vitest'
import { startSimulator } from '../../simulator/start.ts'
import { pinnedOrigin, realSite } from './support/real-site.ts'
import { FakeGateway, formOf, html, json, tokenAnswer } from './support/fake-gateway.ts'
import { bench, failureIn, type Bench } from './support/site.ts'
import type { Answer } from '../../../src-main/xprotect/transport.ts'
import type { Failure } from '../../../src-preload/contract/failure.ts'

describe('a Windows user', () => {
  const WINDOWS = 'POST /IDP/connect/token'
  const ntlm = (status = 401): Answer => ({ status, headers: { 'www-authenticate': 'Negotiate, NTLM' }, text: '' })
  const windows = (answer?: Answer): { idp: FakeGateway; gateway: FakeGateway; made: Bench } => {
    const [idp, gateway] = [new FakeGateway(), new FakeGateway()]
    if (answer) idp.when(WINDOWS, answer)
    return { idp, gateway, made: bench({ gateway, idp, signIn: { kind: 'windows' } }) }
  }

  it('signs in by password at the identity provider itself', async () => {
    const { idp, gateway, made } = windows(tokenAnswer('t'))
    await made.server.signIn('HQ\\anna', 'secret')
    expect([idp.asked.map(formOf), gateway.lines.filter((line) => line.includes('token'))]).toEqual([
      [{ grant_type: 'password', client_id: 'VmsClient', username: 'HQ\\anna', password: 'secret' }],
      [],
    ])
  })

  it.each<[string, Answer, Failure]>([
    ['wants NTLM', ntlm(), { kind: 'windows-sign-in-unsupported', why: 'wants-ntlm' }],
    [
      'says no to user and password',
      json({ error: 'invalid_grant', error_code: 'InvalidCredentials' }, 400),
      { kind: 'windows-sign-in-unsupported', why: 'refused' },
    ],
    ['has locked the account', json({ error: 'invalid_grant', error_code: 'LockedOut' }, 400), { kind: 'locked-out' }],
    ['is away', html(503), { kind: 'unreachable', what: 'sign-in', how: 'refused' }],
  ])('of a provider that %s is told so after one attempt', async (_what, answer, failure) => {
    const { idp, made } = windows(answer)
    expect([await failureIn(made.server.signIn('HQ\\anna', 'secret')), idp.lines.length]).toEqual([failure, 1])
  })

  it('of a profile without a provider is told so before anything is sent', async () => {
    const made = bench({ signIn: { kind: 'windows' } })
    expect([await failureIn(made.server.signIn('HQ\\anna', 'secret')), made.gateway.asked]).toEqual([
      { kind: 'windows-sign-in-unsupported', why: 'no-idp-origin' },
      [],
    ])
  })
})

describe('a Windows user of the simulator', () => {
  const closing: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  it.each(['separate', 'gateway'] as const)(
    'gets in at the provider, %s, and not through the gateway',
    async (where) => {
      const simulator = await startSimulator({ media: null, idp: where })
      closing.push(() => simulator.stop())
      const idp = pinnedOrigin(simulator.idp.origin, simulator.idp.sha256)
      const direct = realSite(simulator, undefined, { idp, signIn: { kind: 'windows' } })
      const through = realSite(simulator)
      closing.push(direct.close, through.close, () => idp.destroy(new Error('test over')))
      const { windowsUser, password } = simulator
      await direct.server.signIn(windowsUser, password)
      const groups = await direct.server.cameraGroups(new AbortController().signal)
      expect([groups.length > 0, await failureIn(through.server.signIn(windowsUser, password))]).toEqual([
        true,
        { kind: 'wrong-password' },
      ])
    },
  )
})
