import { useHotkeys, type Hotkeys } from '../../composables/useHotkeys.ts'
import { usePlayback } from '../../stores/playback.ts'
import type { Marks } from './useMarks.ts'
import type { PlaceChoice } from './usePlaybackView.ts'
import type { Transport } from './useTransport.ts'

interface Keys {
  transport: Transport
  marks: Marks
  choice: PlaceChoice
  goTo: () => void
  /** Where the operator came from; undefined where that was nowhere. */
  goBack: (() => void) | undefined
}

/** The keys of the Playback screen (operators.md section 5); those that mark on the timeline are there. */
export function usePlaybackKeys({ transport, marks, choice, goTo, goBack }: Keys): void {
  const playback = usePlayback()
  const selectTile = Object.fromEntries(
    Array.from({ length: 9 }, (_, index) => [String(index + 1), () => choice.select(index)]),
  )
  const jumps = Object.fromEntries(
    transport.jumps.flatMap(({ byMs, keys: [back, on] }) => [
      [back, () => transport.jump(-byMs)],
      [on, () => transport.jump(byMs)],
    ]),
  )
  /** What was put over the usual last goes first. */
  function leave(): void {
    if (playback.marked) playback.marked = null
    else if (choice.isMaximised) choice.restoreSize()
    else goBack?.()
  }
  const once = (act: () => void) => (event: KeyboardEvent) => event.repeat || act()
  const hotkeys: Hotkeys = {
    ...selectTile,
    ...jumps,
    Space: () => transport.toggle(),
    '.': () => transport.step(1),
    ',': () => transport.step(-1),
    Backspace: () => transport.goBackwards(),
    L: () => transport.goLive(),
    F: once(() => transport.toggleFollow()),
    G: goTo,
    S: () => transport.toggleSkipGaps(),
    'Ctrl+ArrowRight': () => transport.faster(),
    'Ctrl+ArrowLeft': () => transport.slower(),
    PageDown: () => transport.nextSequence(),
    PageUp: () => transport.previousSequence(),
    // What keeps these from being known reaches the page's error handler, and so the status line.
    'Shift+PageDown': once(() => void transport.goFar('nextBookmark')),
    'Shift+PageUp': once(() => void transport.goFar('previousBookmark')),
    Home: once(() => void transport.goFar('begin')),
    End: once(() => void transport.goFar('end')),
    B: once(() => marks.bookmarkQuickly()),
    'Shift+B': once(() => marks.bookmark()),
    E: once(() => marks.lock()),
    Enter: () => choice.toggleMaximised(),
    Escape: leave,
  }
  useHotkeys(hotkeys)
}
