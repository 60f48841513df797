import type { KeptFrame } from './kept-frame.ts'
import type { Sheets } from './sheets.ts'

const MOST_SHEETS = 3

/**
 * Canvases over a video for a frame that was kept and stands, while the video has none or another.
 *
 * At most one of them is seen. Going from frame to frame they take turns: a canvas that was seen is copied as a whole when it
 * is drawn on while the compositor still holds it, and taking that much new memory is what costs the time.
 */
export class FrozenFrame {
  readonly #canvases: readonly HTMLCanvasElement[]
  readonly #sheets: Sheets
  #isShown = false
  #standing: HTMLCanvasElement | null = null
  /** Frames that are written out: the one that is shown, the one before it, and one that may be next. Oldest first. */
  readonly #sheetOf = new Map<KeptFrame, ImageData>()
  /** Counts what was asked for: a picture that is ready when something else is wanted is not shown. */
  #turn = 0

  constructor(canvases: readonly HTMLCanvasElement[], sheets: Sheets) {
    this.#canvases = canvases
    this.#sheets = sheets
    this.clear()
  }

  /** Whether there is a frame to be seen that does not move, or will be before anything is painted. */
  get isShown(): boolean {
    return this.#isShown
  }

  /** The canvas that is seen; `null` while the video is. */
  get standing(): HTMLCanvasElement | null {
    return this.#standing
  }

  /**
   * Shows a frame that was kept, before anything is painted again; false where there is nothing to be drawn. Should drawing it
   * fail, nothing is seen, rather than another frame under its name.
   */
  show(kept: KeptFrame): boolean {
    if (!kept.isThere) return false
    this.#isShown = true
    const turn = ++this.#turn
    const sheet = this.#sheetOf.get(kept)
    if (sheet) this.#lay(kept, sheet)
    else void this.#turnTo(kept, turn) // never rejects
    return true
  }

  /** Makes ready what may be shown next. Never rejects. */
  async prepare(kept: KeptFrame): Promise<void> {
    const turn = this.#turn
    const sheet = this.#sheetOf.has(kept) ? null : await kept.readInto(this.#sheets)
    if (sheet && turn === this.#turn) this.#remember(kept, sheet)
    else if (sheet) this.#sheets.giveBack(sheet)
  }

  /** The video has its picture. */
  lift(): void {
    this.#turn++
    this.#isShown = false
    for (const [kept] of this.#sheetOf) this.#forget(kept)
    if (!this.#standing) return
    this.#standing.style.display = 'none'
    this.#standing = null
    // One is soon wanted again; the others only by who steps.
    for (const canvas of this.#canvases.slice(1)) size(canvas, 0, 0)
  }

  /** Nothing old is to be seen. */
  clear(): void {
    this.lift()
    for (const canvas of this.#canvases) {
      canvas.style.display = 'none'
      size(canvas, 0, 0)
    }
  }

  async #turnTo(kept: KeptFrame, turn: number): Promise<void> {
    const sheet = await kept.readInto(this.#sheets)
    if (turn !== this.#turn) {
      if (sheet) this.#sheets.giveBack(sheet)
      return
    }
    if (sheet) {
      this.#lay(kept, sheet)
      return
    }
    const canvas = this.#next()
    if (canvas && kept.drawOn(canvas)) this.#stand(canvas)
    else this.clear()
  }

  #lay(kept: KeptFrame, sheet: ImageData): void {
    this.#remember(kept, sheet)
    const canvas = this.#next()
    if (!canvas) return
    size(canvas, sheet.width, sheet.height)
    canvas.getContext('2d')?.putImageData(sheet, 0, 0)
    this.#stand(canvas)
  }

  /** As the newest; the oldest of too many is forgotten. */
  #remember(kept: KeptFrame, sheet: ImageData): void {
    if (this.#sheetOf.get(kept) !== sheet) this.#forget(kept)
    this.#sheetOf.delete(kept)
    this.#sheetOf.set(kept, sheet)
    const [oldest] = this.#sheetOf.keys()
    if (oldest && this.#sheetOf.size > MOST_SHEETS) this.#forget(oldest)
  }

  #forget(kept: KeptFrame): void {
    const sheet = this.#sheetOf.get(kept)
    if (sheet) this.#sheets.giveBack(sheet)
    this.#sheetOf.delete(kept)
  }

  /** The one whose turn it is. */
  #next(): HTMLCanvasElement | undefined {
    const place = this.#standing ? this.#canvases.indexOf(this.#standing) + 1 : 0
    return this.#canvases[place % this.#canvases.length]
  }

  #stand(canvas: HTMLCanvasElement): void {
    if (this.#standing) this.#standing.style.display = 'none'
    canvas.style.display = ''
    this.#standing = canvas
    this.#isShown = true
  }
}

/** Setting a canvas' size, even to what it is, makes it anew. */
function size(canvas: HTMLCanvasElement, widthPx: number, heightPx: number): void {
  if (canvas.width !== widthPx) canvas.width = widthPx
  if (canvas.height !== heightPx) canvas.height = heightPx
}
