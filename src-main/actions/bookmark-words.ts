import { z } from 'zod'
import { BookmarkEdit } from '../../src-preload/contract/models/bookmark.ts'

/** What the journal keeps of a bookmark; its reference and camera are the command's. Moments as in `BookmarkWish`. */
export const BookmarkText = z.object({
  headline: z.string(),
  description: z.string(),
  begin: z.string(),
  triggered: z.string(),
  end: z.string(),
})
export type BookmarkText = z.infer<typeof BookmarkText>

/** What it keeps of a change to a bookmark. */
export const EditOrder = z.object({ bookmarkId: z.string(), change: BookmarkEdit })
export type EditOrder = z.infer<typeof EditOrder>

/** What it keeps of a bookmark that is to go. */
export const DeleteOrder = EditOrder.pick({ bookmarkId: true })
export type DeleteOrder = z.infer<typeof DeleteOrder>
