import { AppError, failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { CameraId } from '../../src-preload/contract/models/ids.ts'
import type { Bookmark, BookmarkChange, BookmarkWish } from './bookmark.ts'
import { cleanText } from './clean-text.ts'
import type { Http } from './http.ts'
import type { Log } from './log.ts'
import { attempted, type Outcome } from './outcome.ts'
import { SearchTask } from './search-task.ts'
import { BookmarkAnswer, bookmarkBody, BookmarkWire, type BookmarkNames } from './wire/bookmark.ts'
import { MadeId } from './wire/made.ts'
import { isSameMoment } from './wire/moment.ts'
import { bookmarkSearch } from './wire/search.ts'
import { TEXT_LENGTH } from './wire/tolerant.ts'

/** Something the server made. */
export interface Made<T> {
  id: string
  /** As it was read back; `null` where it could not be. */
  stored: T | null
  /** Fields that were read back as something else than was asked for. */
  differs: (keyof T)[]
}

/**
 * What a look for something by its reference found. `cannot-tell`: this server cannot be searched, or what it says decides
 * nothing; `no-answer`: asked again later, it may say.
 */
export type Found<T> =
  { is: 'found'; one: T; more: number } | { is: 'absent' } | { is: 'cannot-tell' | 'no-answer'; because: Failure }

export interface BookmarkSearch {
  cameraIds: CameraId[]
  /** Milliseconds since 1970, UTC. */
  fromMs: number
  toMs: number
  text?: string
}

/** What a search came to. */
export interface Searched<T> {
  found: T[]
  /** There are no more. */
  isAll: boolean
}

/** What may be done with bookmarks (xprotect-api.md 6). Those that act never reject; those that read do. */
export interface Bookmarks {
  create(wish: BookmarkWish, signal: AbortSignal): Promise<Outcome<Made<Bookmark>>>
  get(id: string, signal: AbortSignal): Promise<Bookmark>
  edit(id: string, change: BookmarkChange, signal: AbortSignal): Promise<Outcome<Made<Bookmark>>>
  remove(id: string, signal: AbortSignal): Promise<Outcome<void>>
  /** The newest, as many as a server gives at once. Throws the server's refusal where it cannot be searched. */
  search(wish: BookmarkSearch, signal: AbortSignal): Promise<Searched<Bookmark>>
  /** Whether the server has the bookmark of this wish, as far as it can be searched. Never rejects. */
  lookUp(wish: BookmarkWish, signal: AbortSignal): Promise<Found<Bookmark>>
}

/** The most a search is asked for; a full answer leaves open what else there is. */
const MOST = 1000
/** A look for one bookmark reaches so far around it: which of its times the server compares is not known [?]. */
const AROUND_MS = 10 * 60_000

const WANTS = ['startTime', 'timeLimit', 'maxBookmarks', 'mediaDeviceTypes', 'deviceIds', 'users', 'searchText']

export function bookmarksOf({ http, log }: { http: Http; log: Log }): Bookmarks {
  const searchTime = new SearchTask(http, 'bookmarks?task=searchTime', WANTS)
  let names: BookmarkNames = 'present'

  /** A server that refuses `devicePath` by its name did nothing: it is asked once more in older words. */
  async function inItsWords<T>(ask: (names: BookmarkNames) => Promise<T>): Promise<T> {
    try {
      return await ask(names)
    } catch (error) {
      const because = failureOf(error)
      const isOfNames = because.kind === 'refused' && because.status === 400 && /devicePath/i.test(because.text)
      if (names === 'older' || !isOfNames) throw error
      const value = await ask('older')
      names = 'older'
      log.info('bookmarks are written with the names of older servers')
      return value
    }
  }

  const get: Bookmarks['get'] = (id, signal) => http.get(`bookmarks/${id}`, BookmarkAnswer, { signal })

  /** What was asked for was done; whether it is as asked is looked at, and not known where nothing comes back. */
  async function readBack(id: string, wish: Partial<BookmarkWish>, signal: AbortSignal): Promise<Made<Bookmark>> {
    try {
      const stored = await get(id, signal)
      return { id, stored, differs: differences(wish, stored) }
    } catch (error) {
      log.warn(`a bookmark was made and could not be read back: ${failureOf(error).kind}`)
      return { id, stored: null, differs: [] }
    }
  }

  async function rows(
    { cameraIds, fromMs, toMs, text = '' }: BookmarkSearch,
    first: 'oldest' | 'newest',
    signal: AbortSignal,
  ): Promise<unknown[]> {
    return searchTime.rows(bookmarkSearch({ cameraIds, fromMs, toMs, text, first, atMost: MOST }), signal)
  }

  return {
    create: (wish, signal) =>
      attempted(async () => {
        const id = await inItsWords((as) => http.post('bookmarks', bookmarkBody(as, wish), MadeId, { signal }))
        return readBack(id, wish, signal)
      }, signal),

    get,

    edit: (id, change, signal) =>
      attempted(async () => {
        await inItsWords((as) => http.send('PATCH', `bookmarks/${id}`, bookmarkBody(as, change), { signal }))
        return readBack(id, change, signal)
      }, signal),

    remove: (id, signal) => attempted(() => http.send('DELETE', `bookmarks/${id}`, undefined, { signal }), signal),

    async search(wish, signal) {
      const all = await rows(wish, 'newest', signal)
      return { found: all.flatMap((row) => BookmarkWire.safeParse(row).data ?? []), isAll: all.length < MOST }
    },

    lookUp: ({ cameraId, reference, begin, end }, signal) =>
      lookedUp(
        async () => {
          const [fromMs, toMs] = [Date.parse(begin) - AROUND_MS, Date.parse(end) + AROUND_MS]
          return { rows: await rows({ cameraIds: [cameraId], fromMs, toMs }, 'oldest', signal), most: MOST }
        },
        (row) => {
          const bookmark = BookmarkWire.safeParse(row).data
          return bookmark && { one: bookmark, isIt: bookmark.reference === reference }
        },
      ),
  }
}

/**
 * Looks through what a search found. A row that makes no sense, or a full page, leaves open whether the one looked for
 * is among the rest: then only finding it counts.
 */
export async function lookedUp<T>(
  search: () => Promise<{ rows: unknown[]; most: number }>,
  read: (row: unknown) => { one: T; isIt: boolean } | undefined,
): Promise<Found<T>> {
  try {
    const { rows, most } = await search()
    const all = rows.map(read)
    const [one, ...more] = all.flatMap((row) => (row?.isIt ? [row.one] : []))
    if (one !== undefined) return { is: 'found', one, more: more.length }
    if (rows.length < most && all.every((row) => row !== undefined)) return { is: 'absent' }
    throw new AppError({ kind: 'bad-answer', call: 'search', what: rows.length < most ? 'shape' : 'too-large' })
  } catch (error) {
    const because = failureOf(error)
    const isSilent = because.kind === 'unreachable' || because.kind === 'busy' || because.kind === 'signed-out'
    return { is: isSilent ? 'no-answer' : 'cannot-tell', because }
  }
}

/** Whether a stored bookmark has everything that was asked for. */
export const isAsAsked = (wish: Partial<BookmarkWish>, stored: Bookmark): boolean =>
  differences(wish, stored).length === 0

const MOMENTS = new Set(['begin', 'triggered', 'end'])

function differences(wish: Partial<BookmarkWish>, stored: Bookmark): (keyof Bookmark)[] {
  return (Object.keys(wish) as (keyof BookmarkWish)[]).filter((key) => {
    const [asked = '', is] = [wish[key], stored[key]]
    return MOMENTS.has(key) ? !isSameMoment(asked, is) : cleanText(asked, TEXT_LENGTH) !== is
  })
}
