import { onScopeDispose } from 'vue'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import type { NamedCamera } from '../media/tile-share.ts'
import type { TileSize } from '../media/choose-stream.ts'
import { useMedia } from './useMedia.ts'

/** A pointer that rests on a camera's name this long probably wants it; one that passes by does not. */
const REST_MS = 120

/** Keys held down walk through a list faster than this. */
const STEP_MS = 60

/** What is done ahead of the click or the key that shows a camera. */
export interface Warming {
  /** The pointer rests on this camera's name: its session is opened ahead. */
  point: (camera: NamedCamera | null) => void
  /** This camera is about to be shown: its session is asked for before the tile is drawn. */
  begin: (camera: NamedCamera) => void
  /** The keyboard stands on this camera: its streams are asked for. A session would be too much for a walk through a list. */
  regard: (camera: CameraRef | null) => void
}

/** `size` is the tile the camera would go to, in CSS pixels. */
export function useWarming(size: () => TileSize): Warming {
  const { warm, catalogue } = useMedia()
  let timer: ReturnType<typeof setTimeout> | undefined
  let stepTimer: ReturnType<typeof setTimeout> | undefined
  let pointed = ''

  function point(wanted: NamedCamera | null): void {
    const key = wanted ? `${wanted.camera.siteId}/${wanted.camera.cameraId}` : ''
    if (key === pointed) return
    pointed = key
    clearTimeout(timer)
    if (wanted) timer = setTimeout(() => warm(wanted, physical(size())), REST_MS)
  }

  const begin = (wanted: NamedCamera): void => warm(wanted, physical(size()))

  function regard(camera: CameraRef | null): void {
    clearTimeout(stepTimer)
    // Whoever shows the camera asks again, and says what is wrong.
    if (camera) stepTimer = setTimeout(() => void catalogue.load(camera).catch(() => {}), STEP_MS)
  }
  onScopeDispose(() => {
    clearTimeout(timer)
    clearTimeout(stepTimer)
  })

  return { point, begin, regard }
}

const physical = ({ widthPx, heightPx }: TileSize): TileSize => ({
  widthPx: widthPx * window.devicePixelRatio,
  heightPx: heightPx * window.devicePixelRatio,
})
