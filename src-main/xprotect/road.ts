import { failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { CameraId, StreamId } from '../../src-preload/contract/models/ids.ts'
import type { Playback } from '../../src-preload/contract/models/playback.ts'
import type { Http } from './http.ts'
import type { VideoSession } from './server.ts'

/** One way of agreeing on a video session with the server. */
export interface Road {
  /** Asks for a session and waits for the offer. Gives up at once when the signal is aborted. */
  open(wish: RoadWish): Promise<RoadSession>
}

export interface RoadWish {
  cameraId: CameraId
  streamId: StreamId | null
  playback?: Playback
  withSound?: true
  signal: AbortSignal
  /** The session is over without our doing. May be told more than once, and after `close`. */
  onEnded: (because: Failure) => void
}

/** A session and what its keeper needs beside what the page may ask. */
export interface RoadSession extends VideoSession {
  /** The server's name for it; undefined where it gave none, or has not yet. */
  serverId: string | undefined
  overRest: boolean
}

const FAREWELL_MS = 3000

/**
 * Tells the server that a session is not wanted any more. Best effort: some versions answer 405, and the server forgets
 * an abandoned session by itself (xprotect-api.md 3.2 [3P]). That it ends sessions of the socket too is hoped [?].
 */
export class Farewell {
  readonly #http: Http
  #isUnheard = false

  constructor(http: Http) {
    this.#http = http
  }

  /** Never rejects. */
  async say(serverId: string): Promise<void> {
    if (this.#isUnheard) return
    try {
      await this.#http.send('DELETE', `WebRTC/Session/${serverId}`, undefined, { timeoutMs: FAREWELL_MS })
    } catch (error) {
      const because = failureOf(error)
      this.#isUnheard ||= because.kind === 'refused' && because.status === 405
    }
  }
}
