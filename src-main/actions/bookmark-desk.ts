import type { Bookmark, BookmarkOrder, BookmarkSearch } from '../../src-preload/contract/models/bookmark.ts'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import type { Job, JobId } from '../../src-preload/contract/models/job.ts'
import { referenceOf, type Command } from '../journal/job.ts'
import { userAt, type ActionSites } from './action-site.ts'
import type { BookmarkText } from './bookmark-performer.ts'

interface Needs {
  sites: ActionSites
  now: () => number
  newId: () => JobId
  submit: (command: Command) => Promise<Job>
}

/** Bookmarks: made by command, and found at the server. */
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
      const { shown } = sites.get(camera.siteId)
      const nowMs = pressedMs + (shown.clockOffsetMs ?? 0)
      return {
        kind: 'bookmark',
        siteId: camera.siteId,
        deviceId: camera.cameraId,
        user: userAt(shown),
        order: textOf(order, order.at === null ? nowMs : Date.parse(order.at)),
        reference,
        dedupeKey: pressOf(camera, order),
      }
    })
    return Promise.all(commands.map(submit))
  }

  async find({ siteId, cameraIds, from, to, text }: BookmarkSearch): Promise<Bookmark[]> {
    const { bookmarks } = this.#needs.sites.get(siteId).actions
    const wish = { cameraIds, fromMs: Date.parse(from), toMs: Date.parse(to), text }
    const found = await bookmarks.search(wish, new AbortController().signal)
    return found.map(({ cameraId, ...rest }) => ({ ...rest, camera: { siteId, cameraId } }))
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
