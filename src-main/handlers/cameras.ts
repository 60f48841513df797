import type { Handlers } from '../../src-preload/contract/calls.ts'
import type { SiteList } from '../sites/site-list.ts'

/** What there is to look at. */
export function cameraHandlers(
  sites: SiteList,
): Pick<Handlers, 'listCameras' | 'listCameraGroups' | 'reloadCameras' | 'listStreams' | 'listSequences'> {
  return {
    listCameras: async ({ siteId, from, count }) => sites.get(siteId).cameras.page(from, count),
    listCameraGroups: async ({ siteId }) => sites.get(siteId).cameraGroups(),
    reloadCameras: async ({ siteId }) => sites.get(siteId).reloadCameras(),
    listStreams: async ({ siteId, cameraId }) => sites.get(siteId).streams(cameraId),
    listSequences: async ({ camera: { siteId, cameraId }, from, to, stepSeconds }) =>
      sites.get(siteId).sequences({
        cameraId,
        fromMs: Date.parse(from),
        toMs: Date.parse(to),
        ...(stepSeconds !== undefined && { stepMs: stepSeconds * 1000 }),
      }),
  }
}
