import type { KeptFrame } from './kept-frame.ts'
import type { RecordedPicture } from './recorded-picture.ts'
import { isSameWish, type RecordedSession, type RecordedWish } from './recorded-session.ts'

/** Nothing may be recorded there, or nobody sees the page: it is not waited for longer. */
const PATIENCE_MS = 10_000

interface Fetch {
  readonly session: RecordedSession
  readonly timer: ReturnType<typeof setTimeout>
  stream: MediaStream | null
  frame: KeptFrame | null
}

/**
 * The frame of a moment that may be sought next, fetched behind a frame that stands. Its session ends with its first frame:
 * a server streams on (xprotect-api.md 3.5), and more is not wanted yet.
 */
export class FrameAhead {
  readonly #picture: RecordedPicture
  #fetch: Fetch | null = null

  constructor(picture: RecordedPicture) {
    this.#picture = picture
  }

  /** A session brings it. */
  begin(session: RecordedSession): void {
    this.drop()
    this.#fetch = { session, timer: setTimeout(() => this.#giveUp(), PATIENCE_MS), stream: null, frame: null }
  }

  /** A session has its media; false where it is not ours. */
  arrived(session: RecordedSession, stream: MediaStream): boolean {
    const fetch = this.#fetch
    if (fetch?.session !== session) return false
    fetch.stream = stream
    this.#picture.fetch(stream, session.wish.atMs, (frame) => {
      if (this.#fetch !== fetch) return
      if (!frame) return this.drop()
      fetch.frame = frame
      clearTimeout(fetch.timer)
      session.close()
    })
    return true
  }

  /** A session is lost; false where it is not ours. */
  lost(session: RecordedSession): boolean {
    if (this.#fetch?.session !== session) return false
    this.drop()
    return true
  }

  /** The frame of this moment, if it is here; it is the caller's from now on. */
  take(wish: RecordedWish): KeptFrame | null {
    const frame = this.#isFor(wish) ? (this.#fetch?.frame ?? null) : null
    if (frame) this.#fetch = null
    return frame
  }

  /** The session that still brings it, and its media where they are there; they are the caller's from now on. */
  adopt(wish: RecordedWish): { session: RecordedSession; stream: MediaStream | null } | null {
    const fetch = this.#fetch
    if (!fetch || fetch.frame || !this.#isFor(wish)) return null
    this.#fetch = null
    clearTimeout(fetch.timer)
    this.#picture.stopFetching()
    return fetch
  }

  /** It is not wanted any more. */
  drop(): void {
    const fetch = this.#fetch
    if (!fetch) return
    this.#fetch = null
    clearTimeout(fetch.timer)
    if (fetch.frame) return fetch.frame.drop()
    fetch.session.close()
    this.#picture.stopFetching()
  }

  #isFor(wish: RecordedWish): boolean {
    return this.#fetch !== null && isSameWish(this.#fetch.session.wish, wish)
  }

  #giveUp(): void {
    if (!this.#fetch?.frame) this.drop()
  }
}
