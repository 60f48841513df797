import type { CameraRef } from '../../src-preload/contract/models/ids.ts'

/** A picture as a tile shows it, in the size the camera sent it in. */
export interface Shot {
  camera: CameraRef
  paper: OffscreenCanvas
  source: 'live' | 'recorded'
  /** Of a recorded one when it was recorded, by the server's clock; of a live one when it was painted, by this computer's. */
  atMs: number
  /** It is older than what the tile would show if all went well. */
  isStale: boolean
}

/** `null`: the tile shows no picture. */
export type TakeShot = () => Promise<Shot | null>

/** Where tiles say how a picture of them is taken. */
export class Shots {
  readonly #takers = new Map<string, TakeShot[]>()

  /** A place that shows something from now on, until the returned function is called. What was offered last counts. */
  offer(place: string, take: TakeShot): () => void {
    this.#takers.set(place, [...(this.#takers.get(place) ?? []), take])
    return () => {
      const left = (this.#takers.get(place) ?? []).filter((other) => other !== take)
      if (left.length > 0) this.#takers.set(place, left)
      else this.#takers.delete(place)
    }
  }

  async take(place: string): Promise<Shot | null> {
    return (await this.#takers.get(place)?.at(-1)?.()) ?? null
  }
}

/** A picture that moves is waited for so long; one that does not is taken as it stands. */
const NEXT_FRAME_MS = 1_000

/**
 * Draws the frame a video shows, in the very moment it is painted where frames come; `seen` is asked in the same moment
 * what is known of that frame. `null` where the video shows none.
 */
export function drawVideo<Known>(
  video: HTMLVideoElement,
  seen: (isMoving: boolean) => Known,
): Promise<(Known & { paper: OffscreenCanvas }) | null> {
  return new Promise((resolve) => {
    const draw = (isMoving: boolean) => {
      clearTimeout(timer)
      video.removeEventListener('pause', stopped)
      video.cancelVideoFrameCallback(request)
      const paper = drawn(video, video.videoWidth, video.videoHeight)
      resolve(paper && { paper, ...seen(isMoving) })
    }
    const stopped = (): void => draw(false)
    const request = video.requestVideoFrameCallback(() => draw(true))
    const timer = setTimeout(stopped, NEXT_FRAME_MS)
    // A video that stands waits for another's first picture, and may be gone with it.
    if (video.paused) stopped()
    else video.addEventListener('pause', stopped)
  })
}

/** Draws what a canvas shows. `null` where it is empty. */
export const drawCanvas = (canvas: HTMLCanvasElement): OffscreenCanvas | null =>
  drawn(canvas, canvas.width, canvas.height)

function drawn(source: CanvasImageSource, widthPx: number, heightPx: number): OffscreenCanvas | null {
  if (widthPx === 0 || heightPx === 0) return null
  const paper = new OffscreenCanvas(widthPx, heightPx)
  paper.getContext('2d')?.drawImage(source, 0, 0)
  return paper
}

/** The eye sees no difference to the original above this. */
const JPEG_QUALITY = 0.95

/** A picture as the bytes of a file. */
export async function encodePicture(paper: OffscreenCanvas, format: 'png' | 'jpeg'): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await paper.convertToBlob({ type: `image/${format}`, quality: JPEG_QUALITY })
  return new Uint8Array(await blob.arrayBuffer())
}
