// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/failure.ts'
import type { CameraSequences, SequenceSearch } from '../../../src-preload/contract/models/sequence.ts'
import { useSequences } from '../../../src-renderer/stores/sequences.ts'
import { cameraRef } from '../live/support.ts'
import { FakeBridge, pending } from '../support/fake-bridge.ts'
import { usePage } from '../support/page.ts'

const HOUR = 3_600_000
/** Midnight that all hours here are counted from. */
const AT = Date.UTC(2026, 10, 23)
const NOW = AT + 24 * HOUR
const hours = (from: number, to: number) => ({ beginMs: AT + from * HOUR, endMs: AT + to * HOUR })

/** A recorder whose answers come when the test says so, the oldest first. */
class SlowRecorder {
  readonly bridge = new FakeBridge({ listSequences: (wish) => this.#ask(wish) })
  readonly #open: { wish: SequenceSearch; answer: ReturnType<typeof pending<CameraSequences>> }[] = []

  #ask(wish: SequenceSearch): Promise<CameraSequences> {
    const answer = pending<CameraSequences>()
    this.#open.push({ wish, answer })
    return answer.promise
  }

  /** Every question so far: camera, and from which hour to which. */
  get asked(): [camera: number, from: number, to: number][] {
    return this.bridge.asked.map(({ input }) => {
      const { camera, from, to } = input as SequenceSearch
      return [Number(camera.cameraId.slice(-3)), hourOf(from), hourOf(to)]
    })
  }

  async answer(count = 1): Promise<void> {
    for (const { wish, answer } of this.#open.splice(0, count)) {
      const span = { begin: wish.from, end: wish.to }
      answer.resolve({ source: 'recorder', known: span, recordings: [span], motion: [] })
      await flushPromises()
    }
  }

  async fail(): Promise<void> {
    this.#open.shift()?.answer.reject(new AppError({ kind: 'forbidden' }))
    await flushPromises()
  }
}

const hourOf = (text: string): number => (Date.parse(text) - AT) / HOUR

const [timeline, player] = [Symbol('timeline'), Symbol('player')]
let recorder: SlowRecorder

beforeEach(() => {
  recorder = new SlowRecorder()
  usePage(recorder.bridge)
})

const cameras = (count: number) => Array.from({ length: count }, (_, index) => cameraRef(index + 1))

describe('what is asked of recordings', () => {
  it('is what is looked at and not known, up to the present', async () => {
    const { want, of } = useSequences()
    want(timeline, cameras(1), hours(2, 4), NOW)
    await recorder.answer()
    want(timeline, cameras(1), hours(1, 30), NOW)
    await recorder.answer(2)
    want(timeline, cameras(1), hours(1, 30), NOW)
    expect(recorder.asked).toEqual([
      [1, 2, 4],
      [1, 1, 2],
      [1, 4, 24],
    ])
    expect(of(cameraRef(1)).known).toEqual([hours(1, 24)])
  })

  it('is not more than four questions at a time', async () => {
    useSequences().want(timeline, cameras(9), hours(1, 2), NOW)
    const atFirst = recorder.asked.length
    await recorder.answer(3)
    expect([atFirst, recorder.asked.length]).toEqual([4, 7])
  })

  it('is dropped while it waits when the look has passed on, and what is asked already is kept when it comes', async () => {
    const { want, of } = useSequences()
    for (let from = 1; from < 20; from++) want(timeline, cameras(4), hours(from, from + 1), NOW)
    const atFirst = recorder.asked
    await recorder.answer(4)
    expect(recorder.asked.slice(atFirst.length)).toEqual([1, 2, 3, 4].map((camera) => [camera, 19, 20]))
    expect([atFirst.length, of(cameraRef(1)).known]).toEqual([4, [hours(1, 2)]])
  })

  it('is asked once for two who look at the same, and the last who looked comes first', async () => {
    const { want } = useSequences()
    want(player, cameras(4), hours(1, 2), NOW)
    want(player, cameras(2), hours(0, 12), NOW)
    want(timeline, cameras(1), hours(6, 8), NOW)
    await recorder.answer(4)
    expect(recorder.asked.slice(4)).toEqual([
      [1, 6, 8],
      [1, 0, 1],
      [1, 2, 6],
      [1, 8, 12],
    ])
  })

  it('is dropped when who looked has gone, unless another looks there too', async () => {
    const { want, leave } = useSequences()
    want(player, cameras(4), hours(1, 2), NOW)
    want(player, cameras(1), hours(4, 5), NOW)
    want(timeline, cameras(3), hours(4, 5), NOW)
    leave(timeline)
    await recorder.answer(4)
    await recorder.answer(4)
    expect(recorder.asked.slice(4)).toEqual([[1, 4, 5]])
  })

  it('is not asked again at once where the recorder refused', async () => {
    const { want, of } = useSequences()
    want(timeline, cameras(1), hours(1, 2), NOW)
    await recorder.fail()
    want(timeline, cameras(1), hours(1, 3), NOW)
    await flushPromises()
    expect([recorder.asked.length, of(cameraRef(1)).because]).toEqual([1, { kind: 'forbidden' }])
  })
})
