import type { CameraId, StreamId } from './ids.ts'

/** A camera the signed-in user may see. */
export interface Camera {
  id: CameraId
  name: string
  /** Empty where the administrator gave none. */
  shortName: string
  /** Name of the device the camera belongs to, empty where unknown. */
  hardwareName: string
  recordingEnabled: boolean
  ptzEnabled: boolean
}

/** A folder of cameras as the administrator arranged them. A camera may be in several; groups nest. */
export interface CameraGroup {
  id: string
  name: string
  groups: CameraGroup[]
  cameraIds: CameraId[]
}

/** One of the picture streams a camera offers. Zero and the empty string mean "the server did not say". */
export interface Stream {
  id: StreamId
  name: string
  liveDefault: boolean
  /** As the server names it, upper case without punctuation: H264, H265, MJPEG. */
  codec: string
  widthPx: number
  heightPx: number
  framesPerSecond: number
}

/** A part of the camera list. Lists of 10,000 cameras cross the bridge in pages, so no process blocks on one. */
export interface CameraPage {
  cameras: Camera[]
  /** Where the next page begins; absent on the last. */
  next?: number
  total: number
}
