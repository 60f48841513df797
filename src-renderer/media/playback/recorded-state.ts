import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { ShownFrame } from './master-clock.ts'
import type { RecordedDeps, RecordedWish } from './recorded-session.ts'
import type { PictureDeps } from './recorded-picture.ts'

/** What a tile of a playback has to draw. Instants are `nowMs()`. */
export type RecordedState =
  | { phase: 'empty' }
  /** The first frame of what was asked for is not there; the frame before it is still seen. */
  | { phase: 'opening'; sinceMs: number }
  | { phase: 'playing' }
  /** Paused: there is a frame that is seen, and it stays. */
  | { phase: 'still' }
  /** Nothing comes, which is what a server does where nothing is recorded. */
  | { phase: 'silent'; sinceMs: number }
  | { phase: 'waiting'; because: Failure; retryAtMs: number }
  | { phase: 'failed'; because: Failure }

export interface RecordedTileDeps extends RecordedDeps, PictureDeps {
  isDrawn: () => boolean
  onState: (state: RecordedState) => void
  /** Each frame when it is seen; of the first of a session also what that was asked for. */
  onFrame: (frame: ShownFrame, firstOf: RecordedWish | null) => void
  /** It may be tried again now. */
  onRetry: () => void
  report: (level: 'info' | 'warn' | 'error', line: string) => void
  random: () => number
}
