import { mayDo, type May } from '../../../src-preload/contract/may-do.ts'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { useCameras } from '../../stores/cameras.ts'
import { useLookingBack } from '../../stores/looking-back.ts'
import { useSession } from '../../stores/session.ts'

/** Turns a tile of the Live wall to what has just happened, and back. */
export function useLookBack() {
  const cameras = useCameras()
  const session = useSession()
  const lookingBack = useLookingBack()

  /** Whether the recordings of a camera can be played, before the server is asked. */
  function mayLookBack(camera: CameraRef): May {
    const site = session.sites.find(({ id }) => id === camera.siteId)
    return site ? mayDo(site.capabilities, 'playback', cameras.find(camera)?.camera) : { ok: true }
  }

  function toggle(slotId: number, camera: CameraRef | null): void {
    if (lookingBack.has(slotId)) return lookingBack.end(slotId)
    if (camera && mayLookBack(camera).ok) lookingBack.begin(slotId)
  }

  return { mayLookBack, toggle, isBack: lookingBack.has, end: lookingBack.end }
}
