import { nowMs } from './clock.ts'

const PROBE_EVERY_MS = 500
/** A page that got no animation frame for this long is on no screen, whatever its visibility says. */
const UNDRAWN_AFTER_MS = 1_000

/**
 * Whether what the page paints reaches a screen.
 *
 * `document.hidden` alone does not tell: behind a screen that is switched off Chromium draws no frames, and every
 * camera would look dead. Animation frames stop with the drawing, so they are the witness.
 */
export class PageDrawing {
  readonly #timer: ReturnType<typeof setInterval>
  #request: number | null = null
  #askedAtMs = 0

  constructor() {
    this.#timer = setInterval(() => this.#probe(), PROBE_EVERY_MS)
  }

  isDrawn(): boolean {
    if (document.hidden) return false
    return this.#request === null || nowMs() - this.#askedAtMs < UNDRAWN_AFTER_MS
  }

  stop(): void {
    clearInterval(this.#timer)
    if (this.#request !== null) cancelAnimationFrame(this.#request)
    this.#request = null
  }

  #probe(): void {
    if (this.#request !== null) return
    this.#askedAtMs = nowMs()
    this.#request = requestAnimationFrame(() => (this.#request = null))
  }
}
