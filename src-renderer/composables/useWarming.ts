import { onScopeDispose } from 'vue'
import type { NamedCamera } from '../media/tile-picture.ts'
import type { TileSize } from '../media/choose-stream.ts'
import { useMedia } from './useMedia.ts'

/** A pointer that rests on a camera's name this long probably wants it; one that passes by does not. */
const REST_MS = 120

/** Opens the camera the pointer rests on ahead of the click. `size` is the tile it would go to, in CSS pixels. */
export function useWarming(size: () => TileSize): { point: (camera: NamedCamera | null) => void } {
  const { warm } = useMedia()
  let timer: ReturnType<typeof setTimeout> | undefined
  let pointed = ''

  function point(wanted: NamedCamera | null): void {
    const key = wanted ? `${wanted.camera.siteId}/${wanted.camera.cameraId}` : ''
    if (key === pointed) return
    pointed = key
    clearTimeout(timer)
    if (wanted) timer = setTimeout(() => warm(wanted, physical(size())), REST_MS)
  }
  onScopeDispose(() => clearTimeout(timer))

  return { point }
}

const physical = ({ widthPx, heightPx }: TileSize): TileSize => ({
  widthPx: widthPx * window.devicePixelRatio,
  heightPx: heightPx * window.devicePixelRatio,
})
