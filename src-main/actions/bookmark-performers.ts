import { failureOf } from '../../src-preload/contract/failure.ts'
import type { JobKind } from '../../src-preload/contract/models/job.ts'
import type { Look } from '../journal/job-course.ts'
import type { Job } from '../journal/job.ts'
import type { Performer } from '../journal/performer.ts'
import type { Bookmark, BookmarkChange, BookmarkWish } from '../xprotect/bookmark.ts'
import { isAsAsked } from '../xprotect/bookmarks.ts'
import type { ActionSites } from './action-site.ts'
import { BookmarkText, DeleteOrder, EditOrder } from './bookmark-words.ts'
import { cameraOf } from './recording-performers.ts'
import { goneIsDone, sentAs } from './sent.ts'

const wishOf = (job: Job): BookmarkWish => ({
  cameraId: cameraOf(job),
  reference: job.reference,
  ...BookmarkText.parse(job.order),
})

const changeOf = (job: Job): BookmarkChange => ({ cameraId: cameraOf(job), ...EditOrder.parse(job.order).change })

type Marks = Pick<Record<JobKind, Performer>, 'bookmark' | 'edit-bookmark' | 'delete-bookmark'>

/** Makes, changes and deletes bookmarks, each once: what no answer came of is looked for before it is sent again. */
export function bookmarkPerformers(sites: ActionSites): Marks {
  const bookmarksAt = ({ siteId }: Job) => sites.get(siteId).actions.bookmarks
  const read = (job: Job, signal: AbortSignal): Promise<Bookmark | undefined> =>
    present(bookmarksAt(job).get(DeleteOrder.parse(job.order).bookmarkId, signal))

  return {
    bookmark: {
      send: async (job, signal) =>
        sentAs(await bookmarksAt(job).create(wishOf(job), signal), ({ id, differs }) => ({ bookmarkId: id, differs })),
      async lookUp(job, signal) {
        const found = await bookmarksAt(job).lookUp(wishOf(job), signal)
        if (found.is === 'found') return { is: 'found', said: { bookmarkId: found.one.id, differs: [] } }
        return found.is === 'cannot-tell' ? { is: 'cannot-tell' } : found
      },
    },

    'edit-bookmark': {
      async send(job, signal) {
        const { bookmarkId } = EditOrder.parse(job.order)
        const outcome = await bookmarksAt(job).edit(bookmarkId, changeOf(job), signal)
        return sentAs(outcome, ({ differs }) => ({ bookmarkId, differs }))
      },
      async lookUp(job, signal): Promise<Look> {
        const stored = await read(job, signal)
        if (!stored || !isAsAsked(changeOf(job), stored)) return { is: 'absent' }
        return { is: 'found', said: { bookmarkId: stored.id, differs: [] } }
      },
    },

    'delete-bookmark': {
      async send(job, signal) {
        const { bookmarkId } = DeleteOrder.parse(job.order)
        return goneIsDone(
          job,
          sentAs(await bookmarksAt(job).remove(bookmarkId, signal), () => ({ bookmarkId })),
        )
      },
      async lookUp(job, signal): Promise<Look> {
        if (await read(job, signal)) return { is: 'absent' }
        return { is: 'found', said: DeleteOrder.parse(job.order) }
      },
    },
  }
}

/** What was asked for, or undefined where the server has no such thing. */
export async function present<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (failureOf(error).kind === 'not-found') return undefined
    throw error
  }
}
