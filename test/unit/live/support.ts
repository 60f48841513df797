import type { Camera, CameraGroup } from '../../../src-preload/contract/models/camera.ts'
import type { CameraId, CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { noCameras, withPage } from '../../../src-renderer/stores/camera-list.ts'
import type { SiteCameras } from '../../../src-renderer/stores/site-cameras.ts'
import { siteId } from '../support/sites.ts'

/** A camera id that tells which camera it is. */
export const cameraId = (number: number): CameraId =>
  `00000000-0000-4000-9000-${String(number).padStart(12, '0')}` as CameraId

export const cameraRef = (number: number, site = 1): CameraRef => ({ siteId: siteId(site), cameraId: cameraId(number) })

export function cameraOf(number: number, changes: Partial<Camera> = {}): Camera {
  return {
    id: cameraId(number),
    name: `Camera ${number}`,
    shortName: '',
    hardwareName: '',
    recordingEnabled: true,
    ptzEnabled: false,
    ...changes,
  }
}

export const camerasOf = (count: number): Camera[] => Array.from({ length: count }, (_, index) => cameraOf(index + 1))

export function groupOf(name: string, numbers: number[], groups: CameraGroup[] = []): CameraGroup {
  return { id: name, name, groups, cameraIds: numbers.map(cameraId) }
}

/** A site's cameras, wholly read. */
export function siteCamerasOf(cameras: Camera[], groups: CameraGroup[] | null = [], site = 1): SiteCameras {
  return { ...withPage(noCameras, siteId(site), cameras), groups, load: { phase: 'ready', skipped: 0 } }
}
