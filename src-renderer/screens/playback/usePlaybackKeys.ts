import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { useHotkeys, type Hotkeys } from '../../composables/useHotkeys.ts'
import { useWords } from '../../composables/useWords.ts'
import { soundPlace, useListening } from '../../stores/listening.ts'
import { usePlayback } from '../../stores/playback.ts'
import type { FarStep } from './useFarSteps.ts'
import type { Marks } from './useMarks.ts'
import type { PlaceChoice } from './usePlaybackView.ts'
import type { Transport } from './useTransport.ts'

interface Keys {
  transport: Transport
  marks: Marks
  choice: PlaceChoice
  /** The camera that is selected, where it plays. */
  selected: () => CameraRef | undefined
  goTo: () => void
  /** Where the operator came from; undefined where that was nowhere. */
  goBack: (() => void) | undefined
}

/** The keys of the Playback screen (operators.md section 5); those that mark on the timeline are there. */
export function usePlaybackKeys({ transport, marks, choice, selected, goTo, goBack }: Keys): void {
  const { t } = useWords()
  const playback = usePlayback()
  const listening = useListening()
  const listen = (): void => listening.toggle(soundPlace('playback', choice.selected), selected() ?? null)
  const selectTile = Object.fromEntries(
    Array.from({ length: 9 }, (_, index) => [
      String(index + 1),
      { act: () => choice.select(index), says: t('keys.selectTile') },
    ]),
  )
  const jumps = Object.fromEntries(
    transport.jumps.flatMap(({ name, byMs, keys: [back, on] }) => {
      const span = t(`playback.spans.${name}`)
      return [
        [back, { act: () => transport.jump(-byMs), says: t('keys.back', { span }) }],
        [on, { act: () => transport.jump(byMs), says: t('keys.on', { span }) }],
      ]
    }),
  )
  /** What was put over the usual last goes first. */
  function leave(): void {
    if (playback.marked) playback.marked = null
    else if (choice.isMaximised) choice.restoreSize()
    else goBack?.()
  }
  const once = (act: () => void) => (event: KeyboardEvent) => event.repeat || act()
  // What keeps the place from being known reaches the page's error handler, and so the status line.
  const far = (step: FarStep) => ({ act: once(() => void transport.goFar(step)), says: t(`playback.far.${step}`) })
  const hotkeys: Hotkeys = {
    Space: { act: () => transport.toggle(), says: t('keys.play') },
    ...jumps,
    '.': { act: () => transport.step(1), says: t('playback.steps.on') },
    ',': { act: () => transport.step(-1), says: t('playback.steps.back') },
    Backspace: { act: () => transport.goBackwards(), says: t('playback.steps.reverse') },
    'Ctrl+ArrowRight': { act: () => transport.faster(), says: t('playback.faster') },
    'Ctrl+ArrowLeft': { act: () => transport.slower(), says: t('playback.slower') },
    PageDown: { act: () => transport.nextSequence(), says: t('playback.nextSequence') },
    PageUp: { act: () => transport.previousSequence(), says: t('playback.previousSequence') },
    'Shift+PageDown': far('nextBookmark'),
    'Shift+PageUp': far('previousBookmark'),
    Home: far('begin'),
    End: far('end'),
    G: { act: goTo, says: t('keys.goTo') },
    S: { act: () => transport.toggleSkipGaps(), says: t('playback.skipGaps') },
    F: { act: once(() => transport.toggleFollow()), says: t('playback.follow') },
    L: { act: () => transport.goLive(), says: t('keys.live') },
    B: { act: once(() => marks.bookmarkQuickly()), says: t('keys.bookmark') },
    'Shift+B': { act: once(() => marks.bookmark()), says: t('keys.bookmarkMore') },
    E: { act: once(() => marks.lock()), says: t('keys.lock') },
    M: { act: once(listen), says: t('keys.listen') },
    'Shift+M': { act: () => listening.nextVolume(), says: t('keys.volume') },
    ...selectTile,
    Enter: { act: () => choice.toggleMaximised(), says: t('keys.maximise') },
    Escape: { act: leave, says: t('keys.leave') },
  }
  useHotkeys(hotkeys)
}
