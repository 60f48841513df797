import type { Failure } from '../../src-preload/contract/failure.ts'
import type { SessionState } from './session-state.ts'

/** The picture in a tile is dimmed after this long without a frame. */
export const DIM_MS = 5_000

/**
 * What a tile has to draw. Instants are `nowMs()`.
 *
 * In every phase but `live` a picture that is still to be seen is an old one: it stays, so that the eye keeps its place,
 * and the tile says so.
 */
export type TileState =
  | { phase: 'empty' }
  /** On no screen: it holds no session and no picture. */
  | { phase: 'hidden' }
  /** `attempt` counts from 0. */
  | { phase: 'opening'; attempt: number; sinceMs: number; lastFrameAtMs: number | null }
  /** Frames of this camera are being painted in this tile. */
  | { phase: 'live'; sinceMs: number }
  /** No frame for 2 s, or 3 intervals of a slow camera. */
  | { phase: 'stale'; lastFrameAtMs: number }
  /** No frame for 5 s. */
  | { phase: 'dim'; lastFrameAtMs: number }
  /** Lost; the next attempt is at `retryAtMs`. `attempt` is the one that failed, −1 if the site's trouble let none begin. */
  | { phase: 'waiting'; because: Failure; retryAtMs: number; attempt: number; lastFrameAtMs: number | null }
  /** Lost for good, until somebody asks again. */
  | { phase: 'failed'; because: Failure; lastFrameAtMs: number | null }

/** What the tile itself has seen of the camera it shows. */
export interface TileSight {
  /** Since when the present stream is painted in this very tile; `null` while it is not. */
  paintedSinceMs: number | null
  /** When this tile's camera was last seen moving; `null` if never. */
  lastFrameAtMs: number | null
}

/**
 * How a session looks from one tile. A session may play while this tile has not painted yet: that is still opening.
 */
export function tileState(session: SessionState, { paintedSinceMs, lastFrameAtMs }: TileSight, now: number): TileState {
  switch (session.phase) {
    case 'idle':
      return { phase: 'opening', attempt: 0, sinceMs: now, lastFrameAtMs }
    case 'connecting':
      return { phase: 'opening', attempt: session.attempt, sinceMs: session.since, lastFrameAtMs }
    case 'playing':
      if (paintedSinceMs !== null) return { phase: 'live', sinceMs: paintedSinceMs }
      return { phase: 'opening', attempt: session.attempt, sinceMs: session.since, lastFrameAtMs }
    case 'stalled': {
      const atMs = lastFrameAtMs ?? now
      return { phase: now - atMs >= DIM_MS ? 'dim' : 'stale', lastFrameAtMs: atMs }
    }
    case 'waiting':
      return {
        phase: 'waiting',
        because: session.because,
        retryAtMs: session.until,
        attempt: session.attempt,
        lastFrameAtMs,
      }
    case 'failed':
      return { phase: 'failed', because: session.because, lastFrameAtMs }
  }
}
