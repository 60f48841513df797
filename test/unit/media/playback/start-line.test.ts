import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { StartLine } from '../../../../src-renderer/media/playback/start-line.ts'
import { settle } from '../fakes.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Lets some arrive, and tells who has gone. */
function runners(line: StartLine, count: number): number[] {
  const gone: number[] = []
  for (let runner = 0; runner < count; runner++) void line.arrive().then(() => gone.push(runner))
  return gone
}

describe('a start line', () => {
  it('lets all go when the last is there', async () => {
    const line = new StartLine(3)
    const gone = runners(line, 2)
    await settle()
    const before = gone.length
    const last = runners(line, 1)
    await settle()
    expect([before, gone, last]).toEqual([0, [0, 1], [0]])
  })

  it('does not wait for one that will not come', async () => {
    const line = new StartLine(2)
    const gone = runners(line, 1)
    line.leave()
    await settle()
    expect(gone).toEqual([0])
  })

  it('waits no longer than its patience, and not at all once it is over', async () => {
    const line = new StartLine(3)
    const gone = runners(line, 1)
    await vi.advanceTimersByTimeAsync(699)
    const before = gone.length
    await vi.advanceTimersByTimeAsync(1)
    const late = runners(line, 1)
    await settle()
    expect([before, gone, late]).toEqual([0, [0], [0]])
  })

  it('that is not open lets nobody go, however long it takes', async () => {
    const line = new StartLine(2, false)
    const gone = runners(line, 2)
    await vi.advanceTimersByTimeAsync(60_000)
    const before = gone.length
    line.open()
    await settle()
    expect([before, gone]).toEqual([0, [0, 1]])
  })
})
