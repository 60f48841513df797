import type { Bookmark } from '../xprotect/bookmark.ts'
import type { Searched } from '../xprotect/bookmarks.ts'

/** Where a page ended: the bookmark that was shown last. */
interface Place {
  atMs: number
  id: string
}

/** As many times a server is asked for one page, where most of what it finds is somebody else's. */
const MOST_ASKS = 10

export interface BookmarkPages {
  /** Asks for the newest that touch the time up to a moment, milliseconds since 1970. */
  search: (toMs: number) => Promise<Searched<Bookmark>>
  toMs: number
  isWanted: (bookmark: Bookmark) => boolean
}

/**
 * A page of bookmarks, newest first, and what to ask on with. The server knows no pages: it is asked anew up to the moment
 * at which the page before ended, and what was shown already is left out.
 */
export async function bookmarkPage(
  { search, toMs, isWanted }: BookmarkPages,
  { after, count }: { after: string | null; count: number },
): Promise<{ bookmarks: Bookmark[]; next: string | null }> {
  let place = after === null ? undefined : placeIn(after)
  const wanted: Bookmark[] = []
  let isAll = false
  for (let asks = 0; asks < MOST_ASKS && wanted.length <= count && !isAll; asks++) {
    const searched = await search(Math.min(place?.atMs ?? toMs, toMs))
    const fresh = searched.found.filter((one) => isAfter(placeOf(one), place)).toSorted(newestFirst)
    wanted.push(...fresh.filter(isWanted))
    // A server that finds the same again and again has no more to give.
    isAll = searched.isAll || fresh.length === 0
    if (fresh.length > 0) place = placeOf(fresh.at(-1)!)
  }
  const bookmarks = wanted.slice(0, count)
  if (wanted.length > count) return { bookmarks, next: textOf(placeOf(bookmarks.at(-1)!)) }
  return { bookmarks, next: isAll || !place ? null : textOf(place) }
}

const placeOf = ({ triggered, begin, id }: Bookmark): Place => ({ atMs: Date.parse(triggered || begin) || 0, id })

const newestFirst = (one: Bookmark, other: Bookmark): number => (isAfter(placeOf(other), placeOf(one)) ? -1 : 1)

/** Whether it comes after a place, newest first. */
const isAfter = (one: Place, place: Place | undefined): boolean =>
  !place || one.atMs < place.atMs || (one.atMs === place.atMs && one.id > place.id)

const textOf = ({ atMs, id }: Place): string => `${atMs} ${id}`

function placeIn(text: string): Place {
  const [atMs = '', id = ''] = text.split(' ')
  return { atMs: Number(atMs) || 0, id }
}
