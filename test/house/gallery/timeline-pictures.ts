import { AppError } from '../../../src-preload/contract/failure.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import { cameraKey } from '../../../src-renderer/stores/camera-list.ts'
import { FakeBridge } from '../../unit/support/fake-bridge.ts'
import { siteId } from '../../unit/support/sites.ts'
import { dayLanes, MINUTE_MS, playedMs } from './timeline-day.ts'

/** The cameras of the day's lanes. */
export const pictureCameras = dayLanes.map(({ name }, at) => ({
  camera: { siteId: siteId(1), cameraId: `00000000-0000-4000-8000-0000000000c${at}` as CameraId },
  name,
}))
export const pictureLanes = dayLanes.map((lane, at) => ({ ...lane, key: cameraKey(pictureCameras[at]!.camera) }))

/**
 * A recorder that draws its pictures. Before most of the day's first minutes it has none, and that of the last camera is
 * not to be spoken to.
 */
export const drawnRecorder = (): FakeBridge =>
  new FakeBridge({
    async findPicture({ camera, at }) {
      const atMs = Date.parse(at)
      if (camera.cameraId === pictureCameras.at(-1)!.camera.cameraId) throw new AppError({ kind: 'not-pinned' })
      if (atMs < playedMs - 6.5 * MINUTE_MS) return null
      const tookMs = atMs - 49_000
      return { address: drawn(tookMs), at: new Date(tookMs).toISOString() }
    },
    leavePicture: async () => undefined,
  })

/** A yard at dusk, as a picture in an address. */
function drawn(atMs: number): string {
  const paper = Object.assign(document.createElement('canvas'), { width: 640, height: 360 })
  const pen = paper.getContext('2d')!
  pen.fillStyle = '#46545e'
  pen.fillRect(0, 0, 640, 130)
  pen.fillStyle = '#2b3236'
  pen.fillRect(0, 130, 640, 230)
  pen.fillStyle = '#7f8b93'
  pen.fillRect(60, 60, 180, 110)
  pen.fillStyle = '#d9dcd6'
  pen.fillRect((atMs / 100) % 500, 230, 130, 54)
  return paper.toDataURL('image/jpeg', 0.8)
}
