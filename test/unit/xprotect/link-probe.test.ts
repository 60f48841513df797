import { describe, expect, it } from 'vitest'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import { settled } from './support/fake-clock.ts'
import { json, tokenAnswer } from './support/fake-gateway.ts'
import { bench, failureIn, type Bench } from './support/site.ts'

const PROBE = /GET \/api\/rest\/v1\/sites/
const gone: Failure = { kind: 'unreachable', what: 'server', how: 'refused' }
const impostor: Failure = { kind: 'untrusted-certificate', fingerprint: 'x', expected: [] }
const never = new AbortController().signal

/** Signed in, with a server that then does not answer. */
async function down(because: Failure = gone): Promise<Bench> {
  const made = bench()
  await made.server.signIn('anna', 'secret')
  made.gateway.when(/ \/api\/rest\//, because)
  await failureIn(made.server.cameraGroups(never))
  return made
}
const states = ({ links }: Bench): string[] => links.map(({ is }) => is)

describe('a link that is down', () => {
  it('is asked after every five to ten seconds, and seen as soon as it is back, without anybody trying', async () => {
    const made = await down()
    await made.clock.pass(4_900)
    const atOnce = made.gateway.count(PROBE)
    await made.clock.pass(95_000)
    const inVain = made.gateway.count(PROBE)
    made.gateway.when(PROBE, json({ array: [] }))
    await made.clock.pass(10_000)
    const found = made.gateway.count(PROBE)
    await made.clock.pass(60_000)
    expect(atOnce).toBe(0)
    expect(inVain).toBeGreaterThanOrEqual(9)
    expect(inVain).toBeLessThanOrEqual(20)
    expect([states(made), found - inVain, made.gateway.count(PROBE) - found]).toEqual([['up', 'down', 'up'], 1, 0])
  })

  it('is not asked after once somebody signed out', async () => {
    const made = await down()
    await made.server.signOut()
    await made.clock.pass(60_000)
    expect(made.gateway.count(PROBE)).toBe(0)
  })

  it('is not asked after where the server is not the agreed one, until the trust room has it back', async () => {
    const made = await down(impostor)
    await made.clock.pass(60_000)
    const once = made.gateway.count(PROBE)
    made.gateway.when(PROBE, json({ array: [] }))
    made.server.renew()
    await made.clock.pass(2_000)
    expect([once, made.links.at(-1)?.is]).toEqual([1, 'up'])
  })

  it('that comes and goes is asked after less and less often', async () => {
    const made = await down()
    made.gateway.when(PROBE, json({ array: [] }))
    for (let minute = 0; minute < 10; minute++) {
      await made.clock.pass(60_000)
      await failureIn(made.server.cameraGroups(never))
      for (let again = 0; again < 5; again++) {
        await made.clock.pass(10_000)
        await failureIn(made.server.cameraGroups(never))
      }
    }
    expect(made.gateway.count(PROBE)).toBeLessThan(40)
  })
})

describe('renewing', () => {
  it('looks at the link in a second or two, and replaces a token that ran out during sleep', async () => {
    const made = bench()
    await made.server.signIn('anna', 'secret')
    made.gateway.when(PROBE, json({ array: [] }))
    made.clock.wallMs += 8 * 3_600_000
    made.server.renew()
    await made.clock.pass(2_000)
    expect([made.gateway.count(/connect.token/), made.gateway.count(PROBE), states(made)]).toEqual([
      ...[2, 1],
      ['up', 'up'],
    ])
  })

  it('asks for no token while the old one lives, and for nothing where nobody is signed in', async () => {
    const made = bench()
    made.server.renew()
    await made.clock.pass(5_000)
    const before = made.gateway.lines.length
    await made.server.signIn('anna', 'secret')
    made.server.renew()
    await made.clock.pass(5_000)
    expect([before, made.gateway.count(/connect.token/)]).toEqual([0, 1])
  })

  it('ends nobody whose token cannot be renewed for want of a network', async () => {
    const made = bench()
    await made.server.signIn('anna', 'secret')
    made.gateway.when('POST /API/IDP/connect/token', gone)
    made.clock.wallMs += 8 * 3_600_000
    made.server.renew()
    await made.clock.pass(2_000)
    const then = made.signedOut.length
    made.gateway.when('POST /API/IDP/connect/token', tokenAnswer('next')).when(PROBE, json({ array: [] }))
    await made.clock.pass(20_000)
    await settled()
    expect([then, made.signedOut, made.links.at(-1)?.is]).toEqual([0, [], 'up'])
  })
})

it('every token is registered as a secret before it is used', async () => {
  const made = bench()
  await made.server.signIn('anna', 'secret')
  await made.clock.pass(3_000_000)
  expect(made.secrets).toEqual(['token-1', 'refresh-1', 'token-2', 'refresh-2'])
})
