import { useHotkeys, type Hotkeys } from '../../composables/useHotkeys.ts'
import { useWords } from '../../composables/useWords.ts'
import { cameraKey } from '../../stores/camera-list.ts'
import { useLayout } from '../../stores/layout.ts'
import { soundPlace, useListening } from '../../stores/listening.ts'
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
  const { t } = useWords()
  const settings = useSettings()
  const session = useSession()
  const recordings = useRecordings()
  const lookBack = useLookBack()
  const listening = useListening()

  const selectTile = Object.fromEntries(
    Array.from({ length: 9 }, (_, index) => [
      String(index + 1),
      { act: () => layout.select(index), says: t('keys.selectTile') },
    ]),
  )
  const chooseLayout = Object.fromEntries(
    layouts
      .slice(0, 9)
      .map(({ rows, columns }, index) => [
        `Alt+${index + 1}`,
        { act: () => layout.setGrid(rows, columns), says: t('keys.layout') },
      ]),
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
    '/': { act: focusSearch, says: t('keys.findCamera') },
    'Shift+F2': {
      act: () => lookBack.toggle(selectedSlot().id, selectedSlot().camera),
      says: t('keys.lookBack'),
    },
    L: { act: () => lookBack.end(selectedSlot().id), says: t('keys.lookBackEnd') },
    M: {
      act: ({ repeat }) => repeat || listening.toggle(soundPlace('live', selectedSlot().id), selectedSlot().camera),
      says: t('keys.listen'),
    },
    'Shift+M': { act: () => listening.nextVolume(), says: t('keys.volume') },
    I: {
      act: () => void settings.save({ showStatistics: !settings.preferences.showStatistics }),
      says: t('keys.statistics'),
    },
    F11: { act: () => void toggleFullScreen(), says: t('keys.fullScreen') },
    'Ctrl+Z': { act: () => layout.undo(), says: t('keys.undo') },
    Escape: { act: leave, says: t('keys.restore') },
  }
  useHotkeys(hotkeys, () => session.screen === 'live')
}
