import { defineStore } from 'pinia'
import { readonly, ref, shallowReadonly, shallowRef } from 'vue'
import type { Bookmark, BookmarkEdit, BookmarkOrder } from '../../src-preload/contract/models/bookmark.ts'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import type { Job } from '../../src-preload/contract/models/job.ts'
import type { BookmarkOffer } from '../../src-preload/contract/models/recording.ts'
import type { SiteSearch } from '../../src-preload/contract/models/search.ts'
import { quickBookmark } from '../../src-preload/contract/quick-bookmark.ts'
import { ask } from '../api/ask.ts'
import { useJobs } from './jobs.ts'

/** What the form for a bookmark begins with. Moments are epoch milliseconds by the server's clock. */
export interface BookmarkDraft {
  /** Those that may be chosen, and those that are. */
  offered: readonly CameraRef[]
  picked: readonly CameraRef[]
  /** The moment it is about. */
  atMs: number
  fromMs: number
  toMs: number
}

/** More than anybody would look through. */
const MOST_OFFERS = 20

/** Marks moments on the server. The moment is that of each camera's server, so main reckons it. */
export const useBookmarks = defineStore('bookmarks', () => {
  const jobs = useJobs()
  /** What the open form is about; undefined while it is closed. */
  const draft = shallowRef<BookmarkDraft>()
  /** Recordings that have ended and may be marked, newest first. */
  const offers = shallowRef<readonly BookmarkOffer[]>([])
  /** How many forms were opened: each is made anew. */
  const forms = ref(0)

  function open(wish: BookmarkDraft): void {
    draft.value = wish
    forms.value += 1
  }

  function accepted(job: Job): Job {
    jobs.jobAccepted(job)
    return job
  }

  /** One bookmark each, under one reference. Throws what kept it from being asked for; then none is made. */
  async function add(order: BookmarkOrder): Promise<Job[]> {
    return (await ask('addBookmarks', order)).map(accepted)
  }

  /** The same, around now. */
  async function addQuick(cameras: readonly CameraRef[], headline: string): Promise<void> {
    await add({
      cameras: cameras.map((camera) => ({ ...camera })),
      at: null,
      ...quickBookmark,
      headline,
      description: '',
    })
  }

  const edit = async (bookmark: Bookmark, change: BookmarkEdit): Promise<Job> =>
    accepted(await ask('editBookmark', { bookmark: refOf(bookmark), change }))

  const remove = async (bookmark: Bookmark): Promise<Job> =>
    accepted(await ask('deleteBookmark', { bookmark: refOf(bookmark) }))

  function offered(offer: BookmarkOffer): void {
    offers.value = [offer, ...offers.value].slice(0, MOST_OFFERS)
  }

  /** It was taken, or is not wanted. */
  function dropOffer(offer: BookmarkOffer): void {
    offers.value = offers.value.filter((other) => other !== offer)
  }

  return {
    draft: shallowReadonly(draft),
    forms: readonly(forms),
    offers: shallowReadonly(offers),
    open,
    close: () => void (draft.value = undefined),
    add,
    addQuick,
    edit,
    remove,
    offered,
    dropOffer,
    find: (search: SiteSearch) => ask('findBookmarks', search),
  }
})

const refOf = ({ id, camera, reference }: Bookmark) => ({ id, camera: { ...camera }, reference })
