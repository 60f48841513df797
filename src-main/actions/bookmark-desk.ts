import type {
  BookmarkEdit,
  BookmarkOrder,
  BookmarkPage,
  BookmarkRef,
} from '../../src-preload/contract/models/bookmark.ts'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import type { Job, JobId } from '../../src-preload/contract/models/job.ts'
import type { SiteSearch } from '../../src-preload/contract/models/search.ts'
import { referenceOf, type Command } from '../journal/job.ts'
import { allCameras, userAt, type ActionSites } from './action-site.ts'
import type { BookmarkText, DeleteOrder, EditOrder } from './bookmark-words.ts'
import { bookmarkPage } from './found-bookmarks.ts'

interface Needs {
  sites: ActionSites
  now: () => number
  newId: () => JobId
  submit: (command: Command) => Promise<Job>
}

/** Bookmarks: made, changed and deleted by command, and found at the server. */
export class BookmarkDesk {
  readonly #needs: Needs

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** One for each camera. Rejects where one could not be taken down; those before it are. */
  add({ cameras, ...order }: BookmarkOrder): Promise<Job[]> {
    const { sites, newId, now, submit } = this.#needs
    const reference = referenceOf(newId())
    const pressedMs = now()
    const commands = cameras.map((camera): Command => {
      const { standing } = sites.get(camera.siteId)
      const nowMs = pressedMs + (standing.clockOffsetMs ?? 0)
      return {
        kind: 'bookmark',
        siteId: camera.siteId,
        deviceId: camera.cameraId,
        headline: order.headline,
        user: userAt(standing),
        order: textOf(order, order.at === null ? nowMs : Date.parse(order.at)),
        reference,
        dedupeKey: pressOf(camera, order),
      }
    })
    return Promise.all(commands.map(submit))
  }

  edit(bookmark: BookmarkRef, change: BookmarkEdit): Promise<Job> {
    const order: EditOrder = { bookmarkId: bookmark.id, change }
    return this.#submit('edit-bookmark', bookmark, order, change.headline)
  }

  delete(bookmark: BookmarkRef): Promise<Job> {
    const order: DeleteOrder = { bookmarkId: bookmark.id }
    return this.#submit('delete-bookmark', bookmark, order)
  }

  async find({ siteId, cameraIds, from, to, text, user, after, count }: SiteSearch): Promise<BookmarkPage> {
    const site = this.#needs.sites.get(siteId)
    const wish = { cameraIds: cameraIds ?? allCameras(site), fromMs: Date.parse(from), text }
    if (wish.cameraIds.length === 0) return { bookmarks: [], next: null }
    const { signal } = new AbortController()
    const { bookmarks, next } = await bookmarkPage(
      {
        search: (toMs) => site.actions.bookmarks.search({ ...wish, toMs }, signal),
        toMs: Date.parse(to),
        isWanted: (bookmark) => bookmark.user.toLowerCase().includes(user.toLowerCase()),
      },
      { after, count },
    )
    return { bookmarks: bookmarks.map(({ cameraId, ...rest }) => ({ ...rest, camera: { siteId, cameraId } })), next }
  }

  #submit(
    kind: 'edit-bookmark' | 'delete-bookmark',
    { id, camera, reference }: BookmarkRef,
    order: EditOrder | DeleteOrder,
    headline?: string,
  ): Promise<Job> {
    const { sites, submit } = this.#needs
    return submit({
      kind,
      siteId: camera.siteId,
      deviceId: camera.cameraId,
      ...(headline !== undefined && { headline }),
      user: userAt(sites.get(camera.siteId).standing),
      order,
      ...(reference !== '' && { reference }),
      dedupeKey: `${kind} ${camera.siteId} ${id} ${JSON.stringify(order)}`,
    })
  }
}

function textOf(order: Omit<BookmarkOrder, 'cameras'>, atMs: number): BookmarkText {
  const { headline, description, beforeSeconds, afterSeconds } = order
  return {
    headline,
    description,
    begin: new Date(atMs - beforeSeconds * 1000).toISOString(),
    triggered: new Date(atMs).toISOString(),
    end: new Date(atMs + afterSeconds * 1000).toISOString(),
  }
}

const pressOf = ({ siteId, cameraId }: CameraRef, { at, headline }: Omit<BookmarkOrder, 'cameras'>): string =>
  `bookmark ${siteId} ${cameraId} ${at} ${headline}`
