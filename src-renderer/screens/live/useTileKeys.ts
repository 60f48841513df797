import type { Ref } from 'vue'
import { keyName } from '../../composables/useHotkeys.ts'
import { useLayout } from '../../stores/layout.ts'
import { neighbour, type Direction, type GridShape } from './grid.ts'
import { useLookBack } from './useLookBack.ts'

const directions: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
  Tab: 'next',
  'Shift+Tab': 'previous',
}

/** The keys of a tile that has the focus: arrows and Tab go to the next, Ctrl and an arrow carry the picture along. */
export function useTileKeys(shape: Readonly<Ref<GridShape>>) {
  const layout = useLayout()
  const lookBack = useLookBack()

  const whole = (): GridShape => ({ rows: layout.view.rows, columns: layout.view.columns })

  function onKeydown(event: KeyboardEvent): void {
    if (event.target instanceof Element && event.target.closest('button')) return
    if (press(keyName(event))) event.preventDefault()
  }

  function press(key: string): boolean {
    // A tile that looks back goes through time with the keys that else go through the wall.
    if (key.includes('Arrow') && lookBack.isBack(layout.view.slots[layout.selected]!.id)) return false
    if (key === 'Enter') return did(() => layout.toggleMaximised())
    if (key === 'Delete') return did(() => layout.clear())
    const carried = key.startsWith('Ctrl+Arrow') ? directions[key.slice('Ctrl+'.length)] : undefined
    if (carried && shape.value.rows * shape.value.columns > 1) return carry(carried)
    const direction = directions[key]
    return direction !== undefined && go(direction)
  }

  /** At the end of the wall Tab goes on to what comes after it: a wall that keeps the focus would be a trap. */
  function go(direction: Direction): boolean {
    const to = neighbour(layout.selected, direction, whole())
    if (to === layout.selected) return direction !== 'next' && direction !== 'previous'
    layout.select(to)
    return true
  }

  function carry(direction: Direction): boolean {
    return did(() => layout.move(layout.selected, neighbour(layout.selected, direction, whole())))
  }

  return { onKeydown }
}

function did(act: () => void): true {
  act()
  return true
}
