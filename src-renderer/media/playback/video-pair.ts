/**
 * Two videos in one place: while one waits for its first picture the other stands, paused, so that nothing has to be copied
 * for what is seen to stay.
 *
 * The one that waits lies on top, where it shows nothing before its first picture: a video without one lets what is below
 * show through.
 */
export class VideoPair {
  /** Whose picture is seen. */
  #front: HTMLVideoElement
  #back: HTMLVideoElement
  #coming: HTMLVideoElement | null = null

  constructor([one, other]: readonly [HTMLVideoElement, HTMLVideoElement]) {
    this.#front = one
    this.#back = other
  }

  /** The one whose picture is seen, if any is. */
  get seen(): HTMLVideoElement {
    return this.#front
  }

  /** Gives a stream to the video that will show it, in place of any other that was to come. */
  load(stream: MediaStream): HTMLVideoElement {
    const video = this.#front.srcObject ? this.#back : this.#front
    this.#coming = video
    video.style.zIndex = '1'
    this.#other(video).style.zIndex = ''
    video.srcObject = stream
    video.play().catch(() => {}) // another stream took its place, or the element left the page
    return video
  }

  /** What was loaded last has its picture: what stood below it is over. */
  raise(): void {
    const video = this.#coming
    if (!video) return
    this.#coming = null
    if (video === this.#front) return
    this.#back = this.#front
    this.#front = video
    this.#back.srcObject = null
  }

  /** Its stream is over, and its picture stays. What was still to come does not any more. */
  stand(): void {
    this.#drop()
    this.#front.pause()
  }

  /** No picture is left in either. */
  clear(): void {
    this.#drop()
    this.#front.srcObject = null
  }

  #drop(): void {
    const coming = this.#coming
    this.#coming = null
    if (coming) coming.srcObject = null
  }

  #other(video: HTMLVideoElement): HTMLVideoElement {
    return video === this.#front ? this.#back : this.#front
  }
}
