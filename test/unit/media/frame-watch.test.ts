import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FrameWatch } from '../../../src-renderer/media/frame-watch.ts'
import { FakeVideo } from './fakes.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function scene({ framesPerSecond = 0, isDrawn = true } = {}) {
  const video = new FakeVideo()
  const edges: string[] = []
  const screen = { isDrawn, decoded: 0, asked: 0 }
  const watch = new FrameWatch({
    decodedFrames: async () => {
      screen.asked++
      return screen.decoded
    },
    isDrawn: () => screen.isDrawn,
    framesPerSecond,
    onEdge: (edge) => edges.push(edge),
  })
  return { video, edges, watch, screen }
}

/** Paints with a given interval for a while. */
async function paint(video: FakeVideo, everyMs: number, forMs: number): Promise<void> {
  for (let passed = 0; passed < forMs; passed += everyMs) {
    await vi.advanceTimersByTimeAsync(everyMs)
    video.paint()
  }
}

describe('a frame watch', () => {
  it('tells the first frame and the silence, not every frame', async () => {
    const { video, edges, watch } = scene()
    watch.attach(video.asElement)
    await paint(video, 66, 5000)
    expect(edges).toEqual(['frame'])
    await vi.advanceTimersByTimeAsync(2000)
    expect(edges).toEqual(['frame', 'silence'])
    video.paint()
    expect(edges).toEqual(['frame', 'silence', 'frame'])
  })

  it('says nothing before the first frame, however long it takes', async () => {
    const { video, edges, watch } = scene()
    watch.attach(video.asElement)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(edges).toEqual([])
  })

  it('calls silence never later than two seconds after the last frame', async () => {
    const { video, edges, watch } = scene()
    watch.attach(video.asElement)
    await paint(video, 66, 3000)
    await vi.advanceTimersByTimeAsync(1700)
    expect(edges).toEqual(['frame'])
    await vi.advanceTimersByTimeAsync(300)
    expect(edges).toEqual(['frame', 'silence'])
  })

  it('asks the engine for few of many frames', async () => {
    const { video, watch } = scene()
    const ask = vi.spyOn(video, 'requestVideoFrameCallback')
    watch.attach(video.asElement)
    await paint(video, 40, 10_000)
    expect(ask.mock.calls.length).toBeLessThan(45)
    expect(watch.framesPainted).toBeGreaterThan(240)
  })

  it('grants a slow camera three of its intervals, as seen or as the server says', async () => {
    const seen = scene()
    seen.watch.attach(seen.video.asElement)
    await paint(seen.video, 1500, 6000)
    await vi.advanceTimersByTimeAsync(4000)
    expect(seen.edges).toEqual(['frame'])
    await vi.advanceTimersByTimeAsync(1000)
    expect(seen.edges).toEqual(['frame', 'silence'])

    const told = scene({ framesPerSecond: 0.5 })
    told.watch.attach(told.video.asElement)
    told.video.paint()
    await vi.advanceTimersByTimeAsync(5500)
    expect(told.edges).toEqual(['frame'])
    await vi.advanceTimersByTimeAsync(750)
    expect(told.edges).toEqual(['frame', 'silence'])
  })

  it('takes decoded frames for painted ones while nothing can be painted', async () => {
    const { video, edges, watch, screen } = scene({ isDrawn: false })
    watch.attach(video.asElement)
    screen.decoded = 3
    await vi.advanceTimersByTimeAsync(1250)
    expect(edges).toEqual([])
    screen.decoded = 9
    await vi.advanceTimersByTimeAsync(1250)
    expect(edges).toEqual(['frame'])
  })

  it('does not let decoded frames pass for a picture while the page is drawn', async () => {
    const { video, edges, watch, screen } = scene()
    watch.attach(video.asElement)
    video.paint()
    screen.decoded = 1
    await vi.advanceTimersByTimeAsync(1250)
    screen.decoded = 99
    await vi.advanceTimersByTimeAsync(1250)
    expect([edges, screen.asked]).toEqual([['frame', 'silence'], 0])
  })

  it('counts what any of several videos paints', async () => {
    const { video, edges, watch } = scene()
    const other = new FakeVideo()
    watch.attach(video.asElement)
    const leave = watch.attach(other.asElement)
    await paint(other, 66, 3000)
    expect(edges).toEqual(['frame'])
    leave()
    expect(other.isAsked).toBe(false)
    await vi.advanceTimersByTimeAsync(2000)
    expect(edges).toEqual(['frame', 'silence'])
  })

  it('leaves nothing behind when it is stopped', () => {
    const { video, watch } = scene()
    watch.attach(video.asElement)
    watch.stop()
    expect([vi.getTimerCount(), video.isAsked]).toEqual([0, false])
  })
})
