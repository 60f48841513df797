import { Fields, WrongField } from '../config/fields.ts'
import type { Bookmark } from './bookmark.ts'

/**
 * The search tasks. Nothing public shows their bodies or replies: the names are those of the SOAP service in camel
 * case, the reply is a list as every other. Assumed from end to end. [?]
 */
const around = ['timeLimit', 'maxBookmarks', 'mediaDeviceTypes', 'deviceIds', 'users', 'searchText'] as const
export const searchTimeFields = ['startTime', ...around] as const
export const searchFromBookmarkFields = ['bookmarkId', ...around] as const

/** Bookmarks that touch the time from `startTime` on, or back to it where the limit is negative; nearest first. */
export function searchTime(all: readonly Bookmark[], body: Record<string, unknown>): Bookmark[] {
  const fields = new Fields(body, searchTimeFields)
  const startTime = fields.time('startTime')
  if (startTime === undefined) throw new WrongField('startTime')
  return searched(all, fields, startTime)
}

/** The same, on from the moment of a bookmark that is known, which is not among them. */
export function searchFromBookmark(all: readonly Bookmark[], body: Record<string, unknown>): Bookmark[] {
  const fields = new Fields(body, searchFromBookmarkFields)
  const known = all.find(({ id }) => id === fields.text('bookmarkId')?.toLowerCase())
  if (!known) throw new WrongField('bookmarkId', 'Not Found, the requested id does not exist')
  return searched(
    all.filter((bookmark) => bookmark !== known),
    fields,
    known.timeTriggered,
  )
}

function searched(all: readonly Bookmark[], fields: Fields, startTime: string): Bookmark[] {
  const limitUs = fields.whole('timeLimit') ?? Infinity
  const start = Date.parse(startTime)
  const end = start + limitUs / 1000
  const [from, to] = [Math.min(start, end), Math.max(start, end)]
  const [deviceIds, users, types] = [fields.texts('deviceIds'), fields.texts('users'), fields.texts('mediaDeviceTypes')]
  const [text, most] = [fields.text('searchText')?.toLowerCase() ?? '', fields.whole('maxBookmarks') ?? Infinity]
  const lower = (list: string[]): string[] => list.map((item) => item.toLowerCase())
  const among = (list: string[], value: string): boolean =>
    list.length === 0 || lower(list).includes(value.toLowerCase())
  const found = all.filter(
    (bookmark) =>
      Date.parse(bookmark.timeEnd) >= from &&
      Date.parse(bookmark.timeBegin) <= to &&
      among(deviceIds, bookmark.camera.id) &&
      among(users, bookmark.user) &&
      among(types, 'Camera') &&
      `${bookmark.header}\n${bookmark.description}\n${bookmark.reference}`.toLowerCase().includes(text),
  )
  const forward = limitUs >= 0 ? 1 : -1
  return found
    .toSorted((one, other) => forward * one.timeTriggered.localeCompare(other.timeTriggered))
    .slice(0, Math.max(0, most))
}
