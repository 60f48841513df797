import { drawJpeg } from '../config/jpeg.ts'
import { recordedFrame } from '../media/recorded-frame.ts'
import type { Media } from '../media/index.ts'
import type { SiteCamera } from '../site/site.ts'
import type { StillMaker } from './pictures.ts'

/** Recorders keep the smaller stream; what its codec is does not matter to a JPEG. */
const recordedStream = (camera: SiteCamera) => camera.streams.at(-1)!

/** Pictures of the scenes; without a media room grey ones, for tests of the protocol alone. */
export function stillMaker(media: Media | null): StillMaker {
  return async (camera, frame, largest) => {
    const stream = recordedStream(camera)
    if (media) return media.still({ camera, stream }, frame, largest)
    const widthPx = Math.min(stream.widthPx, largest?.widthPx ?? Infinity)
    const heightPx = Math.min(stream.heightPx, largest?.heightPx ?? Infinity)
    return drawJpeg(widthPx, heightPx, recordedFrame(camera.number, frame).recordedMs)
  }
}
