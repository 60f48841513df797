import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { TileState } from '../../media/tile-state.ts'
import type { TilePhase } from '../../stores/tile-states.ts'

/** What one tile shows at one instant: its state with ages and countdowns in whole seconds. */
export type TileFace =
  | { is: 'empty' }
  /** `isOverPicture`: the last picture of this camera is still seen, and is not live. */
  | { is: 'opening'; forSeconds: number; isOverPicture: boolean }
  | { is: 'live' }
  /** The last picture is old. From 5 s on it is dimmed as well. */
  | { is: 'stale'; ageSeconds: number; isDim: boolean }
  /** There is no picture. `attempt` is the one to come or just running, counted from 1; absent while its site is waited for. */
  | { is: 'lost'; because: Failure; inSeconds: number; attempt?: number }
  | { is: 'failed'; because: Failure }

/** A picture younger than this may still be looked at without a word. */
const STALE_MS = 2_000
const DIM_MS = 5_000

const secondsFrom = (fromMs: number, toMs: number): number => Math.max(0, Math.floor((toMs - fromMs) / 1000))

/**
 * The face of a tile. `trouble` is what the last attempt failed of, so that a tile that tries again keeps saying why it is
 * dark instead of flickering between two texts.
 */
export function tileFace(state: TileState, trouble: Failure | null, now: number): TileFace {
  switch (state.phase) {
    case 'empty':
      return { is: 'empty' }
    case 'live':
      return { is: 'live' }
    case 'stale':
    case 'dim':
      return stale(state.lastFrameAtMs, now)
    case 'opening':
      if (trouble && state.attempt > 0)
        return { is: 'lost', because: trouble, inSeconds: 0, attempt: state.attempt + 1 }
      if (state.lastFrameAtMs !== null && now - state.lastFrameAtMs >= STALE_MS) return stale(state.lastFrameAtMs, now)
      return {
        is: 'opening',
        forSeconds: secondsFrom(state.sinceMs, now),
        isOverPicture: state.lastFrameAtMs !== null,
      }
    case 'waiting': {
      const lost = {
        is: 'lost' as const,
        because: state.because,
        inSeconds: Math.ceil(secondsUntil(state.retryAtMs, now)),
      }
      return state.attempt < 0 ? lost : { ...lost, attempt: state.attempt + 2 }
    }
    case 'failed':
      return { is: 'failed', because: state.because }
  }
}

const secondsUntil = (untilMs: number, now: number): number => Math.max(0, (untilMs - now) / 1000)

const stale = (lastFrameAtMs: number, now: number): TileFace => ({
  is: 'stale',
  ageSeconds: secondsFrom(lastFrameAtMs, now),
  isDim: now - lastFrameAtMs >= DIM_MS,
})

/** The same for the tree and the status line. */
export function tilePhase(state: TileState): TilePhase | null {
  switch (state.phase) {
    case 'empty':
      return null
    case 'live':
    case 'opening':
      return state.phase
    case 'stale':
    case 'dim':
      return 'stale'
    case 'waiting':
    case 'failed':
      return 'lost'
  }
}
