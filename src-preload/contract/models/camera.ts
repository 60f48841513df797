import { z } from 'zod'
import { CameraId, StreamId } from './ids.ts'

/** A camera the signed-in user may see. */
export const Camera = z.strictObject({
  id: CameraId,
  name: z.string(),
  /** Empty where the administrator gave none. */
  shortName: z.string(),
  /** Name of the device the camera belongs to, empty where unknown. */
  hardwareName: z.string(),
  recordingEnabled: z.boolean(),
  ptzEnabled: z.boolean(),
})
export type Camera = z.infer<typeof Camera>

/** A folder of cameras as the administrator arranged them. A camera may be in several; groups nest. */
export interface CameraGroup {
  id: string
  name: string
  groups: CameraGroup[]
  cameraIds: CameraId[]
}

/** One of the picture streams a camera offers. Zero and the empty string mean "the server did not say". */
export const Stream = z.strictObject({
  id: StreamId,
  name: z.string(),
  liveDefault: z.boolean(),
  /** As the server names it, upper case without punctuation: H264, H265, MJPEG. */
  codec: z.string(),
  widthPx: z.int().nonnegative(),
  heightPx: z.int().nonnegative(),
  framesPerSecond: z.number().nonnegative(),
})
export type Stream = z.infer<typeof Stream>

/** A part of the camera list. Lists of 10,000 cameras cross the bridge in pages, so no process blocks on one. */
export interface CameraPage {
  cameras: Camera[]
  /** Where the next page begins; absent on the last. */
  next?: number
  total: number
}
