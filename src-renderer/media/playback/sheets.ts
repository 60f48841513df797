/** As many as four cameras need that are all frozen at once. */
const KEPT = 4

/**
 * Pictures in memory that a frame is written into on its way to a canvas. A few are kept for the next ones: taking memory of
 * that size anew takes longer than all that is done with it.
 */
export class Sheets {
  #spare: ImageData[] = []

  /** Throws where there is no memory for one. */
  take(widthPx: number, heightPx: number): ImageData {
    const place = this.#spare.findIndex(({ width, height }) => width === widthPx && height === heightPx)
    return this.#spare.splice(place, place === -1 ? 0 : 1)[0] ?? new ImageData(widthPx, heightPx)
  }

  giveBack(sheet: ImageData): void {
    this.#spare = [sheet, ...this.#spare].slice(0, KEPT)
  }
}
