import type { Failure } from '../../src-preload/contract/failure.ts'
import type { RecordedState } from '../media/playback/recorded-state.ts'

/** What is known of the recordings of one tile at the moment of the clock. */
export interface TileRecorded {
  /** `null`: nobody knows. */
  isRecorded: boolean | null
  /** Where its next recording begins, epoch milliseconds; `null` where there is none, or nobody knows. */
  nextMs: number | null
}

/** Why a tile has no picture, each in a sentence of its own. */
export type TileLack =
  /** Not yet. */
  | { is: 'opening' }
  /** Nothing is recorded here, and something later · nothing later · nothing comes, and nobody knows why. */
  | { is: 'gap'; nextMs: number }
  | { is: 'end' }
  | { is: 'nothing' }
  /** The server says that there is nothing from here on. */
  | { is: 'none' }
  | { is: 'masked' }
  | { is: 'mayNot' }
  | { is: 'codec'; codec: string }
  | { is: 'failure'; because: Failure; retryAtMs: number | null }

/**
 * Why the picture of this moment is not there; `null` where it is. A frame of another moment may still be seen, `hasFrame`,
 * while the one asked for is opened.
 */
export function lackOf(state: RecordedState, hasFrame: boolean, recorded: TileRecorded): TileLack | null {
  switch (state.phase) {
    case 'empty':
    case 'playing':
    case 'still':
      return null
    case 'opening':
      return hasFrame ? null : { is: 'opening' }
    case 'silent':
      return silence(recorded)
    case 'waiting':
      return failure(state.because, state.retryAtMs)
    case 'failed':
      return failure(state.because, null)
  }
}

function silence({ isRecorded, nextMs }: TileRecorded): TileLack {
  if (isRecorded === true) return { is: 'opening' }
  if (isRecorded === null) return { is: 'nothing' }
  return nextMs === null ? { is: 'end' } : { is: 'gap', nextMs }
}

/** The server says why in its own words, whose exact form is not known [?]; what can be made out is said in ours. */
function failure(because: Failure, retryAtMs: number | null): TileLack {
  if (because.kind === 'unplayable-codec') return { is: 'codec', codec: because.codec.replace(/^H(\d{3})$/, 'H.$1') }
  if (because.kind === 'forbidden') return { is: 'mayNot' }
  if (because.kind === 'refused' && /mask/i.test(because.text)) return { is: 'masked' }
  if (because.kind === 'refused' && /no (video|recording)|recordings?\b.*not/i.test(because.text)) return { is: 'none' }
  return { is: 'failure', because, retryAtMs }
}
