import { useHotkeys, type Hotkeys } from '../../composables/useHotkeys.ts'
import { useLayout } from '../../stores/layout.ts'
import type { Transport } from './useTransport.ts'

/** The keys of the Playback screen (operators.md section 5). */
export function usePlaybackKeys(transport: Transport, goTo: () => void): void {
  const layout = useLayout()
  const selectTile = Object.fromEntries(
    Array.from({ length: 9 }, (_, index) => [String(index + 1), () => layout.select(index)]),
  )
  const jumps = Object.fromEntries(
    transport.jumps.flatMap(({ byMs, keys: [back, on] }) => [
      [back, () => transport.jump(-byMs)],
      [on, () => transport.jump(byMs)],
    ]),
  )
  const hotkeys: Hotkeys = {
    ...selectTile,
    ...jumps,
    Space: () => transport.toggle(),
    '.': () => transport.step(1),
    ',': () => transport.step(-1),
    Backspace: () => transport.goBackwards(),
    L: () => transport.goLive(),
    G: goTo,
    S: () => transport.toggleSkipGaps(),
    'Ctrl+ArrowRight': () => transport.faster(),
    'Ctrl+ArrowLeft': () => transport.slower(),
    PageDown: () => transport.nextSequence(),
    PageUp: () => transport.previousSequence(),
    Enter: () => layout.toggleMaximised(),
    Escape: () => layout.restoreSize(),
  }
  useHotkeys(hotkeys)
}
