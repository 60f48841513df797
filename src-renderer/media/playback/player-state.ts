import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import type { WalkEdge } from './frame-walk.ts'
import type { MasterClock } from './master-clock.ts'

/** Where a playback is. Media instants are epoch milliseconds by the server's clock. */
export interface PlayerState {
  readonly clock: MasterClock
  /** It plays, or will once its pictures are there; else it stands. */
  readonly isPlaying: boolean
  /** What was asked for last is not on the screen yet. */
  readonly isSeeking: boolean
  readonly skipGaps: boolean
  /** It goes back through the frames that are kept. */
  readonly isReversing: boolean
  /** What the last step ran into. */
  readonly edge: WalkEdge | null
}

/** What is known of recordings: of all cameras of the playback together, or of one. */
export interface Recorded {
  /** `null`: nobody knows. */
  isRecordedAt: (mediaMs: number, camera?: CameraRef) => boolean | null
  /** Where the next recording of any of them begins; `null` where there is none, or nobody knows. */
  nextAfter: (mediaMs: number, camera?: CameraRef) => number | null
  /** Where the recording of any of them begins that is gone back to from a moment. */
  previousBefore: (mediaMs: number) => number | null
}

export interface PlayerDeps {
  /** The server's clock, epoch milliseconds. */
  serverNow: () => number
  recorded: Recorded
  onChange: (state: PlayerState) => void
}
