import { afterEach, beforeEach, expect, it } from 'vitest'
import { generateSite } from '../../simulator/site/generate.ts'
import { habitOf, motionOf, scheduledOf } from '../../simulator/recording/schedule.ts'
import { common } from '../../simulator/recording/spans.ts'
import { startSimulator, type Simulator } from '../../simulator/start.ts'
import { until } from './client.ts'

const DAY = 86_400_000
const site = generateSite({ cameras: 20, special: true, recorders: 1, seed: 'watchpost' })
const camera = (number: number) => site.cameras[number - 1]!
const noon = Date.UTC(2026, 10, 23, 12)

let simulator: Simulator
beforeEach(async () => {
  simulator = await startSimulator({ media: null, keyType: 'ec' })
})
afterEach(() => simulator.stop())

it('the same camera and time give the same sequences, whichever range they are asked in', () => {
  for (const number of [1, 3]) {
    const whole = scheduledOf(camera(number), noon - 5 * DAY, noon)
    const parts = Array.from({ length: 5 }, (_, day) =>
      scheduledOf(camera(number), noon - (5 - day) * DAY, noon - (4 - day) * DAY),
    ).flat()
    const minutes = (spans: { beginMs: number; endMs: number }[]) =>
      spans.reduce((sum, { beginMs, endMs }) => sum + endMs - beginMs, 0)
    expect(whole.length).toBeGreaterThan(20)
    expect(minutes(parts)).toBe(minutes(whole))
    expect(parts.map(({ beginMs }) => beginMs)).toEqual(
      expect.arrayContaining(whole.slice(1).map(({ beginMs }) => beginMs)),
    )
  }
})

it('cameras record always, on motion or never, each with its own gaps', () => {
  const share = (number: number): number =>
    scheduledOf(camera(number), noon - 7 * DAY, noon).reduce((sum, { beginMs, endMs }) => sum + endMs - beginMs, 0) /
    (7 * DAY)
  expect([1, 2, 3, 9].map((number) => habitOf(camera(number)))).toEqual(['always', 'always', 'on motion', 'never'])
  expect(share(1)).toBeGreaterThan(0.9)
  expect(share(1)).toBeLessThan(1)
  expect(share(3)).toBeGreaterThan(0.05)
  expect(share(3)).toBeLessThan(0.5)
  expect(share(9)).toBe(0)
  expect(scheduledOf(camera(1), noon - DAY, noon)).not.toEqual(scheduledOf(camera(2), noon - DAY, noon))
})

it('sequences are apart from each other and in order, and motion lies within what a camera on motion records', () => {
  for (const number of [1, 3, 12]) {
    const spans = scheduledOf(camera(number), noon - 3 * DAY, noon)
    for (const [at, span] of spans.entries()) {
      expect(span.endMs).toBeGreaterThan(span.beginMs)
      if (at > 0) expect(span.beginMs).toBeGreaterThan(spans[at - 1]!.endMs)
    }
  }
  const recorded = scheduledOf(camera(3), noon - DAY, noon)
  const motion = motionOf(camera(3), noon - DAY, noon)
  expect(motion.length).toBe(recorded.length)
  const first = motion[1]!
  expect(recorded[1]).toEqual({ beginMs: first.beginMs - 3000, endMs: first.endMs + 3000, triggeredMs: first.beginMs })
})

it('what lies within others is cut to them, whole stretches and parts', () => {
  const spans = (...pairs: [number, number][]) => pairs.map(([beginMs, endMs]) => ({ beginMs, endMs }))
  expect(common(spans([0, 10], [20, 50], [60, 70]), spans([5, 8], [9, 25], [30, 40], [45, 48], [60, 70]))).toEqual(
    spans([5, 8], [9, 10], [20, 25], [30, 40], [45, 48], [60, 70]),
  )
})

it('thirty days are kept, and nothing is recorded of the future', () => {
  const now = Date.now()
  const [first] = simulator.recorded(1, 0, now + DAY)
  const last = simulator.recorded(1, 0, now + DAY).at(-1)!
  expect(first!.beginMs).toBeGreaterThanOrEqual(now - 30 * DAY)
  expect(first!.beginMs).toBeLessThan(now - 29 * DAY)
  expect(last.endMs).toBeLessThanOrEqual(Date.now())
  expect(simulator.recorded(1, now + 1000, now + DAY)).toEqual([])
  expect(simulator.recorded(9, 0, now)).toEqual([])
})

it('a manual recording is there with its pre-buffer, grows while it runs and stays when it has ended', async () => {
  await simulator.act({ do: 'start-recording', camera: 9 })
  const [state] = simulator.state().recordings
  const beginMs = Date.parse(state!.recordedFrom)
  const spans = () => simulator.recorded(9, 0, Date.now() + DAY)
  await until(() => spans()[0]!.endMs > beginMs + 3010)
  await simulator.act({ do: 'stop-recording', camera: 9 })
  const endMs = Date.parse(simulator.state().recordings[0]!.endedAt!)
  expect(spans()).toEqual([{ beginMs, endMs, triggeredMs: Date.parse(state!.startedAt) }])
})

it('a test may say what a camera has recorded, to the millisecond', async () => {
  const now = Date.now()
  const iso = (ms: number): string => new Date(ms).toISOString()
  await simulator.act({
    do: 'set-recorded',
    camera: 1,
    spans: [
      { begin: iso(now - 5000), end: iso(now - 1000) },
      { begin: iso(now - 90_000), end: iso(now - 60_000) },
    ],
  })
  expect(simulator.recorded(1, 0, now).map(({ beginMs, endMs }) => [now - beginMs, now - endMs])).toEqual([
    [90_000, 60_000],
    [5000, 1000],
  ])
})
