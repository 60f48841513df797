import { shallowReadonly, shallowRef } from 'vue'
import { failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { CameraId, SiteId } from '../../src-preload/contract/models/ids.ts'
import type { SiteSearch } from '../../src-preload/contract/models/search.ts'
import { holes, merge, type Span, type Spans } from '../time/ranges.ts'

/** Of which cameras of a site. */
export interface ShelfOf {
  readonly siteId: SiteId
  readonly cameraIds: readonly CameraId[]
}

/** What was found of some cameras, as far as anybody looked. */
export interface Shelf<Row> {
  /** What was asked and answered; outside of it nothing is known. */
  readonly known: Spans
  readonly rows: readonly Row[]
  /** There was more than is read at once, and not all of it is here. */
  readonly isCut: boolean
  /** Why the last question was not answered. */
  readonly because: Failure | null
}

interface Deps<Row> {
  /** One page, the newest first. */
  find: (search: SiteSearch) => Promise<{ rows: readonly Row[]; next: string | null }>
  /** Where a row lies. */
  spanOf: (row: Row) => Span
  /** What a server compares is not always what a row lies at: so much more is asked for on each side. */
  aroundMs: number
  /** So many pages are read of one span; of more, the rest is left. */
  mostPages?: number
}

const PAGE = 200
/** Beyond so many there is a flag at every pixel anyway. */
const MOST_PAGES = 25
/** Less is not worth a question: what comes meanwhile is asked for with the next. */
const LEAST_MS = 5_000
/** A question that failed is not asked again before. */
const REST_MS = 15_000

const empty: Shelf<never> = { known: [], rows: [], isCut: false, because: null }

/** Rows of a server that lie in time, asked for as far as anybody looks, and kept. Only the newest wish counts. */
export function timeShelves<Row extends { id: string }>(deps: Deps<Row>) {
  const { find, spanOf, aroundMs, mostPages = MOST_PAGES } = deps
  const shelves = shallowRef<ReadonlyMap<string, Shelf<Row>>>(new Map())
  const wishes = new Map<string, { of: ShelfOf; span: Span }>()
  const reading = new Set<string>()
  const restUntilMs = new Map<string, number>()
  /** How often all was forgotten: an answer to a question from before is old. */
  let age = 0

  const of = (cameras: ShelfOf): Shelf<Row> => shelves.value.get(keyOf(cameras)) ?? empty

  /** Somebody looks at this span: asks for what is not known of it. */
  function want(cameras: ShelfOf, { beginMs, endMs }: Span): void {
    const key = keyOf(cameras)
    wishes.set(key, { of: cameras, span: { beginMs: Math.floor(beginMs), endMs: Math.ceil(endMs) } })
    if (!reading.has(key)) void readOn(key) // never rejects
  }

  async function readOn(key: string): Promise<void> {
    reading.add(key)
    for (let hole = holeOf(key); hole; hole = holeOf(key)) await read(key, hole)
    reading.delete(key)
  }

  function holeOf(key: string): Span | undefined {
    const wish = wishes.get(key)
    if (!wish || (restUntilMs.get(key) ?? 0) > Date.now()) return undefined
    return holes(of(wish.of).known, wish.span).find(({ beginMs, endMs }) => endMs - beginMs >= LEAST_MS)
  }

  async function read(key: string, hole: Span): Promise<void> {
    const [mine, cameras] = [age, wishes.get(key)!.of]
    const isWanted = (): boolean => mine === age && isTouching(wishes.get(key)!.span, hole)
    const found: Row[] = []
    let after: string | null = null
    try {
      for (let pages = 0; pages === 0 || (after !== null && pages < mostPages); pages++) {
        const page = await find(searchOf(cameras, hole, after))
        if (!isWanted()) return
        found.push(...page.rows)
        after = page.next
      }
      put(key, withFound(of(cameras), hole, found, after !== null))
    } catch (error) {
      restUntilMs.set(key, Date.now() + REST_MS)
      put(key, { ...of(cameras), because: failureOf(error) })
    }
  }

  const searchOf = ({ siteId, cameraIds }: ShelfOf, { beginMs, endMs }: Span, after: string | null): SiteSearch => ({
    siteId,
    cameraIds: [...cameraIds],
    from: iso(beginMs - aroundMs),
    to: iso(endMs + aroundMs),
    text: '',
    user: '',
    after,
    count: PAGE,
  })

  /** What lay there and is not found any more is gone. */
  function withFound(before: Shelf<Row>, hole: Span, found: readonly Row[], isCut: boolean): Shelf<Row> {
    const ids = new Set(found.map(({ id }) => id))
    const kept = before.rows.filter((row) => !ids.has(row.id) && !isTouching(spanOf(row), hole))
    return {
      known: merge([...before.known, hole]),
      rows: [...kept, ...new Map(found.map((row) => [row.id, row])).values()],
      isCut: isCut || before.isCut,
      because: null,
    }
  }

  function put(key: string, shelf: Shelf<Row>): void {
    shelves.value = new Map(shelves.value).set(key, shelf)
  }

  /** What is known may be so no more: it is shown until it has been asked for anew. */
  function forget(): void {
    age += 1
    shelves.value = new Map([...shelves.value].map(([key, shelf]) => [key, { ...shelf, known: [], isCut: false }]))
  }

  return { shelves: shallowReadonly(shelves), of, want, forget }
}

const keyOf = ({ siteId, cameraIds }: ShelfOf): string => `${siteId} ${cameraIds.toSorted().join()}`
const isTouching = (one: Span, other: Span): boolean => one.beginMs < other.endMs && other.beginMs < one.endMs
const iso = (ms: number): string => new Date(ms).toISOString()
