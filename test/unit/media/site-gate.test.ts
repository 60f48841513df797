import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import {
  mayStart,
  nextGate,
  openGate,
  type Gate,
  type GateEvent,
  type Priority,
} from '../../../src-renderer/media/site-gate.ts'
import { GateRun } from './gate-run.ts'

const away: Failure = { kind: 'unreachable', what: 'server', how: 'refused' }

function after(...events: [now: number, event: GateEvent][]): Gate {
  return events.reduce((gate, [now, event]) => nextGate(gate, event, now, 0.5), openGate)
}

const wanted = (key: string, priority: Priority = 'visible'): GateEvent => ({ type: 'wanted', key, priority })
const started = (key: string): GateEvent => ({ type: 'started', key })
const played = (key: string): GateEvent => ({ type: 'played', key })
const lost = (key: string, readyAt = 0, because: Failure = away): GateEvent => ({ type: 'lost', key, because, readyAt })

describe('the gate of a site', () => {
  it('lets everybody start at once while nothing is wrong', () => {
    const keys = Array.from({ length: 64 }, (_, index) => `tile ${index}`)
    const gate = keys.reduce((before, key) => nextGate(before, wanted(key), 10, 0), openGate)
    expect(keys.filter((key) => mayStart(gate, key, 10))).toEqual(keys)
  })

  it('stays open for the others when one camera is dead', () => {
    const gate = after([0, wanted('dead')], [0, started('dead')], [9, lost('dead', 300)], [10, wanted('new')])
    expect({ phase: gate.phase, dead: mayStart(gate, 'dead', 299), then: mayStart(gate, 'dead', 300) }).toEqual({
      phase: 'open',
      dead: false,
      then: true,
    })
    expect(mayStart(gate, 'new', 10)).toBe(true)
  })

  it('stays open when more cameras play than fail', () => {
    const all = ['a', 'b', 'c', 'd', 'e'].flatMap((key): [number, GateEvent][] => [
      [0, wanted(key)],
      [0, started(key)],
      [1, played(key)],
    ])
    expect(after(...all, [2, lost('a')], [2, lost('b')]).phase).toBe('open')
    expect(after(...all, [2, lost('a')], [2, lost('b')], [2, lost('c')]).phase).toBe('closed')
  })

  it('sends one probe at a time, another camera each time', () => {
    const run = new GateRun({ tiles: 6, isUp: () => false })
    run.until(60_000)
    expect(run.mostTryingAtOnceAfter(2_000)).toBe(1)
    const probes = run.starts.filter(({ at }) => at > 2_000).map(({ key }) => key)
    expect(probes.every((key, index) => key !== probes[index - 1])).toBe(true)
  })

  it('counts a refusal of one camera in words as a sign of life', () => {
    const refused: Failure = { kind: 'refused', call: 'session', status: 400, text: 'masked' }
    const closed = after(
      [0, wanted('a')],
      [0, wanted('b')],
      [0, started('a')],
      [0, started('b')],
      [1, lost('a')],
      [1, lost('b')],
    )
    const probing = nextGate(closed, started('a'), 400, 0)
    expect([closed.phase, nextGate(probing, lost('a', 900, refused), 450, 0).phase]).toEqual(['closed', 'releasing'])
  })

  it('passes the probe on when the probing tile is closed', () => {
    const closed = after(
      [0, wanted('a')],
      [0, wanted('b')],
      [0, started('a')],
      [0, started('b')],
      [1, lost('a')],
      [1, lost('b')],
    )
    const probing = nextGate(closed, started('a'), 400, 0)
    expect(mayStart(probing, 'b', 401)).toBe(false)
    expect(mayStart(nextGate(probing, { type: 'left', key: 'a' }, 402, 0), 'b', 402)).toBe(true)
  })

  it('probes at once when somebody asks for a camera or the network came back', () => {
    const story: [number, GateEvent][] = [
      [0, wanted('a')],
      [0, wanted('b')],
      [0, started('a')],
      [0, started('b')],
      [1, lost('a')],
      [1, lost('b')],
    ]
    const closed = after(...story)
    const probed = nextGate(nextGate(closed, started('a'), 151, 1), lost('a'), 160, 1)
    expect(['a', 'b'].filter((key) => mayStart(probed, key, 200))).toEqual([])
    const asked = nextGate(probed, wanted('c'), 200, 0)
    expect(['a', 'b', 'c'].filter((key) => mayStart(asked, key, 200))).toHaveLength(1)
    const woken = nextGate(probed, { type: 'woken' }, 200, 0)
    expect(['a', 'b'].filter((key) => mayStart(woken, key, 200))).toHaveLength(1)
  })

  it('lets the focused tile through first after an outage', () => {
    const run = new GateRun({
      tiles: 12,
      isUp: (now) => now > 30_000,
      priorityOf: (index) => (index === 7 ? 'focused' : 'other'),
    })
    run.until(60_000)
    const firstTwo = run.starts.filter(({ at }) => at >= run.reopenedAt).slice(0, 1)
    expect([firstTwo[0]?.key, run.playedFirst].includes('tile 7')).toBe(true)
  })

  it('spares a server that is away for five minutes, and has 36 tiles back soon after (security.md 4.3)', () => {
    const outage = { from: 5_000, to: 305_000 }
    const run = new GateRun({ tiles: 36, isUp: (now) => now < outage.from || now > outage.to, setUpPerSecond: 6 })
    run.until(360_000)
    const during = run.starts.filter(({ at }) => at > outage.from && at <= outage.to).length
    expect(run.playing).toBe(36)
    expect(during).toBeLessThan(80)
    expect(run.allBackAt - outage.to).toBeLessThanOrEqual(17_000)
  })

  it('goes slower when the server complains of haste', () => {
    const releasing: Gate = {
      ...after([0, wanted('a')], [0, wanted('b')], [0, wanted('c')], [0, wanted('d')]),
      phase: 'releasing',
      rate: 6,
    }
    const held = new Map([...releasing.entries].map(([key, entry]) => [key, { ...entry, isHeld: true }]))
    const first = nextGate({ ...releasing, entries: held }, started('a'), 1000, 0)
    const busy = nextGate(first, lost('a', 2000, { kind: 'busy', status: 503 }), 1100, 0)
    expect([first.rate, busy.rate, busy.phase]).toEqual([6, 3.5, 'releasing'])
  })

  it('closes gently again only when it was open for a while', () => {
    const flap = (downAt: number) => {
      const run = new GateRun({ tiles: 8, isUp: (now) => now < 1_000 || (now > 61_000 && now < downAt) })
      run.until(downAt + 2_500)
      return run.starts.filter(({ at }) => at >= downAt && at < downAt + 2_500).length
    }
    expect(flap(120_000)).toBeGreaterThan(flap(75_000))
  })

  it('never starts more than eight held sessions a second, never two probes, and always gets everybody back', () => {
    const outage = fc.record({
      tiles: fc.integer({ min: 2, max: 40 }),
      from: fc.nat(20_000),
      length: fc.nat(60_000),
      seed: fc.nat(),
    })
    fc.assert(
      fc.property(outage, ({ tiles, from, length, seed }) => {
        const run = new GateRun({ tiles, seed, isUp: (now) => now < from || now > from + length })
        run.until(from + length + 60_000)
        expect(run.playing).toBe(tiles)
        expect(run.mostStartsInASecond(run.reopenedAt)).toBeLessThanOrEqual(9)
      }),
      { numRuns: 40 },
    )
  })
})
