import type { Kept } from './frame-ring.ts'
import type { Sheets } from './sheets.ts'

/** Copied out of the engine: how to make the picture again. */
interface Copy {
  readonly buffer: ArrayBuffer
  readonly init: VideoFrameBufferInit
}

/**
 * A frame that was painted, to be drawn again.
 *
 * The engine has little memory for decoded frames, and a decoder that has none left stops. So each is copied out of it at
 * once, in the form it was decoded to, which takes less than half of what a picture on a canvas does.
 */
export class KeptFrame implements Kept {
  readonly mediaMs: number
  readonly bytes: number
  /** Until it is copied. */
  #frame: VideoFrame | null
  #copy: Copy | null = null

  /** Takes the frame over. `spare` is memory of a frame that was dropped. */
  constructor(frame: VideoFrame, mediaMs: number, spare: ArrayBuffer | null) {
    this.mediaMs = mediaMs
    this.#frame = frame
    this.bytes = frame.allocationSize(asPicture(frame))
    const buffer = spare?.byteLength === this.bytes ? spare : new ArrayBuffer(this.bytes)
    this.#copyTo(buffer, frame).catch(() => this.drop()) // it cannot be drawn, which whoever draws it is told
  }

  /** Draws it in its own size; false where it cannot be drawn. */
  drawOn(canvas: HTMLCanvasElement): boolean {
    const frame = this.#again()
    if (!frame) return false
    const { displayWidth, displayHeight } = frame
    // Setting a canvas' size, even to what it is, makes it anew.
    if (canvas.width !== displayWidth) canvas.width = displayWidth
    if (canvas.height !== displayHeight) canvas.height = displayHeight
    canvas.getContext('2d')?.drawImage(frame, 0, 0)
    if (frame !== this.#frame) frame.close()
    return true
  }

  /** Whether there is anything to be drawn: after `takeSpare` there is not. */
  get isThere(): boolean {
    return this.#frame !== null || this.#copy !== null
  }

  /**
   * Writes it into a sheet of its size, and resolves with that before anything else is done; with `null` where that is not
   * how it is to be drawn. Never rejects.
   */
  async readInto(sheets: Sheets): Promise<ImageData | null> {
    let made: VideoFrame | null = null
    let sheet: ImageData | null = null
    try {
      const frame = this.#frame ?? (made = this.#again())
      if (!frame) return null
      const { displayWidth, displayHeight, visibleRect } = frame
      // What is not shown in the size it was sent in has to be drawn.
      if (visibleRect?.width !== displayWidth || visibleRect.height !== displayHeight) return null
      sheet = sheets.take(displayWidth, displayHeight)
      await frame.copyTo(sheet.data, { format: 'RGBA' })
      return sheet
    } catch {
      if (sheet) sheets.giveBack(sheet)
      return null // an engine that converts nothing can still draw it
    } finally {
      made?.close()
    }
  }

  drop(): void {
    this.#frame?.close()
    this.#frame = null
  }

  /** Gives its memory away, once; after that it is not drawn any more. */
  takeSpare(): ArrayBuffer | null {
    const buffer = this.#copy?.buffer ?? null
    this.#copy = null
    return buffer
  }

  #again(): VideoFrame | null {
    return this.#frame ?? (this.#copy && new VideoFrame(this.#copy.buffer, this.#copy.init))
  }

  async #copyTo(buffer: ArrayBuffer, frame: VideoFrame): Promise<void> {
    const { format, timestamp, displayWidth, displayHeight, visibleRect, colorSpace } = frame
    const layout = await frame.copyTo(buffer, asPicture(frame))
    if (this.#frame === null) return
    const [codedWidth, codedHeight] = [visibleRect?.width ?? displayWidth, visibleRect?.height ?? displayHeight]
    const size = { codedWidth, codedHeight, displayWidth, displayHeight }
    const colours = format === null ? {} : { colorSpace: colorSpace.toJSON() }
    this.#copy = { buffer, init: { ...size, ...colours, format: format ?? 'RGBA', layout, timestamp } }
    this.drop()
  }
}

/** One that lies in the graphics memory in a form of its own is read as a picture; any other as it is. */
const asPicture = ({ format }: VideoFrame): VideoFrameCopyToOptions => (format === null ? { format: 'RGBA' } : {})

/**
 * The frame a video shows, if it still is the one that was told of: where the page is late, the video has gone on, and what
 * it shows has no name yet. `mediaTime` is of what was told, in seconds.
 */
export function frameOf(video: HTMLVideoElement, mediaTime: number): VideoFrame | null {
  try {
    const frame = new VideoFrame(video)
    if (Math.abs(frame.timestamp - mediaTime * 1_000_000) < 1_000) return frame
    frame.close()
  } catch {
    // it shows none
  }
  return null
}
