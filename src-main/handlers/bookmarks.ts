import type { Handlers } from '../../src-preload/contract/calls.ts'
import type { BookmarkDesk } from '../actions/bookmark-desk.ts'

/** Moments that are to be found again. */
export const bookmarkHandlers = (desk: BookmarkDesk): Pick<Handlers, 'addBookmarks' | 'findBookmarks'> => ({
  addBookmarks: (order) => desk.add(order),
  findBookmarks: (search) => desk.find(search),
})
