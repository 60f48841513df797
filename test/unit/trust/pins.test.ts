import { expect, it } from 'vitest'
import { acceptedPins, promoted } from '../../../src-main/trust/pins.ts'
import type { OriginTrust } from '../../../src-main/trust/types.ts'

const [old, next, older] = ['aa'.repeat(32), 'bb'.repeat(32), 'cc'.repeat(32)] as const
const nowMs = Date.parse('2026-11-26T12:00:00.000Z')
const dayMs = 86_400_000
const agreed: OriginTrust = { mode: 'pin', pins: [old], nextPins: [next] }

it('an announced certificate takes over, and the one before it counts for thirty days and not a moment longer', () => {
  const after = promoted(agreed, next, nowMs)
  expect(after).toEqual({
    mode: 'pin',
    pins: [next],
    nextPins: [],
    replaced: [{ pin: old, until: '2026-12-26T12:00:00.000Z' }],
  })
  expect([29, 30].map((days) => acceptedPins(after, nowMs + days * dayMs))).toEqual([[next, old], [next]])
})

it('what was replaced before stays until its own day', () => {
  const replaced = [
    { pin: older, until: '2026-11-27T00:00:00.000Z' },
    { pin: 'dd'.repeat(32), until: '2026-11-01T00:00:00.000Z' },
    { pin: 'ee'.repeat(32), until: 'tomorrow' },
  ]
  const after = promoted({ ...agreed, replaced }, next, nowMs)
  expect(acceptedPins(after, nowMs)).toEqual([next, older, old])
})

it.each<[string, OriginTrust, string]>([
  ['is agreed on already', agreed, old],
  ['was not announced', agreed, older],
  ['is vouched for by an authority', { mode: 'system' }, next],
])('a certificate that %s changes nothing', (_what, trust, pin) => {
  expect(promoted(trust, pin, nowMs)).toBe(trust)
})
