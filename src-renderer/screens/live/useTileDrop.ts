import { readonly, ref } from 'vue'
import { useLayout } from '../../stores/layout.ts'
import { dragged } from './drag.ts'

/** Takes what is dropped on a tile: a camera from the tree is shown, a tile changes places. */
export function useTileDrop() {
  const layout = useLayout()
  const target = ref(-1)

  function over(event: DragEvent, index: number): void {
    const what = dragged.value
    if (!what) return
    event.preventDefault()
    if (event.dataTransfer) event.dataTransfer.dropEffect = what.what === 'tile' ? 'move' : 'copy'
    target.value = what.what === 'tile' && what.index === index ? -1 : index
  }

  function leave(index: number): void {
    if (target.value === index) target.value = -1
  }

  function drop(event: DragEvent, index: number): void {
    const what = dragged.value
    target.value = -1
    dragged.value = null
    if (!what) return
    event.preventDefault()
    if (what.what === 'tile') return layout.move(what.index, index)
    layout.select(index)
    layout.show(what.camera, index)
  }

  return { target: readonly(target), over, leave, drop }
}
