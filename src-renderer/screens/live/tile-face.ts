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
  /**
   * There is no picture. `attempt` is the one to come or just running, counted as in the log: 1 is the first that tries
   * again. Absent while the whole site is waited for.
   */
  | { is: 'lost'; because: Failure; inSeconds: number; attempt?: number }
  | { is: 'failed'; because: Failure }

/** A picture younger than this may still be looked at without a word. */
const STALE_MS = 2_000
const DIM_MS = 5_000

const EMPTY: TileFace = { is: 'empty' }
const LIVE: TileFace = { is: 'live' }
/** What it will say the moment it is seen again. */
const HIDDEN: TileFace = { is: 'opening', forSeconds: 0, isOverPicture: false }

/**
 * The face of a tile. `trouble` is what the last attempt failed of, so that a tile that tries again keeps saying why it is
 * dark instead of flickering between two texts. `now` is asked only where an age or a countdown is shown.
 */
export function tileFace(state: TileState, trouble: Failure | null, now: () => number): TileFace {
  switch (state.phase) {
    case 'empty':
      return EMPTY
    case 'hidden':
      return HIDDEN
    case 'live':
      return LIVE
    case 'stale':
    case 'dim':
      return stale(now() - state.lastFrameAtMs, state.phase === 'dim')
    case 'opening':
      return opening(state, trouble, now())
    case 'waiting': {
      const inSeconds = Math.max(0, Math.ceil((state.retryAtMs - now()) / 1000))
      const lost = { is: 'lost' as const, because: state.because, inSeconds }
      return state.attempt < 0 ? lost : { ...lost, attempt: state.attempt + 1 }
    }
    case 'failed':
      return { is: 'failed', because: state.because }
  }
}

function opening(state: TileState & { phase: 'opening' }, trouble: Failure | null, now: number): TileFace {
  const { attempt, sinceMs, lastFrameAtMs } = state
  if (trouble && attempt > 0) return { is: 'lost', because: trouble, inSeconds: 0, attempt }
  if (lastFrameAtMs !== null && now - lastFrameAtMs >= STALE_MS) return stale(now - lastFrameAtMs, false)
  return { is: 'opening', forSeconds: wholeSeconds(now - sinceMs), isOverPicture: lastFrameAtMs !== null }
}

const stale = (ageMs: number, isDim: boolean): TileFace => ({
  is: 'stale',
  ageSeconds: wholeSeconds(ageMs),
  isDim: isDim || ageMs >= DIM_MS,
})

const wholeSeconds = (ms: number): number => Math.max(0, Math.floor(ms / 1000))

/** The same for the tree and the status line. */
export function tilePhase(state: TileState): TilePhase | null {
  switch (state.phase) {
    case 'empty':
    case 'hidden':
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
