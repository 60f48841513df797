import { encodePicture } from '../media/shots.ts'
import { useSession } from '../stores/session.ts'
import { useSettings } from '../stores/settings.ts'
import { useSnapshots } from '../stores/snapshots.ts'
import { useMedia } from './useMedia.ts'
import { useSeenView } from './useSeenView.ts'
import { shotPlace } from './useShot.ts'

/** Takes a picture of the selected tile of the screen that is seen. */
export function useSnapshot(): () => void {
  const { shots } = useMedia()
  const session = useSession()
  const view = useSeenView()
  const settings = useSettings()
  const snapshots = useSnapshots()

  return () => {
    const { screen } = session
    if (screen !== 'live' && screen !== 'playback') return
    if (!view.tiles[view.selected]) return snapshots.refuse()
    // It never rejects: the store says what fails.
    void snapshots.take(async () => {
      const shot = await shots.take(shotPlace(screen, view.selected))
      if (!shot) return null
      const { camera, source, atMs, isStale, paper } = shot
      const format = settings.preferences.snapshotFormat
      return {
        camera: { siteId: camera.siteId, cameraId: camera.cameraId },
        source,
        at: new Date(atMs).toISOString(),
        stale: isStale,
        widthPx: paper.width,
        heightPx: paper.height,
        format,
        bytes: await encodePicture(paper, format),
      }
    })
  }
}
