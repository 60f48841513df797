import { expect, it } from 'vitest'
import { Playhead, type Playback } from '../../../simulator/media/playhead.ts'
import { frameAt, readCounter, recordedFrame, recordedFrameAt } from '../../../simulator/media/recorded-frame.ts'

const HOUR = 3_600_000
/** A round hour, at which a picture stands exactly. */
const start = 1_795_413_600_000

/** A recording of these stretches, in seconds from the start, and a clock that is far beyond them unless said. */
function recording(spans: [fromS: number, toS: number][], more: Partial<Playback> = {}): Playback {
  const stretches = spans.map(([from, to]) => ({ beginMs: start + from * 1000, endMs: start + to * 1000 }))
  return {
    startAtMs: start,
    speed: 1,
    skipGaps: false,
    next: (fromMs) =>
      stretches
        .filter(({ endMs }) => endMs > fromMs)
        .map(({ beginMs, endMs }) => ({ beginMs: Math.max(beginMs, fromMs), endMs }))[0],
    nowMs: () => start + 24 * HOUR,
    ...more,
  }
}

/** What is due at each of these times since the session began, as seconds of recording since its start. */
function played(playback: Playback, atMs: number[], framesPerStep = 1): number[][] {
  const playhead = new Playhead(playback, framesPerStep)
  return atMs.map((ms) => playhead.due(ms).map((frame) => Number((frame / 15 - start / 1000).toFixed(2))))
}

it('gives each picture once when its time has come, at the speed asked for', () => {
  expect([
    played(recording([[0, 100]]), [0, 56, 57, 190]),
    played(recording([[0, 100]], { speed: 2 }), [0, 34, 100]),
    played(recording([[0, 100]], { speed: 0.25 }), [0, 257, 258, 523]),
    played(recording([[0, 100]], { speed: 4 }), [0, 489, 490], 30),
  ]).toEqual([
    [[0], [], [0.07], [0.13, 0.2]],
    [[0], [0.07], [0.13, 0.2]],
    [[0], [], [0.07], [0.13]],
    [[0], [], [2]],
  ])
})

it('a gap is waited for, or skipped at once', () => {
  const spans: [number, number][] = [
    [0, 0.1],
    [5, 5.1],
    [9, 20],
  ]
  expect([
    played(recording(spans), [0, 70, 1000, 4989, 4990, 5070, 9000]),
    played(recording(spans, { skipGaps: true }), [0, 70, 140, 210, 280]),
  ]).toEqual([
    [[0], [0.07], [], [], [5], [5.07], [9]],
    // The picture after a gap follows the last before it: where it was, there is nothing to wait for.
    [[0], [0.07, 5], [5.07, 9], [9.07], [9.13]],
  ])
})

it('a start within a gap waits or skips as any other gap does', () => {
  const playback = recording([[3, 20]])
  expect([played(playback, [0, 2989, 2990]), played({ ...playback, skipGaps: true }, [0, 67])]).toEqual([
    [[], [], [3]],
    [[3], [3.07]],
  ])
})

it('a start between two pictures shows the second at once', () => {
  expect(played(recording([[0, 20]], { startAtMs: start + 10 }), [0, 55, 56])).toEqual([[0.07], [], [0.13]])
})

it('a start at a picture’s own moment shows that picture', () => {
  for (const frame of [start * 0.015, start * 0.015 + 1, start * 0.015 + 2]) {
    const { recordedMs } = recordedFrame(1, frame)
    const exactly = recording([], {
      startAtMs: recordedMs,
      next: () => ({ beginMs: recordedMs, endMs: recordedMs + 90 }),
    })
    expect(new Playhead(exactly, 1).due(0)).toEqual([frame])
  }
})

it('at the end of recordings nothing more comes, until there is more', () => {
  const spans: [number, number][] = [[0, 0.1]]
  const growing = recording([])
  const playback: Playback = { ...growing, next: (fromMs) => recording(spans).next(fromMs) }
  const playhead = new Playhead(playback, 1)
  const before = [playhead.due(0), playhead.due(70), playhead.due(5000)].map(({ length }) => length)
  spans.push([5, 9])
  expect([before, playhead.due(5100).length, playhead.due(5260).length]).toEqual([[1, 1, 0], 0, 5])
})

it('cameras are not overtaken: fast play goes on at their pace', () => {
  let nowMs = start + 1000
  const playback = recording([], {
    speed: 8,
    nowMs: () => nowMs,
    next: (fromMs) => ({ beginMs: fromMs, endMs: nowMs }),
  })
  const playhead = new Playhead(playback, 1)
  const reached: number[] = []
  for (let ms = 0; ms <= 1000; ms += 10) {
    nowMs = start + 1000 + ms
    const [last] = playhead.due(ms).slice(-1)
    if (last !== undefined) reached.push(last / 15 - start / 1000 - ms / 1000)
  }
  expect(Math.max(...reached)).toBeLessThanOrEqual(1)
  expect(reached.at(-1)).toBeGreaterThan(0.8)
})

it('a process that was stopped makes up for what it missed, picture by picture', () => {
  const playhead = new Playhead(recording([[0, 100]]), 1)
  playhead.due(0)
  const burst = [playhead.due(10_000), playhead.due(10_000), playhead.due(10_000)].flat()
  expect(burst).toEqual(Array.from({ length: 150 }, (_, i) => start * 0.015 + 1 + i))
})

it('what lies more than 24 days behind the moment asked for is never shown', () => {
  const day = 86_400
  const skipping = { skipGaps: true, nowMs: () => start + 40 * day * 1000 }
  expect([
    played(recording([[25 * day, 26 * day]], skipping), [0, 1000]),
    played(recording([[24 * day, 26 * day]], skipping), [0]),
  ]).toEqual([[[], []], [[24 * day]]])
})

it('a picture’s number and time say each other, and the counter its camera', () => {
  for (const frame of [start * 0.015, start * 0.015 + 1, start * 0.015 + 14, start * 0.015 + 1023]) {
    const { counter, recordedMs } = recordedFrame(7, frame)
    expect([frameAt(recordedMs), frameAt(recordedMs - 1), readCounter(counter)]).toEqual([
      frame,
      frame - 1,
      { cameraNumber: 7, frame: frame % 1024 },
    ])
    expect(recordedFrameAt(7, recordedMs + 65)).toEqual({ counter, recordedMs })
  }
})
