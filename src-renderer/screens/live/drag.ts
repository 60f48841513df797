import { shallowRef } from 'vue'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'

/** What is being dragged over the wall. A drag's own data cannot be read before the drop, so it is kept here. */
export type Dragged = { what: 'camera'; camera: CameraRef } | { what: 'tile'; index: number }

/** One drag at a time in one window. */
export const dragged = shallowRef<Dragged | null>(null)

/** Our own type: text dragged in from elsewhere is not for us. */
const TYPE = 'application/x-watchpost'

export function startCameraDrag(event: DragEvent, camera: CameraRef): void {
  begin(event, { what: 'camera', camera }, 'copy')
}

export function startTileDrag(event: DragEvent, index: number, ghost: Element | null): void {
  if (ghost) event.dataTransfer?.setDragImage(ghost, 12, 12)
  begin(event, { what: 'tile', index }, 'move')
}

function begin(event: DragEvent, what: Dragged, effect: 'copy' | 'move'): void {
  event.dataTransfer?.setData(TYPE, what.what)
  if (event.dataTransfer) event.dataTransfer.effectAllowed = effect
  dragged.value = what
  // The end is told to where the drag began, and bubbles; a row that was scrolled away is told too late, hence the window.
  window.addEventListener('dragend', () => (dragged.value = null), { once: true, capture: true })
}
