import type { CameraId, CameraRef, SiteId } from '../../../src-preload/contract/models/ids.ts'
import type { MarksSource } from '../../composables/useTimelineLegend.ts'
import type { Shelf, ShelfOf } from '../../stores/time-shelves.ts'

/** The cameras of each site together: a server is asked of all of its own at once. */
export function bySite(cameras: readonly CameraRef[]): ShelfOf[] {
  const sites = new Map<SiteId, CameraId[]>()
  for (const { siteId, cameraId } of cameras) sites.set(siteId, [...(sites.get(siteId) ?? []), cameraId])
  return [...sites].map(([siteId, cameraIds]) => ({ siteId, cameraIds }))
}

/** Who says what there is, of all sites together: the worst of them. `cameras`: how many play. */
export function sourceOf(cameras: number, shelves: readonly Shelf<unknown>[]): MarksSource {
  if (shelves.length === 0) return cameras > 0 ? 'cannot' : 'reading'
  if (shelves.some(({ because }) => because !== null)) return 'failed'
  if (shelves.some(({ isCut }) => isCut)) return 'cut'
  return shelves.some(({ known, rows }) => known.length === 0 && rows.length === 0) ? 'reading' : 'told'
}
