import { expect, it } from 'vitest'
import { createGate } from '../../../src-main/trust/gate.ts'
import { fakeClock } from './support/fake-clock.ts'

const changed = new Error('changed')
const tick = () => new Promise(setImmediate)

function gateWith({ random = 0.5, answers = [] as boolean[] } = {}) {
  const clock = fakeClock()
  const seen = { looks: 0, reopened: 0 }
  const gate = createGate({
    clock,
    random: () => random,
    isBack: async () => {
      seen.looks += 1
      return answers.shift() ?? false
    },
    onReopened: () => (seen.reopened += 1),
  })
  return { clock, seen, gate }
}

it('the first reason latches; later ones change nothing', () => {
  const { gate } = gateWith()
  expect([gate.reason, gate.shut(changed), gate.shut(new Error('other')), gate.reason]).toEqual([
    undefined,
    true,
    false,
    changed,
  ])
})

it.each([
  [0, 30_000],
  [1, 34_500],
])('with chance %d the server is looked at again after %d ms and not before', (random, delayMs) => {
  const { gate, clock, seen } = gateWith({ random })
  gate.shut(changed)
  clock.advance(delayMs - 1)
  const before = seen.looks
  clock.advance(1)
  expect([before, seen.looks]).toEqual([0, 1])
})

it('it looks again and again, and opens by itself when the agreed certificate is back', async () => {
  const { gate, clock, seen } = gateWith({ answers: [false, false, true] })
  gate.shut(changed)
  for (let round = 0; round < 5; round += 1) {
    clock.advance(35_000)
    await tick()
  }
  expect({ ...seen, reason: gate.reason, pending: clock.pending }).toEqual({
    looks: 3,
    reopened: 1,
    reason: undefined,
    pending: 0,
  })
})

it('a person may open it, and a look that was under way says nothing more', async () => {
  const { gate, clock, seen } = gateWith({ answers: [true] })
  gate.shut(changed)
  clock.advance(35_000)
  gate.open()
  await tick()
  expect({ ...seen, reason: gate.reason, pending: clock.pending }).toEqual({
    looks: 1,
    reopened: 0,
    reason: undefined,
    pending: 0,
  })
})

it('once closed it stays closed and looks no more', async () => {
  const { gate, clock, seen } = gateWith({ answers: [true] })
  const over = new Error('over')
  gate.shut(changed)
  clock.advance(35_000)
  gate.close(over)
  gate.open()
  await tick()
  clock.advance(60_000)
  expect({ ...seen, reason: gate.reason, pending: clock.pending }).toEqual({
    looks: 1,
    reopened: 0,
    reason: over,
    pending: 0,
  })
})
