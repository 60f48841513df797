import { useResizeObserver } from '@vueuse/core'
import { onScopeDispose, readonly, shallowRef, type ShallowRef } from 'vue'

/** An element's inner size in CSS pixels. */
export interface PlaneSize {
  readonly widthPx: number
  readonly heightPx: number
}

/**
 * The size of the wall, renewed when the window or the tree beside it changes. One observer, whatever the number of tiles.
 * A wall on another screen than the present one keeps its size, and so its tiles.
 */
export function useTileGrid(plane: Readonly<ShallowRef<HTMLElement | null>>): Readonly<ShallowRef<PlaneSize>> {
  const size = shallowRef<PlaneSize>({ widthPx: 0, heightPx: 0 })
  let firstTiles: ReturnType<typeof setTimeout> | undefined

  useResizeObserver(plane, ([entry]) => {
    if (!entry || entry.contentRect.width === 0) return
    const now = { widthPx: entry.contentRect.width, heightPx: entry.contentRect.height }
    clearTimeout(firstTiles)
    if (size.value.widthPx > 0) size.value = now
    // The tree beside the wall is made in this very task: all tiles besides would hold the page.
    else firstTiles = setTimeout(() => (size.value = now))
  })
  onScopeDispose(() => clearTimeout(firstTiles))
  return readonly(size)
}
