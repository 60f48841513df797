import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError, failureOf } from '../../../src-preload/contract/failure.ts'
import type { Camera } from '../../../src-preload/contract/models/camera.ts'
import type { CameraListState } from '../../../src-preload/contract/models/site.ts'
import { promised } from './promised.ts'
import { CameraList, type CameraSource } from '../../../src-main/sites/camera-list.ts'

const camera = (number: number, name = `Camera ${number}`): Camera =>
  ({ id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`, name }) as Camera
const cameras = (from: number, to: number): Camera[] =>
  Array.from({ length: to - from + 1 }, (_, index) => camera(from + index))
const gone = new AppError({ kind: 'unreachable', what: 'server', how: 'reset' })

const pages = (...all: Camera[][]): CameraSource =>
  async function* () {
    for (const page of all) yield { cameras: page, skipped: 1 }
  }
const failingAfter = (...all: Camera[][]): CameraSource =>
  async function* (signal) {
    yield* pages(...all)(signal)
    throw gone
  }

let states: CameraListState[]
let list: CameraList
beforeEach(() => {
  states = []
  list = new CameraList(failureOf, () => void states.push(list.state))
})
const shown = (): string[] => list.page(0, 1_000).cameras.map(({ name }) => name)

describe('the camera list', () => {
  it('grows in steps and says when it is whole', async () => {
    await list.load(pages(cameras(1, 2), cameras(3, 3)))
    expect(states).toEqual([
      { phase: 'loading', loaded: 0 },
      { phase: 'loading', loaded: 2 },
      { phase: 'loading', loaded: 3 },
      { phase: 'ready', total: 3, skipped: 2 },
    ])
  })

  it('is read in pages until there is no next', async () => {
    await list.load(pages(cameras(1, 5)))
    expect([list.page(0, 2), list.page(4, 2), list.page(9, 2)]).toEqual([
      { cameras: cameras(1, 2), total: 5, next: 2 },
      { cameras: cameras(5, 5), total: 5 },
      { cameras: [], total: 5 },
    ])
  })

  it('counts a camera once, however often the server lists it', async () => {
    await list.load(pages(cameras(1, 3), cameras(2, 4)))
    expect(shown()).toEqual(['Camera 1', 'Camera 2', 'Camera 3', 'Camera 4'])
  })

  it('keeps what came before the server went', async () => {
    await list.load(failingAfter(cameras(1, 2)))
    expect([shown(), list.state]).toEqual([
      ['Camera 1', 'Camera 2'],
      { phase: 'failed', loaded: 2, because: gone.failure },
    ])
  })

  it('shows the old list until the new one is whole', async () => {
    await list.load(pages(cameras(1, 3)))
    states = []
    await list.load(pages([camera(1, 'Renamed')], [camera(9)]))
    expect([states, shown()]).toEqual([
      [
        { phase: 'loading', loaded: 3 },
        { phase: 'loading', loaded: 3 },
        { phase: 'loading', loaded: 3 },
        { phase: 'ready', total: 2, skipped: 2 },
      ],
      ['Renamed', 'Camera 9'],
    ])
  })

  it('loses nothing when a reload fails midway, and takes the news it got', async () => {
    await list.load(pages(cameras(1, 3)))
    await list.load(failingAfter([camera(1, 'Renamed'), camera(9)]))
    expect([shown(), list.state]).toEqual([
      ['Renamed', 'Camera 2', 'Camera 3', 'Camera 9'],
      { phase: 'failed', loaded: 4, because: gone.failure },
    ])
  })

  it('a newer load ends the one under way, whose pages count no more', async () => {
    const { promise: held, resolve: release } = promised<undefined>()
    let ended = false
    const slow = list.load(async function* (signal) {
      signal.addEventListener('abort', () => (ended = true))
      yield { cameras: cameras(1, 2), skipped: 0 }
      await held
      yield { cameras: cameras(50, 60), skipped: 0 }
    })
    const fast = list.load(pages(cameras(3, 4)))
    release(undefined)
    await Promise.all([slow, fast])
    expect([ended, shown(), list.state]).toEqual([
      true,
      ['Camera 3', 'Camera 4'],
      { phase: 'ready', total: 2, skipped: 1 },
    ])
  })

  it('a failure after it was cleared changes nothing', async () => {
    const { promise: held, reject: fail } = promised<undefined>()
    const loading = list.load(async function* () {
      yield { cameras: cameras(1, 2), skipped: 0 }
      await held
    })
    await vi.waitFor(() => expect(shown()).toHaveLength(2))
    list.clear()
    fail(gone)
    await loading
    expect([shown(), list.state]).toEqual([[], { phase: 'none' }])
  })

  it('of a hundred thousand cameras is put together without going over it again for each page', async () => {
    const hundred = Array.from({ length: 1_000 }, (_, page) => cameras(page * 100, page * 100 + 99))
    await list.load(pages(...hundred))
    expect(list.state).toEqual({ phase: 'ready', total: 100_000, skipped: 1_000 })
  })
})
