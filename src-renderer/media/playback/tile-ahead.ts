import { FrameAhead } from './frame-ahead.ts'
import type { KeptFrame } from './kept-frame.ts'
import type { RecordedPicture } from './recorded-picture.ts'
import { ON_FIRST, type StayFrom } from './recorded-run.ts'
import type { RecordedSession, RecordedWish } from './recorded-session.ts'
import { SessionAhead, type Ahead } from './session-ahead.ts'
import type { StartLine } from './start-line.ts'

/** What is made for a tile before it is wanted: a session to go on with, and a frame to stand on. */
export class TileAhead {
  readonly #session = new SessionAhead()
  readonly #frame: FrameAhead

  constructor(picture: RecordedPicture) {
    this.#frame = new FrameAhead(picture)
  }

  /** A session that streams once it is adopted; the one before must be dropped. */
  prepare(session: RecordedSession, line: StartLine): void {
    this.#session.begin(session, line)
  }

  /** No session is wanted any more. */
  unprepare(): void {
    this.#session.drop()
  }

  /** A session for the frame a tile may stand on next. */
  foresee(session: RecordedSession): void {
    this.#frame.begin(session)
  }

  /** No frame is wanted any more. */
  unforesee(): void {
    this.#frame.drop()
  }

  /** Nothing is wanted any more. */
  drop(): void {
    this.unprepare()
    this.unforesee()
  }

  /** A session has its media; false where it is not one of these. */
  arrived(session: RecordedSession, stream: MediaStream): boolean {
    return this.#frame.arrived(session, stream) || this.#session.arrived(session, stream)
  }

  /** A session is lost; false where it is not one of these. */
  lost(session: RecordedSession): boolean {
    return this.#frame.lost(session) || this.#session.lost(session)
  }

  /** What is on its way for this wish already; it is the caller's from now on. */
  adopt(wish: RecordedWish, stays: StayFrom): (Pick<Ahead, 'session' | 'stream'> & { line?: StartLine }) | null {
    const ahead = this.#session.adopt(wish)
    if (ahead) return ahead
    // What plays on may be heard; what fetches one frame was asked for without sound.
    return stays === ON_FIRST ? this.#frame.adopt(wish) : null
  }

  /** The frame of this wish, if it is here; it is the caller's from now on. */
  takeFrame(wish: RecordedWish): KeptFrame | null {
    return this.#frame.take(wish)
  }
}
