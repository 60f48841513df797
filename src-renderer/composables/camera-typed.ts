import type { Camera } from '../../src-preload/contract/models/camera.ts'
import type { CameraId } from '../../src-preload/contract/models/ids.ts'

/** The camera somebody means by a name only one has, or by the server's guid; undefined where that cannot be said. */
export function idTyped(typed: string, known: readonly Pick<Camera, 'id' | 'name'>[]): CameraId | undefined {
  const meant = typed.trim().toLowerCase()
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(meant)) return meant as CameraId
  const [one, other] = known.filter(({ name }) => name.trim().toLowerCase() === meant)
  return other ? undefined : one?.id
}
