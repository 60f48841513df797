import type { Bookmark, BookmarkEdit } from '../../../src-preload/contract/models/bookmark.ts'

/** What a form says now. Moments are epoch milliseconds. */
interface Typed {
  headline: string
  description: string
  fromMs: number
  toMs: number
}

const second = (ms: number): number => Math.floor(ms / 1000)

/**
 * What is to be another, and nothing else: a field that was not touched keeps its milliseconds. The moment a bookmark is
 * about moves only where the span would lose it.
 */
export function bookmarkEdit(bookmark: Bookmark, { headline, description, fromMs, toMs }: Typed): BookmarkEdit {
  const triggeredMs = Date.parse(bookmark.triggered)
  const inside = Math.min(Math.max(triggeredMs, fromMs), toMs)
  return {
    ...(headline.trim() !== bookmark.headline && { headline: headline.trim() }),
    ...(description.trim() !== bookmark.description && { description: description.trim() }),
    ...(second(fromMs) !== second(Date.parse(bookmark.begin)) && { begin: new Date(fromMs).toISOString() }),
    ...(second(toMs) !== second(Date.parse(bookmark.end)) && { end: new Date(toMs).toISOString() }),
    ...(second(inside) !== second(triggeredMs) && { triggered: new Date(inside).toISOString() }),
  }
}
