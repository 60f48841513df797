import { onScopeDispose, shallowReadonly, shallowRef, type ShallowRef } from 'vue'
import { Player, type PlayerState, type Recorded } from '../media/playback/player.ts'

export type { PlayerState } from '../media/playback/player.ts'

/** A playback while its screen or tile lives. */
export interface Playing {
  player: Player
  state: Readonly<ShallowRef<PlayerState>>
}

/** Begins at a moment, epoch milliseconds by the server's clock, and stands there until it is told to play. */
export function usePlayer(wish: { atMs: number; serverNow: () => number; recorded: Recorded }): Playing {
  const { atMs, serverNow, recorded } = wish
  const player: Player = new Player({ serverNow, recorded, onChange: (now) => (state.value = now) }, atMs)
  const state = shallowRef(player.state)
  onScopeDispose(() => player.dispose())
  return { player, state: shallowReadonly(state) }
}
