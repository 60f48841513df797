import type { Clip } from './clips/file.ts'
import { GROUP_LENGTH } from './clips/encode.ts'
import type { Picture } from './h264/clip.ts'

/** A session's place in a clip that never ends. */
export class Reel {
  readonly #clip: Clip
  #place = 0
  #sinceKey = Infinity

  constructor(clip: Clip) {
    this.#clip = clip
  }

  /** Goes to the key picture at or before a moment, so that the same moment always shows the same picture. */
  seek(ms: number, framesPerSecond: number): void {
    const { length } = this.#clip.pictures
    const place = Math.floor((ms / 1000) * framesPerSecond)
    const inLoop = ((place % length) + length) % length
    this.#place = inLoop - (inLoop % GROUP_LENGTH)
    this.#sinceKey = Infinity
  }

  /** Goes to the next key picture; not right after one, as a receiver asks until it has seen it. */
  seekKey(): void {
    if (this.#sinceKey <= 2) return
    this.#place = this.#keyFrom(this.#place)
  }

  /** The picture here; then moves on. */
  take(): Picture {
    const picture = this.#clip.pictures[this.#place]!
    this.#sinceKey = picture.isKey ? 0 : this.#sinceKey + 1
    this.#place = (this.#place + 1) % this.#clip.pictures.length
    return picture
  }

  #keyFrom(start: number): number {
    return this.#clip.keyPlaces.find((place) => place >= start) ?? 0
  }
}
