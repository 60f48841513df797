import type { RelatedMicrophone } from '../../../src-preload/contract/models/evidence-lock.ts'
import type { CameraId, CameraRef, SiteId } from '../../../src-preload/contract/models/ids.ts'

/** The cameras of each site: a lock is of one site. */
export function bySite(cameras: readonly CameraRef[]): Map<SiteId, CameraId[]> {
  const sites = new Map<SiteId, CameraId[]>()
  for (const { siteId, cameraId } of cameras) sites.set(siteId, [...(sites.get(siteId) ?? []), cameraId])
  return sites
}

/** A microphone, and the site it is of. */
export interface SiteMicrophone extends RelatedMicrophone {
  siteId: SiteId
}

/** Those that belong to one of these cameras. */
export const microphonesOf = (all: readonly SiteMicrophone[], cameras: readonly CameraRef[]): SiteMicrophone[] =>
  all.filter(({ siteId, cameraIds }) =>
    cameras.some((camera) => camera.siteId === siteId && cameraIds.includes(camera.cameraId)),
  )
