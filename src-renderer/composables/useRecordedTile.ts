import { onMounted, onScopeDispose, shallowReadonly, shallowRef, type ShallowRef } from 'vue'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import type { ShownFrame } from '../media/playback/master-clock.ts'
import type { Player } from '../media/playback/player.ts'
import { RecordedTile, type RecordedState } from '../media/playback/recorded-tile.ts'
import { useMedia } from './useMedia.ts'

export type { RecordedState } from '../media/playback/recorded-tile.ts'

interface Wish {
  camera: CameraRef
  /** What the log calls it. */
  name: string
  player: Player
  /** The canvas lies over the video, which fills a positioned element. */
  video: Readonly<ShallowRef<HTMLVideoElement | null>>
  canvas: Readonly<ShallowRef<HTMLCanvasElement | null>>
  /** Each frame, when it is painted. */
  onFrame: (frame: ShownFrame) => void
}

/** One camera's recorded picture, in step with the player's clock for as long as the component lives. */
export function useRecordedTile({ camera, name, player, video, canvas, onFrame }: Wish): {
  tile: RecordedTile
  state: Readonly<ShallowRef<RecordedState>>
} {
  const { recorded } = useMedia()
  const state = shallowRef<RecordedState>({ phase: 'empty' })
  const tile: RecordedTile = new RecordedTile({ siteId: camera.siteId, cameraId: camera.cameraId }, name, {
    ...recorded,
    onState: (now) => (state.value = now),
    onFrame(frame, firstOf) {
      player.painted(frame, firstOf)
      onFrame(frame)
    },
    onRetry: () => player.retry(tile),
    random: Math.random,
  })
  onMounted(() => {
    if (!video.value || !canvas.value) return
    tile.bind(video.value, canvas.value)
    player.add(tile)
  })
  onScopeDispose(() => player.remove(tile))
  return { tile, state: shallowReadonly(state) }
}
