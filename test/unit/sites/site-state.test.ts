import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { ProbeReport } from '../../../src-preload/contract/models/certificate.ts'
import type { SiteState } from '../../../src-preload/contract/models/site.ts'
import { next, type SiteEvent } from '../../../src-main/sites/site-state.ts'

const wrong: Failure = { kind: 'wrong-password' }
const impostor: Failure = { kind: 'untrusted-certificate', fingerprint: 'x', expected: ['y'] }
const report = { probeId: 'p' } as ProbeReport
const newer = { probeId: 'q' } as ProbeReport
const up = { is: 'up' } as const
const down = { is: 'down', because: { kind: 'unreachable', what: 'server' }, since: 't' } as const

const states: SiteState[] = [
  { phase: 'signed-out' },
  { phase: 'signed-out', problem: wrong },
  { phase: 'unpinned' },
  { phase: 'unpinned', report },
  { phase: 'signing-in', user: 'op' },
  { phase: 'open', user: 'op', link: up },
  { phase: 'open', user: 'op', link: down },
  { phase: 'blocked', because: impostor },
]
const events: SiteEvent[] = [
  { type: 'probed', report: newer },
  { type: 'probeFailed', because: wrong },
  { type: 'pinned' },
  { type: 'signInStarted', user: 'op2' },
  { type: 'signedIn' },
  { type: 'signInFailed', because: wrong },
  { type: 'signedOut' },
  { type: 'signedOut', because: wrong },
  { type: 'linked', link: down },
  { type: 'blocked', because: impostor, report },
  { type: 'repinned' },
  { type: 'restored', user: null },
  { type: 'restored', user: 'op' },
]

describe('a site', () => {
  it.each<[string, SiteState, SiteEvent, SiteState]>([
    ['is looked at', { phase: 'unpinned' }, { type: 'probed', report }, { phase: 'unpinned', report }],
    [
      'keeps what was seen when it cannot be seen again',
      { phase: 'unpinned', report },
      { type: 'probeFailed', because: wrong },
      { phase: 'unpinned', report, problem: wrong },
    ],
    ['is pinned', { phase: 'unpinned', report, problem: wrong }, { type: 'pinned' }, { phase: 'signed-out' }],
    [
      'forgets the last problem when somebody signs in',
      { phase: 'signed-out', problem: wrong },
      { type: 'signInStarted', user: 'op' },
      { phase: 'signing-in', user: 'op' },
    ],
    ['opens', { phase: 'signing-in', user: 'op' }, { type: 'signedIn' }, { phase: 'open', user: 'op', link: up }],
    [
      'says why signing in failed',
      { phase: 'signing-in', user: 'op' },
      { type: 'signInFailed', because: wrong },
      { phase: 'signed-out', problem: wrong },
    ],
    [
      'loses its link and stays open',
      { phase: 'open', user: 'op', link: up },
      { type: 'linked', link: down },
      { phase: 'open', user: 'op', link: down },
    ],
    [
      'says why its session ended',
      { phase: 'open', user: 'op', link: up },
      { type: 'signedOut', because: wrong },
      { phase: 'signed-out', problem: wrong },
    ],
    ['is left', { phase: 'open', user: 'op', link: up }, { type: 'signedOut' }, { phase: 'signed-out' }],
    [
      'is blocked whatever it was doing',
      { phase: 'signing-in', user: 'op' },
      { type: 'blocked', because: impostor, report },
      { phase: 'blocked', because: impostor, report },
    ],
    [
      'comes back with whoever was signed in',
      { phase: 'blocked', because: impostor, report },
      { type: 'restored', user: 'op' },
      { phase: 'open', user: 'op', link: up },
    ],
    [
      'comes back signed out where nobody was',
      { phase: 'blocked', because: impostor },
      { type: 'restored', user: null },
      { phase: 'signed-out' },
    ],
    [
      'is signed out after another certificate was agreed on',
      { phase: 'blocked', because: impostor, report },
      { type: 'repinned' },
      { phase: 'signed-out' },
    ],
    [
      'shows a newer look while blocked',
      { phase: 'blocked', because: impostor, report },
      { type: 'probed', report: newer },
      { phase: 'blocked', because: impostor, report: newer },
    ],
  ])('%s', (_what, state, event, expected) => expect(next(state, event)).toEqual(expected))

  it('leaves being blocked only when the agreed certificate is back or another was agreed on', () => {
    const leaving = events.filter((event) => next({ phase: 'blocked', because: impostor }, event).phase !== 'blocked')
    expect([...new Set(leaving.map(({ type }) => type))]).toEqual(['repinned', 'restored'])
  })

  it('opens only by a sign-in that was under way, or by coming back', () => {
    const opened = states.flatMap((state) =>
      events
        .filter((event) => state.phase !== 'open' && next(state, event).phase === 'open')
        .map(({ type }) => `${state.phase} ${type}`),
    )
    expect(opened).toEqual(['signing-in signedIn', 'blocked restored'])
  })

  it('never reaches a sign-in without a pin, whatever happens in whatever order', () => {
    const withoutPin = events.filter(({ type }) => !['pinned', 'restored', 'blocked'].includes(type))
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...withoutPin)), (happened) => {
        expect(happened.reduce<SiteState>(next, { phase: 'unpinned' }).phase).toBe('unpinned')
      }),
    )
  })

  it('is the same object where an event does not fit', () => {
    const state: SiteState = { phase: 'open', user: 'op', link: up }
    const foreign: SiteEvent[] = [
      { type: 'pinned' },
      { type: 'signedIn' },
      { type: 'signInFailed', because: wrong },
      { type: 'probed', report },
      { type: 'repinned' },
      { type: 'restored', user: 'op' },
    ]
    expect(foreign.every((event) => next(state, event) === state)).toBe(true)
  })
})
