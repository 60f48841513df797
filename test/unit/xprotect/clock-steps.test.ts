import { describe, expect, it } from 'vitest'
import { HOUR_MS, TOKEN, bearers, logins, use, site } from './support/signed-in.ts'

describe('a clock that is set', () => {
  it.each([
    ['back by a day', -24 * HOUR_MS, 1],
    ['on by two hours', 2 * HOUR_MS, 2],
    ['on by four hundred days', 400 * 24 * HOUR_MS, 2],
    ['back by ten years', -3650 * 24 * HOUR_MS, 1],
  ])('%s costs at most one login, and the token sent is one that lives', async (_how, stepMs, expected) => {
    const made = site()
    await made.server.signIn('anna', 'secret')
    made.clock.wallMs += stepMs
    await Promise.all(Array.from({ length: 36 }, () => use(made)))
    await made.clock.pass(0.5 * HOUR_MS)
    await Promise.all(Array.from({ length: 36 }, () => use(made)))
    expect([logins(made).length, bearers(made).at(-1)]).toEqual([expected, `Bearer token-${expected}`])
    // And on goes the rhythm of before.
    await made.clock.pass(HOUR_MS)
    expect(logins(made).length).toBeLessThanOrEqual(expected + 2)
  })

  it('on and back again within one life costs one login', async () => {
    const made = site()
    await made.server.signIn('anna', 'secret')
    made.clock.wallMs += 2 * HOUR_MS
    await use(made)
    made.clock.wallMs -= 2 * HOUR_MS
    for (let call = 0; call < 36; call++) await use(made)
    expect(logins(made).length).toBe(2)
  })

  it('on while the answer with the token travels costs one login more, for all who wait', async () => {
    const made = site()
    let isFirst = true
    made.gateway.when(TOKEN, () => {
      if (isFirst) made.clock.wallMs += 2 * HOUR_MS
      isFirst = false
      return undefined
    })
    await made.server.signIn('anna', 'secret')
    await Promise.all(Array.from({ length: 36 }, () => use(made)))
    expect(logins(made).length).toBe(2)
  })
})
