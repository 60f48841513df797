import { computedWithControl } from '@vueuse/core'
import { onScopeDispose, shallowReadonly, shallowRef, type Ref, type ShallowRef } from 'vue'
import { Player, type PlayerState, type Recorded } from '../media/playback/player.ts'
import { usePlaybackClock } from './usePlaybackClock.ts'

export type { PlayerState } from '../media/playback/player.ts'

/** A playback while its screen or tile lives. */
export interface Playing {
  player: Player
  state: Readonly<ShallowRef<PlayerState>>
  /** The moment its clock shows: as it runs, and at once where it goes somewhere else. */
  atMs: Readonly<Ref<number>>
}

/** Begins at a moment, epoch milliseconds by the server's clock, and stands there until it is told to play. */
export function usePlayer(wish: { atMs: number; serverNow: () => number; recorded: Recorded }): Playing {
  const { serverNow, recorded } = wish
  const player: Player = new Player({ serverNow, recorded, onChange: (now) => (state.value = now) }, wish.atMs)
  const state = shallowRef(player.state)
  onScopeDispose(() => player.dispose())
  const tick = usePlaybackClock()
  // Not with every change: who steps from frame to frame would wait for all that shows it.
  const atMs = computedWithControl([tick, () => state.value.isSeeking], () => player.mediaMs)
  return { player, state: shallowReadonly(state), atMs }
}
