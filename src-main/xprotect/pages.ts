import { breathe } from './clock.ts'
import type { Http } from './http.ts'
import type { Log } from './log.ts'
import { ListAnswer } from './wire/tolerant.ts'

const PAGE_SIZE = 500
/** A view has at most 64 tiles. */
export const HEAD_SIZE = 100
/** Half a million objects: more than any site, fewer than for ever. */
const MAX_PAGES = 1000
const PAGE_TIMEOUT_MS = 30_000

interface List {
  http: Http
  log: Log
  signal: AbortSignal
  /** Begins with a small page, so that there is something to show while the large ones are made. */
  headFirst?: boolean
  /** More of the query, from `&` on. */
  query?: string
}

/**
 * A collection page by page, items unread. The server says neither how many there are nor which page is the last:
 * a page shorter than asked for ends it (xprotect-api.md 1.4 [V CFG]), and so does a page that brings nothing new,
 * lest a server that repeats itself be asked for ever (security.md 7C 76).
 *
 * The next page is asked for before this one is handed out, so that the network works while we do.
 */
export async function* pagesOf(collection: string, list: List): AsyncGenerator<unknown[]> {
  const { http, log, signal, headFirst = false, query = '' } = list
  const ask = ({ page, size }: Portion): Promise<unknown[]> =>
    http.get(`${collection}?page=${page}&size=${size}${query}`, ListAnswer, { signal, timeoutMs: PAGE_TIMEOUT_MS })
  const seen = new Set<string>()
  let portion: Portion = headFirst ? head : { page: 0, size: PAGE_SIZE, known: 0 }
  let upcoming = ask(portion)
  for (let asked = 1; ; asked++) {
    const items = await upcoming
    await breathe() // reading the JSON was one slice of work, what follows is another
    const { size, known } = portion
    const before = seen.size
    for (const item of items) remember(seen, item)
    const isLast = items.length !== size || seen.size === before || asked >= MAX_PAGES
    if (!isLast) upcoming = handled(ask((portion = after(portion))))
    else if (items.length === size) log.warn(`${collection} does not end: gave up after ${asked} pages`)
    // A server that knows no pages sends everything at once: it is handed out in the same portions.
    for (let from = known; from < items.length || from === known; from += PAGE_SIZE) {
      yield items.slice(from, from + PAGE_SIZE)
      await breathe()
    }
    if (isLast) return
  }
}

interface Portion {
  page: number
  size: number
  /** So many of its first items were in the head. */
  known: number
}

const head: Portion = { page: 0, size: HEAD_SIZE, known: 0 }

const after = (portion: Portion): Portion =>
  portion === head
    ? { page: 0, size: PAGE_SIZE, known: HEAD_SIZE }
    : { page: portion.page + 1, size: PAGE_SIZE, known: 0 }

/** What tells two pages apart: ids as the server writes them. An item without one tells nothing. */
function remember(seen: Set<string>, item: unknown): void {
  if (typeof item !== 'object' || item === null || !('id' in item)) return
  if (typeof item.id === 'string') seen.add(item.id.slice(0, 64))
}

/** Its failure is met when it is awaited; until then it is not an unhandled one, even if the reader stops early. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  return promise
}
