import { z } from 'zod'

/**
 * The answer to a search, in any envelope: rows not read yet, or the names of what the search wants. Bodies and replies
 * of the search tasks of bookmarks and evidence locks are not visible anywhere [?] (xprotect-api.md 6 and 7); that a
 * task called without its parameters lists them in `params` is [V CFG] for tasks in general (1.3).
 */
export const SearchAnswer = z.union([
  z.object({ array: z.array(z.unknown()) }).transform(({ array }) => ({ rows: array })),
  z.object({ data: z.array(z.unknown()) }).transform(({ data }) => ({ rows: data })),
  z.object({ result: z.array(z.unknown()) }).transform(({ result }) => ({ rows: result })),
  z.object({ result: z.object({ array: z.array(z.unknown()) }) }).transform(({ result }) => ({ rows: result.array })),
  z
    .object({ params: z.record(z.string().max(100), z.unknown()) })
    .transform(({ params }) => ({ wants: Object.keys(params) })),
])

/**
 * The parameters a server wants, out of those we know by the names of the service underneath [V PROTO, SOAP], whatever
 * their case. A name we do not know is left out: the server says whether it can do without.
 */
export function searchBody(wants: readonly string[], known: Record<string, unknown>): Record<string, unknown> {
  const byName = new Map(Object.entries(known).map(([name, value]) => [name.toLowerCase(), value]))
  return Object.fromEntries(
    wants.flatMap((name) => (byName.has(name.toLowerCase()) ? [[name, byName.get(name.toLowerCase())]] : [])),
  )
}

/** The times and cameras asked for, in the words of `BookmarkSearchTime` and in those of public attempts [?]. */
export const bookmarkSearch = (wish: {
  cameraIds: string[]
  fromMs: number
  toMs: number
  text: string
  atMost: number
  /** Which come first, and so are there where there are more than `atMost`. */
  first: 'oldest' | 'newest'
}) => ({
  startTime: iso(wish.first === 'oldest' ? wish.fromMs : wish.toMs),
  time: iso(wish.first === 'oldest' ? wish.fromMs : wish.toMs),
  // Microseconds; positive looks forward, negative back [V PROTO].
  timeLimit: (wish.first === 'oldest' ? 1 : -1) * (wish.toMs - wish.fromMs) * 1000,
  timeSpanBefore: wish.first === 'oldest' ? 0 : (wish.toMs - wish.fromMs) * 1000,
  timeSpanAfter: wish.first === 'oldest' ? (wish.toMs - wish.fromMs) * 1000 : 0,
  maxBookmarks: wish.atMost,
  mediaDeviceTypes: ['Camera'],
  deviceIds: wish.cameraIds,
  users: [] as string[],
  searchText: wish.text,
})

/** The words of the service under evidence locks (xprotect-api.md 7); what is not said is not asked about. */
export const lockSearch = (wish: {
  cameraIds: string[]
  fromMs: number
  toMs: number
  text: string
  page: number
  atMost: number
}) => ({
  deviceIds: wish.cameraIds,
  searchText: wish.text,
  users: [] as string[],
  eventFrom: iso(wish.fromMs),
  eventTo: iso(wish.toMs),
  pageIndex: wish.page,
  pageSize: wish.atMost,
  sortBy: 'CreateTime',
  ascending: false,
})

const iso = (ms: number): string => new Date(ms).toISOString().replace('Z', '0000Z')
