import { isSameWish, type RecordedSession, type RecordedWish } from './recorded-session.ts'
import type { StartLine } from './start-line.ts'

/** A session made before it is wanted, which waits for that behind its line. */
export interface Ahead {
  readonly session: RecordedSession
  readonly line: StartLine
  /** Its media, where they are there already. */
  stream: MediaStream | null
}

/** The session that may be wanted next, one at most. */
export class SessionAhead {
  #ahead: Ahead | null = null

  /** This one from now on; the one before must be dropped. */
  begin(session: RecordedSession, line: StartLine): void {
    this.#ahead = { session, line, stream: null }
  }

  /** A session has its media; false where it is not ours. */
  arrived(session: RecordedSession, stream: MediaStream): boolean {
    if (this.#ahead?.session !== session) return false
    this.#ahead.stream = stream
    return true
  }

  /** A session is lost; false where it is not ours. */
  lost(session: RecordedSession): boolean {
    if (this.#ahead?.session !== session) return false
    this.#ahead = null
    return true
  }

  /** The one for this wish, if it is there; it is the caller's from now on. */
  adopt(wish: RecordedWish): Ahead | null {
    const ahead = this.#ahead
    if (!ahead || !isSameWish(ahead.session.wish, wish)) return null
    this.#ahead = null
    return ahead
  }

  /** It is not wanted any more. */
  drop(): void {
    this.#ahead?.session.close()
    this.#ahead = null
  }
}
