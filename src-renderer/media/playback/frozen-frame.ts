/** A canvas over a video that keeps its last frame while the video has none, or another. */
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

  /** Keeps what the video shows now; where it shows nothing, what was kept before stays. */
  take(): void {
    const { videoWidth, videoHeight } = this.#video
    if (videoWidth === 0 || this.isShown) return
    this.#canvas.width = videoWidth
    this.#canvas.height = videoHeight
    this.#canvas.getContext('2d')?.drawImage(this.#video, 0, 0)
    this.#canvas.style.display = ''
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
}
