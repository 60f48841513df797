import { defineStore } from 'pinia'
import { readonly, ref, shallowReadonly, shallowRef } from 'vue'
import type { Bookmark, BookmarkEdit, BookmarkOrder } from '../../src-preload/contract/models/bookmark.ts'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import type { Job, JobId } from '../../src-preload/contract/models/job.ts'
import type { BookmarkOffer } from '../../src-preload/contract/models/recording.ts'
import type { SiteSearch } from '../../src-preload/contract/models/search.ts'
import { quickBookmark } from '../../src-preload/contract/quick-bookmark.ts'
import { ask } from '../api/ask.ts'
import { useJobs } from './jobs.ts'
import { useSession } from './session.ts'
import { timeShelves } from './time-shelves.ts'

/** What the form for a bookmark begins with. Moments are epoch milliseconds by the server's clock. */
export interface BookmarkDraft {
  /** Those that may be chosen, and those that are. */
  offered: readonly CameraRef[]
  picked: readonly CameraRef[]
  /** Where its span comes from. */
  of: 'moment' | 'recording' | 'marked'
  /** The moment it is about. */
  atMs: number
  fromMs: number
  toMs: number
}

/** A moment that was bookmarked from this page. Epoch milliseconds by the server's clock. */
interface BookmarkedMoment {
  readonly atMs: number
  readonly cameras: readonly CameraRef[]
}

/** More than anybody would look through. */
const MOST_OFFERS = 20

/** Marks moments on the server. The moment is that of each camera's server, so main reckons it. */
export const useBookmarks = defineStore('bookmarks', () => {
  const jobs = useJobs()
  const session = useSession()
  /** What the open form is about; undefined while it is closed. */
  const draft = shallowRef<BookmarkDraft>()
  /** Recordings that have ended and may be marked, newest first. */
  const offers = shallowRef<readonly BookmarkOffer[]>([])
  /** What the last order was about, by the commands it was made into. */
  const lastMade = shallowRef<ReadonlyMap<JobId, BookmarkedMoment>>(new Map())
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
    const atMs = order.at === null ? nowAt(order.cameras[0]!) : Date.parse(order.at)
    const made = await ask('addBookmarks', order)
    lastMade.value = new Map(made.map(({ id }) => [id, { atMs, cameras: order.cameras }]))
    return made.map(accepted)
  }

  const nowAt = ({ siteId }: CameraRef): number =>
    Date.now() + (session.sites.find(({ id }) => id === siteId)?.clockOffsetMs ?? 0)

  /** The same, around now or a moment by the server's clock, epoch milliseconds. */
  async function addQuick(cameras: readonly CameraRef[], headline: string, atMs?: number): Promise<void> {
    await add({
      cameras: cameras.map((camera) => ({ ...camera })),
      at: atMs === undefined ? null : new Date(atMs).toISOString(),
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

  const find = (search: SiteSearch) => ask('findBookmarks', search)
  /** What there is of the cameras a timeline shows. */
  const inTime = timeShelves<Bookmark>({
    find: async (search) => {
      const { bookmarks, next } = await find(search)
      return { rows: bookmarks, next }
    },
    spanOf: (bookmark) => ({ beginMs: momentOf(bookmark), endMs: momentOf(bookmark) + 1 }),
    aroundMs: 10 * 60_000,
  })

  return {
    draft: shallowReadonly(draft),
    forms: readonly(forms),
    offers: shallowReadonly(offers),
    /** Of the last order alone. */
    madeBy: (id: JobId) => lastMade.value.get(id),
    open,
    close: () => void (draft.value = undefined),
    add,
    addQuick,
    edit,
    remove,
    offered,
    dropOffer,
    find,
    inTime,
  }
})

/** The moment a bookmark is about, epoch milliseconds. */
export const momentOf = ({ triggered, begin }: Bookmark): number => Date.parse(triggered || begin)

const refOf = ({ id, camera, reference }: Bookmark) => ({ id, camera: { ...camera }, reference })
