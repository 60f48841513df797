/**
 * Two videos in one place, so that the old picture stays until the new one is painted: no black between two streams.
 *
 * The second is a copy of the first, laid over it only while a picture changes. The first must be in a positioned
 * element that it fills, and must have no background: a video without a frame lets the one below show through.
 */
export class TwinVideo {
  /** The one whose picture is seen. */
  #front: HTMLVideoElement
  #back: HTMLVideoElement | null = null
  #coming: HTMLVideoElement
  #cancel: () => void = () => {}

  constructor(video: HTMLVideoElement) {
    this.#front = video
    this.#coming = video
    prepare(video)
  }

  /** The video whose picture is seen, if any is. */
  get seen(): HTMLVideoElement {
    return this.#front
  }

  /** Makes the second video, which else is made when it is first needed, while somebody waits for its picture. */
  ready(): void {
    this.#back ??= this.#makeTwin()
  }

  /**
   * Gives the stream to the video that will show it, in place of any other that was to come. Call `raise` next: what is
   * asked of the video in between is answered before.
   */
  load(stream: MediaStream): HTMLVideoElement {
    this.#cancel()
    this.#coming = this.#front.srcObject ? this.#upperTwin() : this.#front
    this.#coming.srcObject = stream
    this.#coming.play().catch(() => {}) // another stream took its place, or the element left the page
    return this.#coming
  }

  /**
   * Lets the stream just loaded take the place with its first frame on the screen, unless the returned function is called
   * before: a stream that ends may leave a black frame in its video.
   */
  raise(onPainted: () => void): () => void {
    const video = this.#coming
    const request = video.requestVideoFrameCallback(() => {
      this.#cancel = () => {}
      this.#swap(video)
      onPainted()
    })
    const cancel = () => {
      if (this.#cancel !== cancel) return
      this.#cancel = () => {}
      video.cancelVideoFrameCallback(request)
      if (video !== this.#front) drop(video)
    }
    this.#cancel = cancel
    return cancel
  }

  /** Lets the stream just loaded take the place now: its first frame is on the screen. More often does no harm. */
  show(): void {
    this.#swap(this.#coming)
  }

  /** The stream that is seen is over: its last frame stands. What was still to come does not come any more. */
  stand(): void {
    this.#cancel()
    if (this.#coming !== this.#front) drop(this.#coming)
    this.#coming = this.#front
    this.#front.pause()
  }

  /** Takes every picture off the screen. */
  clear(): void {
    this.#cancel()
    drop(this.#front)
    if (this.#back) drop(this.#back)
  }

  /** Clears, and leaves the page as it was found. */
  dispose(original: HTMLVideoElement): void {
    this.clear()
    for (const video of [this.#front, this.#back]) if (video !== original) video?.remove()
  }

  #swap(video: HTMLVideoElement): void {
    if (video === this.#front) return
    const old = this.#front
    this.#front = video
    this.#back = old
    drop(old)
    hide(old)
    video.after(old) // above the other by its place in the document, for the next time
  }

  #upperTwin(): HTMLVideoElement {
    const twin = (this.#back ??= this.#makeTwin())
    twin.style.display = ''
    return twin
  }

  #makeTwin(): HTMLVideoElement {
    const twin = twinOf(this.#front)
    hide(twin)
    this.#front.after(twin)
    return twin
  }
}

function twinOf(video: HTMLVideoElement): HTMLVideoElement {
  const twin = video.cloneNode(false) as HTMLVideoElement
  Object.assign(twin.style, { position: 'absolute', inset: '0', width: '100%', height: '100%' })
  prepare(twin)
  return twin
}

function prepare(video: HTMLVideoElement): void {
  video.muted = true
  video.autoplay = true
  video.playsInline = true
  video.disablePictureInPicture = true
}

function hide(video: HTMLVideoElement): void {
  video.style.display = 'none'
}

function drop(video: HTMLVideoElement): void {
  video.srcObject = null
}
