import type { Failure } from '../../../src-preload/contract/failure.ts'
import { isPassing } from '../session-state.ts'

/** What a tile brings to be heard. */
export type TileSound =
  /** Nobody listens. */
  | { is: 'off' }
  /** Somebody does, and the picture that brings it is not there yet. */
  | { is: 'coming' }
  /** The server offered none with the picture, or would not open a session with it. */
  | { is: 'none' }
  | { is: 'there'; receiver: RTCRtpReceiver }

/** The session that is seen, as far as it may be heard. */
interface Heard {
  /** It was asked for with sound. */
  withSound: boolean
  /** Its picture is on the screen: the sound does not run ahead of it. */
  isSeen: boolean
  receiver: RTCRtpReceiver | null
}

/** Whether a tile's sessions are asked for with sound, and what came of it. */
export class Ear {
  #listens = false
  #isRefused = false

  /** The next session is to be asked for with sound. */
  get asks(): boolean {
    return this.#listens && !this.#isRefused
  }

  /** Somebody begins to listen, or ends. False where that is no change. */
  listen(on: boolean): boolean {
    if (on === this.#listens) return false
    this.#listens = on
    this.#isRefused = false
    return true
  }

  /**
   * A session came to nothing. True where it was one with sound and the server said no: then it is gone on without, as a
   * picture is worth more than its sound. What is refused without sound too was not refused for it; what the network did
   * says nothing of sound.
   */
  lost(because: Failure, withSound: boolean): boolean {
    const saidNo = because.kind === 'refused' || because.kind === 'bad-answer' || !isPassing(because)
    if (saidNo) this.#isRefused = withSound
    return saidNo && withSound
  }

  soundOf(session: Heard | null): TileSound {
    if (!this.#listens) return { is: 'off' }
    if (this.#isRefused) return { is: 'none' }
    if (!session?.withSound || !session.isSeen) return { is: 'coming' }
    return session.receiver ? { is: 'there', receiver: session.receiver } : { is: 'none' }
  }
}
