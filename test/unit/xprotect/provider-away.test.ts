import { describe, expect, it } from 'vitest'
import { html } from './support/fake-gateway.ts'
import { failureIn } from './support/site.ts'
import { HOUR_MS, TOKEN, logins, use, site } from './support/signed-in.ts'

describe('an identity provider that is away for two hours', () => {
  it('is asked every few seconds however many call, and serves within ten seconds of its return', async () => {
    const made = site()
    await made.server.signIn('anna', 'secret')
    await made.clock.pass(0.5 * HOUR_MS)
    let isAway = true
    made.gateway.when(TOKEN, () => (isAway ? { kind: 'unreachable', what: 'server', how: 'refused' } : undefined))
    const outcomes = new Set<string>()
    for (let minute = 0; minute < 120; minute++) {
      await made.clock.pass(60_000)
      for (let call = 0; call < 36; call++) outcomes.add((await failureIn(use(made)))?.kind ?? 'ok')
    }
    const asked = logins(made).length
    isAway = false
    await made.clock.pass(10_000)
    expect([outcomes, await failureIn(use(made)), made.signedOut]).toEqual([
      new Set(['ok', 'unreachable']),
      undefined,
      [],
    ])
    // Ninety-six minutes after four fifths of the life, every 4 to 8 seconds.
    expect(asked).toBeLessThan((96 * 60) / 4)
    expect(asked).toBeGreaterThan(100)
  })

  it('leaves the link up while the old token serves, and takes it down when nothing can be asked any more', async () => {
    const made = site()
    await made.server.signIn('anna', 'secret')
    let isAway = true
    made.gateway.when(TOKEN, () => (isAway ? html(503) : undefined))
    await made.clock.pass(0.95 * HOUR_MS)
    await use(made)
    const before = made.links.map(({ is }) => is)
    await made.clock.pass(0.1 * HOUR_MS)
    const during = made.links.map(({ is }) => is)
    isAway = false
    await made.clock.pass(30_000)
    expect([before, during, made.links.map(({ is }) => is)]).toEqual([['up'], ['up', 'down'], ['up', 'down', 'up']])
  })

  it('is asked at once again when the computer is on another network', async () => {
    const made = site()
    await made.server.signIn('anna', 'secret')
    let isAway = true
    made.gateway.when(TOKEN, () => (isAway ? { kind: 'unreachable', what: 'server', how: 'no-route' } : undefined))
    made.clock.wallMs += 2 * HOUR_MS
    await failureIn(use(made))
    isAway = false
    const resting = await failureIn(use(made))
    made.server.renew()
    expect([resting?.kind, await failureIn(use(made))]).toEqual(['unreachable', undefined])
  })
})
