import { useResizeObserver } from '@vueuse/core'
import { readonly, shallowRef, type ShallowRef } from 'vue'

/** An element's inner size in CSS pixels. */
export interface PlaneSize {
  readonly widthPx: number
  readonly heightPx: number
}

/** The size of the wall, renewed when the window or the tree beside it changes. One observer, whatever the number of tiles. */
export function useTileGrid(plane: Readonly<ShallowRef<HTMLElement | null>>): Readonly<ShallowRef<PlaneSize>> {
  const size = shallowRef<PlaneSize>({ widthPx: 0, heightPx: 0 })
  useResizeObserver(plane, ([entry]) => {
    if (entry) size.value = { widthPx: entry.contentRect.width, heightPx: entry.contentRect.height }
  })
  return readonly(size)
}
