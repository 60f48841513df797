import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ClockOffset, narrow, offsetOf, type Estimate } from '../../../src-main/xprotect/clock-offset.ts'
import { FakeClock } from './support/fake-clock.ts'

const at = (ms: number): string => new Date(ms).toUTCString()

it('the true offset is never outside what is believed, and after twenty answers it is known to 100 ms', () => {
  const offsets = fc.integer({ min: -86_400_000, max: 86_400_000 })
  const answers = fc.array(fc.record({ goMs: fc.nat(20), comeMs: fc.nat(20), restMs: fc.nat(1000) }), {
    minLength: 60,
    maxLength: 60,
  })
  let widest = 0
  fc.assert(
    fc.property(offsets, answers, (offsetMs, times) => {
      let nowMs = Date.UTC(2026, 5)
      let estimate: Estimate | undefined
      for (const { goMs, comeMs, restMs } of times) {
        const sentMs = nowMs
        const stampedMs = sentMs + goMs
        nowMs = stampedMs + comeMs
        estimate = narrow(estimate, offsetOf(at(stampedMs + offsetMs), sentMs, nowMs)!)
        nowMs += restMs
      }
      const { fromMs, toMs } = estimate!.range
      expect(fromMs).toBeLessThanOrEqual(offsetMs)
      expect(toMs).toBeGreaterThanOrEqual(offsetMs)
      widest = Math.max(widest, toMs - fromMs)
    }),
  )
  expect(widest).toBeLessThan(1040)
})

it.each([
  ['missing', undefined],
  ['garbage', 'yesterday'],
  ['year 1', 'Mon, 01 Jan 0001 00:00:00 GMT'],
  ['empty', ''],
])('a Date that is %s tells nothing', (_what, header) => {
  expect(offsetOf(header, 0, 10)).toBeUndefined()
})

it('an answer that took very long tells nothing', () => {
  expect(offsetOf(at(Date.UTC(2026, 0)), 0, 5001)).toBeUndefined()
})

/** Twenty answers, each 20 ms after the question and 137 ms before the next. */
async function listen(offset: ClockOffset, clock: FakeClock, serverAheadMs: () => number): Promise<void> {
  for (let n = 0; n < 20; n++) {
    const measured = offset.measure()
    await clock.pass(10)
    const header = at(clock.now() + serverAheadMs())
    await clock.pass(10)
    measured(header)
    await clock.pass(137)
  }
}

it('the offset is told when it is known and when it moves notably, not at every answer', async () => {
  const clock = new FakeClock()
  const told: number[] = []
  const offset = new ClockOffset(clock, (ms) => told.push(ms))
  await listen(offset, clock, () => -47_000)
  const first = told.splice(0)
  await listen(offset, clock, () => -47_000)
  expect([Math.abs(first.at(-1)! + 47_000) <= 100, first.length < 10, told]).toEqual([true, true, []])
})

it('a server whose clock is set is believed anew after two answers, a single odd one is not', async () => {
  const clock = new FakeClock()
  const told: number[] = []
  const offset = new ClockOffset(clock, (ms) => told.push(ms))
  await listen(offset, clock, () => 0)
  let odd = 0
  await listen(offset, clock, () => (odd++ === 5 ? 180_000 : 0))
  expect(told.every((ms) => Math.abs(ms) < 1000)).toBe(true)
  await listen(offset, clock, () => 180_000)
  expect(Math.abs(told.at(-1)! - 180_000)).toBeLessThanOrEqual(100)
})

it('an answer during which our own clock was set tells nothing', async () => {
  const clock = new FakeClock()
  const told: number[] = []
  const measured = new ClockOffset(clock, (ms) => told.push(ms)).measure()
  await clock.pass(10)
  clock.wallMs += 3_600_000
  measured(at(Date.UTC(2026, 0, 5, 12)))
  expect(told).toEqual([])
})
