import { expect, it } from 'vitest'
import { createExpiryWatch, type Expiring } from '../../../src-main/trust/expiry.ts'
import { createSiteTrust } from '../../../src-main/trust/index.ts'
import { outcomeOf, pin } from './support/attack.ts'
import { identity } from './support/certificates.ts'
import { fakeClock } from './support/fake-clock.ts'
import { serve } from './support/tls-server.ts'

const [hourMs, dayMs] = [3_600_000, 86_400_000]
const startMs = Date.parse('2026-11-26T00:00:00.000Z')

function watched() {
  const clock = fakeClock(startMs)
  const warnings: Expiring<string>[] = []
  const watch = createExpiryWatch<string>(clock, (warning) => warnings.push(warning))
  /** Hours pass one by one, as the watch looks. */
  const pass = (days: number) => Array.from({ length: days * 24 }).forEach(() => clock.advance(hourMs))
  return { clock, warnings, watch, pass }
}

it('R19: a certificate is warned of from the thirtieth day before its end, once a day, whether the line idles or not', () => {
  const { warnings, watch, pass } = watched()
  watch.seen('gateway', startMs + 40 * dayMs)
  pass(41)
  expect(warnings.map(({ daysLeft }) => daysLeft)).toEqual([...Array.from({ length: 31 }, (_, at) => 30 - at), 0])
})

it('R19: each threshold has its line on the day it is reached, though that day had one already', () => {
  const { warnings, watch, clock } = watched()
  // Thresholds fall in the middle of a day, so that day has a line from before and one from after.
  watch.seen('gateway', startMs + 14 * dayMs + 12 * hourMs)
  Array.from({ length: 20 }).forEach(() => clock.advance(hourMs))
  expect(warnings.map(({ daysLeft }) => daysLeft)).toEqual([14, 14])
})

it('R19: handshakes by the hundred add no line', () => {
  const { warnings, watch } = watched()
  Array.from({ length: 100 }).forEach(() => watch.seen('gateway', startMs + dayMs / 2))
  expect([warnings, watch.expiring]).toEqual([
    [{ origin: 'gateway', validTo: '2026-11-26T12:00:00.000Z', daysLeft: 0 }],
    warnings,
  ])
})

it('a renewed certificate ends the warnings, and the nearest end is named first', () => {
  const { watch } = watched()
  watch.seen('gateway', startMs + 20 * dayMs)
  watch.seen('recorder', startMs + 5 * dayMs)
  watch.seen('idp', startMs + 300 * dayMs)
  const before = watch.expiring.map(({ origin }) => origin)
  watch.seen('recorder', startMs + 365 * dayMs)
  expect([before, watch.expiring.map(({ origin }) => origin)]).toEqual([['recorder', 'gateway'], ['gateway']])
})

it('a date nobody can read is no end', () => {
  const { watch } = watched()
  watch.seen('gateway', NaN)
  expect(watch.expiring).toEqual([])
})

it('once closed it looks no more', () => {
  const { watch, clock } = watched()
  watch.close()
  expect(clock.pending).toBe(0)
})

it('R19: the end is read at a real handshake, by a request and by a look', async () => {
  const shown = await identity({ validToDays: 6.5 })
  const server = await serve(shown)
  const told: string[] = []
  const site = createSiteTrust({
    origins: {
      gateway: { origin: server.origin, trust: pin(shown) },
      other: { origin: server.origin, trust: pin(shown) },
    },
    clock: fakeClock(),
    onExpiring: ({ origin, daysLeft }) => told.push(`${origin} ${String(daysLeft)}`),
  })
  await outcomeOf(site.transport('gateway'))
  await site.look('other')
  const { expiring } = site
  site.close()
  await server.close()
  expect([told, expiring.map(({ origin }) => origin)]).toEqual([
    ['gateway 6', 'other 6'],
    ['gateway', 'other'],
  ])
})
