import { defineStore } from 'pinia'
import { shallowReadonly, shallowRef, watch } from 'vue'
import type { CameraRef, SiteId } from '../../src-preload/contract/models/ids.ts'
import type { Site } from '../../src-preload/contract/models/site.ts'
import { ask } from '../api/ask.ts'
import type { ListedCamera } from './camera-list.ts'
import { useSession } from './session.ts'
import { CameraReader, noSiteCameras, type SiteCameras } from './site-cameras.ts'

const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

/** The cameras of every site that is open: by site, sorted by name, and by id. */
export const useCameras = defineStore('cameras', () => {
  const bySite = shallowRef<ReadonlyMap<SiteId, SiteCameras>>(new Map())
  const readers = new Map<SiteId, CameraReader>()

  function readerOf(siteId: SiteId): CameraReader {
    const known = readers.get(siteId)
    if (known) return known
    const reader = new CameraReader(siteId, {
      listCameras: (from, count) => ask('listCameras', { siteId, from, count }),
      listCameraGroups: () => ask('listCameraGroups', { siteId }),
      breathe,
      now: () => performance.now(),
      onChange: (cameras) => (bySite.value = new Map(bySite.value).set(siteId, cameras)),
    })
    readers.set(siteId, reader)
    return reader
  }

  /** Main announced where its sites stand. Returns when every list announced so far has been read. */
  async function follow(sites: readonly Site[]): Promise<void> {
    const gone = [...readers.keys()].filter((siteId) => sites.every(({ id }) => id !== siteId))
    gone.forEach(forget)
    await Promise.all(sites.map((site) => readerOf(site.id).follow(site.cameras)))
  }

  function forget(siteId: SiteId): void {
    readers.delete(siteId)
    const rest = new Map(bySite.value)
    rest.delete(siteId)
    bySite.value = rest
  }

  const of = (siteId: SiteId): SiteCameras => bySite.value.get(siteId) ?? noSiteCameras
  const find = (ref: CameraRef): ListedCamera | undefined => of(ref.siteId).byId.get(ref.cameraId)

  const session = useSession()
  watch(() => session.sites, follow, { immediate: true })

  return { bySite: shallowReadonly(bySite), of, find }
})
