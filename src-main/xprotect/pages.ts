import { breathe } from './clock.ts'
import type { Http } from './http.ts'
import type { Log } from './log.ts'
import { ListAnswer } from './wire/tolerant.ts'

const PAGE_SIZE = 500
/** Half a million objects: more than any site, fewer than for ever. */
const MAX_PAGES = 1000
const PAGE_TIMEOUT_MS = 30_000

interface List {
  http: Http
  log: Log
  signal: AbortSignal
}

/**
 * A collection page by page, items unread. The server says neither how many there are nor which page is the last:
 * a page shorter than asked for ends it (xprotect-api.md 1.4 [V CFG]), and so does a page that brings nothing new,
 * lest a server that repeats itself be asked for ever (security.md 7C 76).
 *
 * The next page is asked for before this one is handed out, so that the network works while we do.
 */
export async function* pagesOf(collection: string, { http, log, signal }: List): AsyncGenerator<unknown[]> {
  const ask = (page: number): Promise<unknown[]> =>
    http.get(`${collection}?page=${page}&size=${PAGE_SIZE}`, ListAnswer, { signal, timeoutMs: PAGE_TIMEOUT_MS })
  const seen = new Set<string>()
  let upcoming = ask(0)
  for (let page = 1; ; page++) {
    const items = await upcoming
    const before = seen.size
    for (const item of items) remember(seen, item)
    const isLast = items.length !== PAGE_SIZE || seen.size === before || page >= MAX_PAGES
    if (!isLast) upcoming = handled(ask(page))
    else if (items.length === PAGE_SIZE) log.warn(`${collection} does not end: gave up after ${page} pages`)
    // A server that knows no pages sends everything at once: it is handed out in the same portions.
    for (let from = 0; from < items.length || from === 0; from += PAGE_SIZE) {
      yield items.slice(from, from + PAGE_SIZE)
      await breathe()
    }
    if (isLast) return
  }
}

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
