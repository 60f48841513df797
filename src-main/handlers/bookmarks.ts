import type { Handlers } from '../../src-preload/contract/calls.ts'
import type { BookmarkDesk } from '../actions/bookmark-desk.ts'

/** Moments that are to be found again. */
export const bookmarkHandlers = (
  desk: BookmarkDesk,
): Pick<Handlers, 'addBookmarks' | 'findBookmarks' | 'editBookmark' | 'deleteBookmark'> => ({
  addBookmarks: (order) => desk.add(order),
  findBookmarks: (search) => desk.find(search),
  editBookmark: ({ bookmark, change }) => desk.edit(bookmark, change),
  deleteBookmark: ({ bookmark }) => desk.delete(bookmark),
})
