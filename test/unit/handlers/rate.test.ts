import { expect, it } from 'vitest'
import { createRate } from '../../../src-main/handlers/rate.ts'

it('admits fifty at once, then fifty a second, and counts each call by itself', () => {
  let now = 0
  const admit = createRate(() => now)
  const admitted = (): number =>
    Array.from({ length: 200 }, () => admit('listSites')).filter((one) => one.admitted).length

  const counts = [admitted()]
  now += 500
  counts.push(admitted())
  now += 60_000
  counts.push(admitted())
  expect(counts).toEqual([50, 25, 50])
  expect(admit('signOut')).toEqual({ admitted: true })
})

it('says when to come back, and calls only the first refusal of a flood the first', () => {
  let now = 0
  const admit = createRate(() => now)
  for (let call = 0; call < 50; call++) admit('signIn')
  expect([admit('signIn'), admit('signIn')]).toEqual([
    { admitted: false, retryAfterMs: 20, first: true },
    { admitted: false, retryAfterMs: 20, first: false },
  ])
  now += 20
  expect([admit('signIn'), admit('signIn')]).toEqual([
    { admitted: true },
    { admitted: false, retryAfterMs: 20, first: true },
  ])
})

it('a clock that steps back gives and takes nothing', () => {
  let now = 1_000
  const admit = createRate(() => now)
  admit('signIn')
  now = 0
  expect(admit('signIn')).toEqual({ admitted: true })
})

it('lets every candidate of a full view pass at once', () => {
  const admit = createRate(() => 0)
  const all = Array.from({ length: 64 * 64 }, () => admit('addCandidate').admitted)
  expect(all.every(Boolean)).toBe(true)
})
