import type { KeptFrame } from './kept-frame.ts'

/** The same for every picture that is turned over to: its memory is taken once. */
type Sheet = ImageData

/**
 * Canvases over a video for a frame that stands: the last of the video, while it has none or another, or one that was kept.
 *
 * At most one of them is seen. Going from frame to frame they take turns: a canvas that was seen is copied as a whole when it
 * is drawn on while the compositor still holds it, and taking that much new memory is what costs the time.
 */
export class FrozenFrame {
  readonly #video: HTMLVideoElement
  readonly #canvases: readonly HTMLCanvasElement[]
  #shown: HTMLCanvasElement | null = null
  #sheet: Sheet | null = null
  /** Counts what was asked for: a picture that is ready when something else is wanted is not shown. */
  #turn = 0

  constructor(video: HTMLVideoElement, canvases: readonly HTMLCanvasElement[]) {
    this.#video = video
    this.#canvases = canvases
    this.clear()
  }

  /** The canvas that is seen; `null` while the video is. */
  get shown(): HTMLCanvasElement | null {
    return this.#shown
  }

  /** Shows what the video shows now; where that is nothing, false. */
  take(): boolean {
    const { videoWidth, videoHeight } = this.#video
    const canvas = this.#next()
    if (videoWidth === 0 || !canvas) return false
    size(canvas, videoWidth, videoHeight)
    canvas.getContext('2d')?.drawImage(this.#video, 0, 0)
    return this.#show(canvas)
  }

  /** Shows a frame that was kept; where it cannot be drawn, false, and what was shown stays. */
  show(kept: KeptFrame): boolean {
    const canvas = this.#next()
    return canvas !== undefined && kept.drawOn(canvas) && this.#show(canvas)
  }

  /**
   * The same for who goes from frame to frame: done before anything is painted again, and without taking new memory. Where
   * it cannot be drawn nothing is seen, rather than another frame under its name.
   */
  turnTo(kept: KeptFrame): void {
    const turn = ++this.#turn
    const sheetOf = (widthPx: number, heightPx: number) => (this.#sheet = fitting(this.#sheet, widthPx, heightPx))
    void kept.readInto(sheetOf).then((sheet) => {
      if (turn !== this.#turn) return
      if (sheet) this.#lay(sheet)
      else if (!this.show(kept)) this.clear()
    }) // never rejects
  }

  /** The video has its picture. */
  lift(): void {
    this.#turn++
    if (!this.#shown) return
    this.#shown.style.display = 'none'
    this.#shown = null
    // One is soon wanted again; the others only by who steps.
    for (const canvas of this.#canvases.slice(1)) size(canvas, 0, 0)
    this.#sheet = null
  }

  /** Nothing old is to be seen. */
  clear(): void {
    this.lift()
    for (const canvas of this.#canvases) {
      canvas.style.display = 'none'
      size(canvas, 0, 0)
    }
  }

  #lay(sheet: Sheet): void {
    const canvas = this.#next()
    if (!canvas) return
    size(canvas, sheet.width, sheet.height)
    canvas.getContext('2d')?.putImageData(sheet, 0, 0)
    this.#show(canvas)
  }

  /** The one whose turn it is. */
  #next(): HTMLCanvasElement | undefined {
    const place = this.#shown ? this.#canvases.indexOf(this.#shown) + 1 : 0
    return this.#canvases[place % this.#canvases.length]
  }

  #show(canvas: HTMLCanvasElement): true {
    this.#turn++
    if (this.#shown) this.#shown.style.display = 'none'
    canvas.style.display = ''
    this.#shown = canvas
    return true
  }
}

const fitting = (sheet: Sheet | null, widthPx: number, heightPx: number): Sheet =>
  sheet?.width === widthPx && sheet.height === heightPx ? sheet : new ImageData(widthPx, heightPx)

/** Setting a canvas' size, even to what it is, makes it anew. */
function size(canvas: HTMLCanvasElement, widthPx: number, heightPx: number): void {
  if (canvas.width !== widthPx) canvas.width = widthPx
  if (canvas.height !== heightPx) canvas.height = heightPx
}
