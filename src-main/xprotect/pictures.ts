import type { AskRecorder } from './recording/recorder-commands.ts'
import type { PictureMoment } from './span.ts'
import { PictureBeforeWire } from './wire/picture.ts'

/** One recorded picture as the recorder gave it. */
export interface Picture {
  /** When it was really recorded, epoch milliseconds by the server's clock. */
  atMs: number
  jpeg: Buffer
}

/** Characters of an answer with a picture: in base64 one of 4K has a million or two. */
const LONGEST = 7 << 20

/**
 * Asks a camera's recorder for the last picture up to a moment (xprotect-api.md 10.2 [V PROTO]); `null` where there is none.
 * It comes in full size: this method has no argument for a smaller one.
 */
export const picturesOf =
  (askRecorder: AskRecorder) =>
  ({ cameraId, atMs }: PictureMoment, signal: AbortSignal): Promise<Picture | null> =>
    askRecorder({
      cameraId,
      method: 'JPEGGetAtOrBefore',
      fields: { deviceId: cameraId, time: new Date(atMs).toISOString() },
      schema: PictureBeforeWire,
      signal,
      longest: LONGEST,
    })
