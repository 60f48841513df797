import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SiteSearch } from '../../../src-preload/contract/models/search.ts'
import { timeShelves } from '../../../src-renderer/stores/time-shelves.ts'
import { cameraId } from '../live/support.ts'
import { pending } from '../support/fake-bridge.ts'
import { siteId } from '../support/sites.ts'

interface Row {
  id: string
  atMs: number
}
type Page = { rows: Row[]; next: string | null }

const MINUTE_MS = 60_000
const AROUND_MS = 10_000
const startMs = Date.parse('2026-11-26T14:00:00Z')
const minutes = (from: number, to: number) => ({
  beginMs: startMs + from * MINUTE_MS,
  endMs: startMs + to * MINUTE_MS,
})
const row = (id: string, minute: number): Row => ({ id, atMs: startMs + minute * MINUTE_MS })
const cameras = { siteId: siteId(1), cameraIds: [cameraId(1), cameraId(2)] }

function shelvesOn(find: (search: SiteSearch) => Promise<Page>) {
  const asked: SiteSearch[] = []
  const shelves = timeShelves<Row>({
    find(search) {
      asked.push(search)
      return find(search)
    },
    spanOf: ({ atMs }) => ({ beginMs: atMs, endMs: atMs + 1 }),
    aroundMs: AROUND_MS,
  })
  return { ...shelves, asked, ids: () => shelves.of(cameras).rows.map(({ id }) => id) }
}
/** What was asked for without what is asked around it, in minutes. */
const asMinutes = ({ from, to }: SiteSearch) => [
  (Date.parse(from) + AROUND_MS - startMs) / MINUTE_MS,
  (Date.parse(to) - AROUND_MS - startMs) / MINUTE_MS,
]

describe('what a server has in time', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }))
  afterEach(() => vi.useRealTimers())

  it('is asked for once, page by page, and of what is looked at next only what is not known', async () => {
    const { want, asked, ids, of } = shelvesOn(async ({ after }) =>
      after === null ? { rows: [row('b', 5)], next: 'more' } : { rows: [row('a', 2)], next: null },
    )
    want(cameras, minutes(0, 10))
    want(cameras, minutes(0, 10))
    await flushPromises()
    expect(asked.map(asMinutes)).toEqual([
      [0, 10],
      [0, 10],
    ])
    expect(asked.map(({ after }) => after)).toEqual([null, 'more'])
    expect(ids()).toEqual(['b', 'a'])
    want(cameras, minutes(5, 20))
    await flushPromises()
    expect(asMinutes(asked.at(-1)!)).toEqual([10, 20])
    expect(of(cameras).known).toEqual([minutes(0, 20)])
  })

  it('that was passed by is not read on; what is looked at now is', async () => {
    const first = pending<Page>()
    let isFirst = true
    const { want, asked, of } = shelvesOn(() => {
      if (!isFirst) return Promise.resolve({ rows: [], next: null })
      isFirst = false
      return first.promise
    })
    want(cameras, minutes(0, 10))
    want(cameras, minutes(100, 110))
    first.resolve({ rows: [row('old', 3)], next: 'more' })
    await flushPromises()
    expect(asked.map(asMinutes)).toEqual([
      [0, 10],
      [100, 110],
    ])
    expect(of(cameras)).toMatchObject({ known: [minutes(100, 110)], rows: [] })
  })

  it('stays to be seen until it is asked for anew, and what is not found again is gone', async () => {
    let now = [row('kept', 2), row('gone', 4)]
    const { want, forget, ids, of } = shelvesOn(async () => ({ rows: now, next: null }))
    want(cameras, minutes(0, 10))
    await flushPromises()
    now = [row('kept', 2), row('new', 6)]
    forget()
    expect([ids(), of(cameras).known]).toEqual([['kept', 'gone'], []])
    want(cameras, minutes(0, 10))
    await flushPromises()
    expect(ids()).toEqual(['kept', 'new'])
  })

  it('an answer to a question from before it was forgotten is old, and is asked again', async () => {
    const first = pending<Page>()
    const answers = [first.promise, Promise.resolve<Page>({ rows: [row('new', 6)], next: null })]
    const { want, forget, asked, ids } = shelvesOn(() => answers.shift()!)
    want(cameras, minutes(0, 10))
    forget()
    first.resolve({ rows: [], next: null })
    await flushPromises()
    expect([asked.length, ids()]).toEqual([2, ['new']])
  })

  it('says why it could not be read, and rests before it asks again', async () => {
    let isAway = true
    const { want, asked, of } = shelvesOn(async () => {
      if (isAway) throw new Error('away')
      return { rows: [], next: null }
    })
    want(cameras, minutes(0, 10))
    await flushPromises()
    isAway = false
    want(cameras, minutes(0, 10))
    await flushPromises()
    expect([asked.length, of(cameras).because?.kind]).toEqual([1, 'bug'])
    vi.setSystemTime(Date.now() + 16_000)
    want(cameras, minutes(0, 10))
    await flushPromises()
    expect([asked.length, of(cameras).because, of(cameras).known]).toEqual([2, null, [minutes(0, 10)]])
  })

  it('is not read without end: that there is more is said', async () => {
    const { want, asked, of } = shelvesOn(async () => ({ rows: [], next: 'more' }))
    want(cameras, minutes(0, 10))
    await flushPromises()
    expect([asked.length, of(cameras).isCut]).toEqual([25, true])
  })
})
