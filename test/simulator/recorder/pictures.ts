import type { ServerClock } from '../clock.ts'
import { sevenDigits } from '../config/dates.ts'
import { frameAt, frameFrom, recordedFrame, type RecordedFrame } from '../media/recorded-frame.ts'
import type { Archive } from '../recording/archive.ts'
import type { SiteCamera } from '../site/site.ts'
import type { XmlContent } from '../soap/write-xml.ts'
import type { Arguments } from './arguments.ts'

/** A size no picture is to exceed, in pixels. */
export interface LargestSize {
  widthPx: number
  heightPx: number
}

/** Makes the JPEG of one picture of a camera. */
export type StillMaker = (camera: SiteCamera, frame: number, largest?: LargestSize) => Promise<Buffer>

export interface PictureDeps {
  archive: Archive
  clock: ServerClock
  still: StillMaker
}

/** Which picture of a camera is meant, by its number; undefined where there is none. */
type Chooser = (deps: PictureDeps, camera: SiteCamera, atMs: number) => number | undefined

/** The last recorded picture up to a moment. */
export const atOrBefore: Chooser = ({ archive }, camera, atMs) => {
  const frame = frameAt(atMs)
  // The end of a stretch is not in it; a picture's own moment is.
  const span = archive.last(camera, recordedFrame(camera.number, frame).recordedMs + 1)
  if (!span) return undefined
  return Math.min(frame, frameFrom(span.endMs) - 1)
}

/** The first recorded picture from a moment on. */
export const atOrAfter: Chooser = ({ archive }, camera, atMs) => {
  const span = archive.next(camera, atMs)
  return span && frameFrom(Math.max(span.beginMs, atMs))
}

/** The picture that stands at a moment; none within a gap. [?] whether the real one takes a near one */
export const exactlyAt: Chooser = ({ archive }, camera, atMs) =>
  archive.recorded(camera, atMs, atMs + 1).length > 0 ? frameAt(atMs) : undefined

/** `{Time, Data}` of a recorded picture. Where there is none the result is left out, as the description allows. [3P] */
export async function recordedJpeg(
  deps: PictureDeps,
  camera: SiteCamera,
  args: Arguments,
  choose: Chooser,
): Promise<XmlContent | undefined> {
  const frame = choose(deps, camera, args.timeMs('time'))
  if (frame === undefined) return undefined
  return jpegData(await deps.still(camera, frame), recordedFrame(camera.number, frame))
}

/** The picture of now, no larger than asked for. [3P] the names of the two arguments; 0 and absence are no limit [?] */
export async function liveJpeg(deps: PictureDeps, camera: SiteCamera, args: Arguments): Promise<XmlContent> {
  const [widthPx, heightPx] = (['maxWidth', 'maxHeight'] as const).map((name) => {
    return args.text(name) === undefined ? 0 : args.whole([name], 0, 16_384)
  }) as [number, number]
  const frame = frameAt(deps.clock.now())
  const largest = { widthPx: widthPx || 16_384, heightPx: heightPx || 16_384 }
  return jpegData(await deps.still(camera, frame, largest), recordedFrame(camera.number, frame))
}

const jpegData = (jpeg: Buffer, { recordedMs }: RecordedFrame): XmlContent => ({
  Time: sevenDigits(recordedMs),
  Data: jpeg.toString('base64'),
})
