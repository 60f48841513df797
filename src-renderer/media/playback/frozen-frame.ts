import type { KeptFrame } from './kept-frame.ts'

/** A canvas over a video for a frame that stands: the last of the video, while it has none or another, or one that was kept. */
export class FrozenFrame {
  readonly #video: HTMLVideoElement
  readonly #canvas: HTMLCanvasElement

  constructor(video: HTMLVideoElement, canvas: HTMLCanvasElement) {
    this.#video = video
    this.#canvas = canvas
    this.clear()
  }

  /** Whether there is a frame to be seen that does not move. */
  get isShown(): boolean {
    return this.#canvas.style.display !== 'none'
  }

  /** Shows what the video shows now; where that is nothing, false. */
  take(): boolean {
    const { videoWidth, videoHeight } = this.#video
    if (videoWidth === 0) return false
    this.#canvas.width = videoWidth
    this.#canvas.height = videoHeight
    this.#canvas.getContext('2d')?.drawImage(this.#video, 0, 0)
    return this.#show()
  }

  /** Shows a frame that was kept; where it cannot be drawn, false, and what was shown stays. */
  show(kept: KeptFrame): boolean {
    return kept.drawOn(this.#canvas) && this.#show()
  }

  /** The video has its picture. */
  lift(): void {
    this.#canvas.style.display = 'none'
  }

  /** Nothing old is to be seen. */
  clear(): void {
    this.lift()
    this.#canvas.width = 0
    this.#canvas.height = 0
  }

  #show(): true {
    this.#canvas.style.display = ''
    return true
  }
}
