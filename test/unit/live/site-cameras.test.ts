import { describe, expect, it } from 'vitest'
import { AppError, type Failure } from '../../../src-preload/contract/failure.ts'
import type { Camera } from '../../../src-preload/contract/models/camera.ts'
import { CameraReader, type SiteCameras } from '../../../src-renderer/stores/site-cameras.ts'
import { pending } from '../support/fake-bridge.ts'
import { siteId } from '../support/sites.ts'
import { camerasOf, groupOf } from './support.ts'

const down: Failure = { kind: 'unreachable', what: 'server', how: 'reset' }

/** Main as the reader sees it: a list that can grow, change and fail. */
class Main {
  cameras: Camera[]
  readonly seen: SiteCameras[] = []
  readonly asked: number[] = []
  readonly reader: CameraReader
  breaths = 0
  nowMs = 0
  /** How long one page takes. */
  pageMs = 1000
  failure: Failure | null = null
  onAsked: () => void | Promise<void> = () => {}

  constructor(count: number) {
    this.cameras = camerasOf(count)
    this.reader = new CameraReader(siteId(1), {
      listCameras: async (from, count) => {
        this.asked.push(from)
        await this.onAsked()
        this.nowMs += this.pageMs
        if (this.failure) throw new AppError(this.failure)
        const cameras = this.cameras.slice(from, from + count)
        return { cameras, total: this.cameras.length }
      },
      listCameraGroups: async () => [groupOf('All', [1])],
      breathe: async () => void (this.breaths += 1),
      now: () => this.nowMs,
      onChange: (cameras) => this.seen.push(cameras),
    })
  }

  get shown(): { cameras: number; load: SiteCameras['load']; groups: number | null } {
    const last = this.seen.at(-1)
    return {
      cameras: last?.cameras.length ?? 0,
      load: last?.load ?? { phase: 'none' },
      groups: last?.groups?.length ?? null,
    }
  }
}

const ready = (total: number, skipped = 0) => ({ phase: 'ready', total, skipped }) as const
const loading = (loaded: number) => ({ phase: 'loading', loaded }) as const

describe('reading a site’s cameras', () => {
  it('asks for pages of 500, breathes between them and takes the groups at the end', async () => {
    const main = new Main(1200)
    await main.reader.follow(ready(1200, 3))
    expect({ asked: main.asked, breaths: main.breaths, shown: main.shown }).toEqual({
      asked: [0, 500, 1000],
      breaths: 3,
      shown: { cameras: 1200, load: { phase: 'ready', skipped: 3 }, groups: 1 },
    })
  })

  it('grows on screen while main is still reading, and goes on from where it is', async () => {
    const main = new Main(700)
    await main.reader.follow(loading(0))
    await main.reader.follow(loading(700))
    const half = main.shown
    main.cameras = camerasOf(900)
    await main.reader.follow(ready(900))
    expect({ half, asked: main.asked, shown: main.shown }).toEqual({
      half: { cameras: 700, load: { phase: 'loading' }, groups: null },
      asked: [0, 500, 700],
      shown: { cameras: 900, load: { phase: 'ready', skipped: 0 }, groups: 1 },
    })
  })

  it('is drawn when it has grown by half or after a second, not with every page', async () => {
    const main = new Main(5_000)
    main.pageMs = 100
    await main.reader.follow(loading(5_000))
    const lengths = main.seen.map(({ cameras }) => cameras.length)
    expect(lengths).toEqual([0, 500, 1_000, 1_500, 2_500, 4_000])
    await main.reader.follow(ready(5_000))
    expect(main.shown).toEqual({ cameras: 5_000, load: { phase: 'ready', skipped: 0 }, groups: 1 })
  })

  it('asks nothing again when a site’s news says the same of its cameras', async () => {
    const main = new Main(3)
    await main.reader.follow(ready(3))
    await main.reader.follow(ready(3))
    expect(main.asked).toEqual([0])
  })

  it('keeps the whole list on screen while it is read anew, and replaces it in one step', async () => {
    const main = new Main(1000)
    await main.reader.follow(ready(1000))
    main.seen.length = 0
    await main.reader.follow(loading(1000))
    const during = main.shown
    main.cameras = camerasOf(1300).slice(700)
    await main.reader.follow(ready(600))
    expect({ during, counts: new Set(main.seen.map(({ cameras }) => cameras.length)), shown: main.shown }).toEqual({
      during: { cameras: 1000, load: { phase: 'loading' }, groups: 1 },
      counts: new Set([1000, 600]),
      shown: { cameras: 600, load: { phase: 'ready', skipped: 0 }, groups: 1 },
    })
  })

  it('loses nothing when reading anew fails, and takes what came before it did', async () => {
    const main = new Main(1000)
    await main.reader.follow(ready(1000))
    await main.reader.follow(loading(1000))
    main.cameras = camerasOf(1010)
    await main.reader.follow({ phase: 'failed', loaded: 1010, because: down })
    expect(main.shown).toEqual({ cameras: 1010, load: { phase: 'partial', because: down }, groups: 1 })
  })

  it('keeps what came when the server goes away in the middle of the first list', async () => {
    const main = new Main(700)
    await main.reader.follow(loading(500))
    await main.reader.follow({ phase: 'failed', loaded: 700, because: down })
    expect({ asked: main.asked, shown: main.shown }).toEqual({
      asked: [0, 500],
      shown: { cameras: 700, load: { phase: 'partial', because: down }, groups: null },
    })
  })

  it('shows no less while it reads again after a list that broke off', async () => {
    const main = new Main(900)
    await main.reader.follow({ phase: 'failed', loaded: 900, because: down })
    main.seen.length = 0
    await main.reader.follow(loading(900))
    await main.reader.follow(ready(900))
    expect(main.seen.map(({ cameras }) => cameras.length)).toEqual(main.seen.map(() => 900))
    expect(main.shown.load.phase).toBe('ready')
  })

  it('says what failed when there is nothing to show', async () => {
    const main = new Main(0)
    main.failure = down
    await main.reader.follow(ready(500))
    expect(main.shown).toEqual({ cameras: 0, load: { phase: 'failed', because: down }, groups: null })
  })

  it('drops a page of a list that was begun anew meanwhile', async () => {
    const main = new Main(500)
    const answer = pending<void>()
    main.onAsked = () => answer.promise
    const first = main.reader.follow(loading(500))
    await main.reader.follow(loading(0))
    main.onAsked = () => {}
    main.cameras = camerasOf(2)
    answer.resolve()
    await first
    await main.reader.follow(ready(2))
    expect({ asked: main.asked, shown: main.shown.cameras }).toEqual({ asked: [0, 0], shown: 2 })
  })

  it('forgets everything on signing out, also a page that is still under way', async () => {
    const main = new Main(500)
    const answer = pending<void>()
    main.onAsked = () => answer.promise
    const reading = main.reader.follow(ready(500))
    await main.reader.follow({ phase: 'none' })
    answer.resolve()
    await reading
    expect(main.shown).toEqual({ cameras: 0, load: { phase: 'none' }, groups: null })
  })

  it('does not ask for ever when main has fewer than it said', async () => {
    const main = new Main(10)
    await main.reader.follow(ready(5000))
    expect({ asked: main.asked, load: main.shown.load.phase }).toEqual({ asked: [0, 10], load: 'ready' })
  })
})
