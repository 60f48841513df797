import { mayDo, type Cannot } from '../../src-preload/contract/may-do.ts'
import type { CameraRef, SiteId } from '../../src-preload/contract/models/ids.ts'
import { quickBookmark } from '../../src-preload/contract/quick-bookmark.ts'
import { cameraKey } from '../stores/camera-list.ts'
import { useBookmarks } from '../stores/bookmarks.ts'
import { useCameras } from '../stores/cameras.ts'
import { useSession } from '../stores/session.ts'
import { timeText } from './useClock.ts'
import { useCameraNames } from './useCameraNames.ts'
import { useWords } from './useWords.ts'

/** Opens the form for bookmarks, from wherever something is seen that is to be found again. */
export function useMarking() {
  const { t } = useWords()
  const session = useSession()
  const cameras = useCameras()
  const bookmarks = useBookmarks()
  const { nameOf } = useCameraNames()

  /** Server clock minus this computer's, milliseconds. */
  const offsetOf = (siteId: SiteId): number => session.sites.find(({ id }) => id === siteId)?.clockOffsetMs ?? 0
  const serverNow = (siteId: SiteId): number => Date.now() + offsetOf(siteId)

  /** Why a camera cannot be marked; undefined where it may be, or the server decides. */
  function whyNot(camera: CameraRef): Cannot | undefined {
    const site = session.sites.find(({ id }) => id === camera.siteId)
    const may = site ? mayDo(site.capabilities, 'bookmark', cameras.find(camera)?.camera) : { ok: true as const }
    return may.ok ? undefined : may.why
  }

  /** Each camera once, whose site is open. */
  function offerable(refs: readonly (CameraRef | null)[]): CameraRef[] {
    const known = new Map(refs.flatMap((ref) => (ref ? [[cameraKey(ref), ref] as const] : [])))
    return [...known.values()].filter((ref) => session.openSites.some(({ id }) => id === ref.siteId))
  }

  /** A camera and a time, as a headline to begin with. */
  function headlineOf(refs: readonly CameraRef[], atMs: number): string {
    const [first] = refs
    const named = { camera: first ? nameOf(first) : '', time: timeText(atMs).slice(0, 5), count: refs.length - 1 }
    return refs.length > 1 ? t('bookmark.headlineMore', named) : t('bookmark.headline', named)
  }

  function bookmarkNow(offered: readonly (CameraRef | null)[], picked: CameraRef): void {
    const atMs = serverNow(picked.siteId)
    const { beforeSeconds, afterSeconds } = quickBookmark
    const [fromMs, toMs] = [atMs - beforeSeconds * 1000, atMs + afterSeconds * 1000]
    bookmarks.open({ offered: offerable([picked, ...offered]), picked: [picked], atMs, fromMs, toMs })
  }

  return { offsetOf, serverNow, whyNot, headlineOf, bookmarkNow }
}
