import { useHotkeys, type Hotkeys } from '../../composables/useHotkeys.ts'
import { cameraKey } from '../../stores/camera-list.ts'
import { useLayout } from '../../stores/layout.ts'
import { useRecordings } from '../../stores/recordings.ts'
import { useSession } from '../../stores/session.ts'
import { useSettings } from '../../stores/settings.ts'
import { toggleFullScreen } from './full-screen.ts'
import { layouts } from './grid.ts'
import { useLookBack } from './useLookBack.ts'

/**
 * The keys that work anywhere on the Live screen (operators.md section 5); those of one tile are in `useTileKeys`.
 *
 * What a key cannot do, say keep a preference, reaches the page's error handler and so the status line.
 */
export function useWallKeys(focusSearch: () => void): void {
  const layout = useLayout()
  const settings = useSettings()
  const session = useSession()
  const recordings = useRecordings()
  const lookBack = useLookBack()

  const selectTile = Object.fromEntries(
    Array.from({ length: 9 }, (_, index) => [String(index + 1), () => layout.select(index)]),
  )
  const chooseLayout = Object.fromEntries(
    layouts.slice(0, 9).map(({ rows, columns }, index) => [`Alt+${index + 1}`, () => layout.setGrid(rows, columns)]),
  )
  const selectedSlot = () => layout.view.slots[layout.selected]!
  /** What lies over the selected picture goes first. */
  function leave(): void {
    const camera = layout.tiles[layout.selected]
    if (camera && recordings.faces.get(cameraKey(camera))?.is === 'not-recording') recordings.dismiss(camera)
    else layout.restoreSize()
  }
  const hotkeys: Hotkeys = {
    ...selectTile,
    ...chooseLayout,
    '/': focusSearch,
    'Shift+F2': () => lookBack.toggle(selectedSlot().id, selectedSlot().camera),
    L: () => lookBack.end(selectedSlot().id),
    I: () => void settings.save({ showStatistics: !settings.preferences.showStatistics }),
    F11: () => void toggleFullScreen(),
    'Ctrl+Z': () => layout.undo(),
    Escape: leave,
  }
  useHotkeys(hotkeys, () => session.screen === 'live')
}
