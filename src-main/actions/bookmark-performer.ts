import { z } from 'zod'
import type { Job } from '../journal/job.ts'
import type { Performer } from '../journal/performer.ts'
import type { BookmarkWish } from '../xprotect/bookmark.ts'
import { heldBackAt, type ActionSites } from './action-site.ts'
import { cameraOf } from './recording-performers.ts'
import { sentAs } from './sent.ts'

/** What the journal keeps of a bookmark; its reference and camera are the command's. Moments as in `BookmarkWish`. */
export const BookmarkText = z.object({
  headline: z.string(),
  description: z.string(),
  begin: z.string(),
  triggered: z.string(),
  end: z.string(),
})
export type BookmarkText = z.infer<typeof BookmarkText>

const wishOf = (job: Job): BookmarkWish => ({
  cameraId: cameraOf(job),
  reference: job.reference,
  ...BookmarkText.parse(job.order),
})

/** Makes bookmarks, each once: one of which no answer came is looked for before it is made again. */
export const bookmarkPerformer = (sites: ActionSites): Performer => ({
  heldBack: ({ siteId }) => heldBackAt(sites, siteId),
  send: async (job, signal) =>
    sentAs(await sites.get(job.siteId).actions.bookmarks.create(wishOf(job), signal), ({ id, differs }) => ({
      bookmarkId: id,
      differs,
    })),
  async lookUp(job, signal) {
    const found = await sites.get(job.siteId).actions.bookmarks.lookUp(wishOf(job), signal)
    if (found.is === 'found') return { is: 'found', said: { bookmarkId: found.one.id, differs: [] } }
    return found.is === 'cannot-tell' ? { is: 'cannot-tell' } : found
  },
})
