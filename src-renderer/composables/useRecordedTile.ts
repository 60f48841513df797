import { onMounted, onScopeDispose, shallowReadonly, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import type { ShownFrame } from '../media/playback/master-clock.ts'
import type { Player } from '../media/playback/player.ts'
import type { RecordedState } from '../media/playback/recorded-state.ts'
import { RecordedTile } from '../media/playback/recorded-tile.ts'
import { useMedia } from './useMedia.ts'

export type { RecordedState } from '../media/playback/recorded-state.ts'

export interface RecordedWish {
  camera: CameraRef
  /** What the log calls it. */
  name: string
  player: Player
  /** The canvases lie over the video, which fills a positioned element. */
  layers: Readonly<Ref<{ video: HTMLVideoElement | null; canvases: readonly HTMLCanvasElement[] | null } | null>>
  /** Steps from frame to frame are those of this tile. */
  leads: () => boolean
  /** Its state is another. */
  onTold: () => void
  /** Each frame, when it is seen. */
  onFrame: (frame: ShownFrame) => void
}

/** One camera's recorded picture, in step with the player's clock for as long as the component lives. */
export function useRecordedTile({ camera, name, player, layers, leads, onTold, onFrame }: RecordedWish): {
  tile: RecordedTile
  state: Readonly<ShallowRef<RecordedState>>
} {
  const { recorded } = useMedia()
  const state = shallowRef<RecordedState>({ phase: 'empty' })
  const tile: RecordedTile = new RecordedTile({ siteId: camera.siteId, cameraId: camera.cameraId }, name, {
    ...recorded,
    onState(now) {
      state.value = now
      onTold()
      if (now.phase === 'still') player.walk.stands(tile)
    },
    onFrame(frame, firstOf) {
      player.painted(frame, firstOf)
      onFrame(frame)
    },
    onRetry: () => player.retry(tile),
    random: Math.random,
  })
  onMounted(() => {
    const { video, canvases } = layers.value ?? {}
    if (!video || !canvases) return
    tile.bind(video, canvases)
    player.add(tile)
  })
  watch(leads, (now) => now && player.follow(tile), { immediate: true })
  onScopeDispose(() => player.remove(tile))
  return { tile, state: shallowReadonly(state) }
}
