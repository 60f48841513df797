import { watch } from 'vue'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import { nowMs } from '../media/clock.ts'
import type { ShownFrame } from '../media/playback/master-clock.ts'
import type { RecordedState } from '../media/playback/recorded-state.ts'
import { drawCanvas, drawVideo, type TakeShot } from '../media/shots.ts'
import type { TileState } from '../media/tile-state.ts'
import { useMedia } from './useMedia.ts'

/** Where a picture is taken of: a tile, by its index, of a screen. */
export const shotPlace = (screen: 'live' | 'playback', index: number): string => `${screen} ${index}`

/** Lets pictures be taken of what stands in a place, while the component lives. */
export function useShot(place: () => string, take: TakeShot): void {
  const { shots } = useMedia()
  watch(place, (now, _before, onCleanup) => onCleanup(shots.offer(now, take)), { immediate: true })
}

/** Phases of a live tile in which a picture is to be seen in it, perhaps an old one. */
const hasPicture: Record<TileState['phase'], boolean> = {
  empty: false,
  hidden: false,
  opening: true,
  live: true,
  stale: true,
  dim: true,
  waiting: false,
  failed: false,
}

/** A picture of a live tile. */
export async function shootLive(tile: {
  camera: CameraRef | null
  state: () => TileState
  seenVideo: () => HTMLVideoElement | null
  /** By `nowMs()`. */
  lastFrameAtMs: () => number | null
}): ReturnType<TakeShot> {
  const { camera, state, seenVideo, lastFrameAtMs } = tile
  const video = seenVideo()
  if (!camera || !video || !hasPicture[state().phase]) return null
  const shot = await drawVideo(video, (isMoving) => ({
    // What stands still was painted when a frame was last seen, told by the clock that never steps.
    atMs: isMoving ? Date.now() : Date.now() - (nowMs() - (lastFrameAtMs() ?? nowMs())),
    isStale: state().phase !== 'live',
  }))
  return shot && { camera, source: 'live', ...shot }
}

/** Phases of a tile of playback in which a picture is to be seen in it. */
const hasRecorded: Record<RecordedState['phase'], boolean> = {
  empty: false,
  opening: true,
  playing: true,
  still: true,
  silent: false,
  waiting: false,
  failed: false,
}

/** A picture of a tile of playback: of the video, or of the canvas that keeps a frame over it. */
export async function shootRecorded(tile: {
  camera: CameraRef
  state: () => RecordedState
  /** The frame that is seen. */
  frame: () => ShownFrame | null
  seenVideo: () => HTMLVideoElement | null
  /** The canvas that keeps a frame over it; `null` while the video is seen. */
  standing: () => HTMLCanvasElement | null
}): ReturnType<TakeShot> {
  const { camera, state, frame, seenVideo, standing } = tile
  const video = seenVideo()
  if (!video || !frame() || !hasRecorded[state().phase]) return null
  const known = () => ({ atMs: frame()?.mediaMs ?? 0, isStale: state().phase === 'opening' })
  const moving = standing() ? null : await drawVideo(video, known)
  if (moving) return { camera, source: 'recorded', ...moving }
  // It may have been paused while its next frame was waited for.
  const canvas = standing()
  const paper = canvas && drawCanvas(canvas)
  return paper && { camera, source: 'recorded', paper, ...known() }
}
