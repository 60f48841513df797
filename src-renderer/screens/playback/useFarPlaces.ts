import type { CameraId, CameraRef, SiteId } from '../../../src-preload/contract/models/ids.ts'
import type { Bookmark } from '../../../src-preload/contract/models/bookmark.ts'
import { momentOf, useBookmarks } from '../../stores/bookmarks.ts'
import { useSequences } from '../../stores/sequences.ts'
import type { FarSteps } from './useFarSteps.ts'
import { BEHIND_MS } from './useFollow.ts'

const YEAR_MS = 366 * 86_400_000
/** So near to a bookmark that was gone to, going on is going to another one: a picture begins somewhat before it. */
const SAME_MS = 3_000
const PAGE = 100
/** More are not looked through for one step. */
const MOST_PAGES = 20

interface Played {
  cameras: () => readonly CameraRef[]
  atMs: () => number
  serverNow: () => number
}

/** Where the recordings of these cameras begin and end, and where the bookmarks next to a moment are. */
export function useFarPlaces({ cameras, atMs, serverNow }: Played): FarSteps {
  const sequences = useSequences()
  const bookmarks = useBookmarks()

  let lastMs: number | null = null
  const here = (): number => {
    const ms = Math.round(atMs())
    return lastMs !== null && Math.abs(ms - lastMs) < SAME_MS ? lastMs : ms
  }

  async function edges(edge: 'begin' | 'end'): Promise<number[]> {
    const found = await Promise.all(cameras().map((camera) => sequences.edgeOf(camera, edge, serverNow())))
    return found.flatMap((ms) => ms ?? [])
  }

  /** Of all sites, as far as they are wanted: the newest first. */
  async function nearest(
    from: number,
    to: number,
    isEnough: (page: readonly Bookmark[]) => boolean,
  ): Promise<number[]> {
    const bySite = new Map<SiteId, CameraId[]>()
    for (const { siteId, cameraId } of cameras()) bySite.set(siteId, [...(bySite.get(siteId) ?? []), cameraId])
    const found = await Promise.all([...bySite].map((site) => ofSite(site, from, to, isEnough)))
    return found.flat().map(momentOf)
  }

  async function ofSite(
    [siteId, cameraIds]: [SiteId, CameraId[]],
    fromMs: number,
    toMs: number,
    isEnough: (page: readonly Bookmark[]) => boolean,
  ): Promise<Bookmark[]> {
    const found: Bookmark[] = []
    let after: string | null = null
    const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()]
    for (let pages = 0; pages === 0 || (after !== null && pages < MOST_PAGES); pages++) {
      const page = await bookmarks.find({ siteId, cameraIds, from, to, text: '', user: '', after, count: PAGE })
      found.push(...page.bookmarks)
      after = page.next
      if (isEnough(page.bookmarks)) break
    }
    return found
  }

  return {
    async begin() {
      const found = await edges('begin')
      return found.length > 0 ? Math.min(...found) : null
    },
    /** A few seconds before it: at the very end there is nothing to see. */
    async end() {
      const found = await edges('end')
      return found.length > 0 ? Math.min(Math.max(...found), serverNow()) - BEHIND_MS : null
    },
    async previousBookmark() {
      const fromMs = here()
      const isBefore = (ms: number): boolean => ms < fromMs
      const found = await nearest(fromMs - YEAR_MS, fromMs, (page) => page.map(momentOf).some(isBefore))
      const earlier = found.filter(isBefore)
      return earlier.length > 0 ? (lastMs = Math.max(...earlier)) : null
    },
    async nextBookmark() {
      const fromMs = here()
      const found = await nearest(fromMs, Math.round(serverNow()), () => false)
      const later = found.filter((ms) => ms > fromMs)
      return later.length > 0 ? (lastMs = Math.min(...later)) : null
    },
  }
}
