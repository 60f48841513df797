import type { Fingerprint } from '../../src-preload/contract/models/certificate.ts'
import type { OriginTrust } from './types.ts'

type PinTrust = Extract<OriginTrust, { mode: 'pin' }>

/** How long a certificate that was replaced as planned may still show itself: a server restored, a second node. */
const replacedForMs = 30 * 86_400_000

/** Every fingerprint an origin may show now: agreed on, announced, or replaced as planned not too long ago. */
export function acceptedPins(trust: OriginTrust, nowMs: number): Fingerprint[] {
  if (trust.mode !== 'pin') return []
  return [...new Set([...trust.pins, ...trust.nextPins, ...stillCounting(trust, nowMs).map(({ pin }) => pin)])]
}

/**
 * The trust after an announced certificate was first seen in use: it alone is agreed on, and what it replaced is
 * accepted for 30 days more (security.md 2.4). The same object where that certificate was not announced.
 */
export function promoted(trust: OriginTrust, pin: Fingerprint, nowMs: number): OriginTrust {
  if (trust.mode !== 'pin' || !trust.nextPins.includes(pin) || trust.pins.includes(pin)) return trust
  const until = new Date(nowMs + replacedForMs).toISOString()
  return {
    ...trust,
    pins: [pin],
    nextPins: trust.nextPins.filter((announced) => announced !== pin),
    replaced: [...stillCounting(trust, nowMs), ...trust.pins.map((old) => ({ pin: old, until }))],
  }
}

/** A date nobody can read has passed. */
const stillCounting = ({ replaced = [] }: PinTrust, nowMs: number) =>
  replaced.filter(({ until }) => Date.parse(until) > nowMs)
