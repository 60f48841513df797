import { useHotkeys } from '../../composables/useHotkeys.ts'
import { useWords } from '../../composables/useWords.ts'
import { nextSpeed } from '../../media/playback/master-clock.ts'
import type { Player } from '../../media/playback/player.ts'

const SECOND_MS = 1_000

/** The keys of a tile that looks back: those of Playback, for it alone. */
export function usePlaybackTileKeys(player: Player, when: () => boolean): { toggle: () => void } {
  const { t } = useWords()
  const toggle = (): void => {
    const { isPlaying, isReversing } = player.state
    if (isPlaying || isReversing) player.pause()
    else player.play()
  }
  const speed = (by: 1 | -1) => () => player.setSpeed(nextSpeed(player.state.clock.speed, by))
  const jump = (name: 'second' | 'tenSeconds' | 'minute', byMs: number) => ({
    act: () => player.jump(byMs),
    says: t(byMs > 0 ? 'keys.on' : 'keys.back', { span: t(`playback.spans.${name}`) }),
  })
  useHotkeys(
    {
      Space: { act: toggle, says: t('keys.play') },
      '.': { act: () => player.walk.step(1), says: t('playback.steps.on') },
      ',': { act: () => player.walk.step(-1), says: t('playback.steps.back') },
      Backspace: { act: () => player.walk.reverse(), says: t('playback.steps.reverse') },
      ArrowUp: jump('second', SECOND_MS),
      ArrowDown: jump('second', -SECOND_MS),
      ArrowRight: jump('tenSeconds', 10 * SECOND_MS),
      ArrowLeft: jump('tenSeconds', -10 * SECOND_MS),
      'Shift+ArrowRight': jump('minute', 60 * SECOND_MS),
      'Shift+ArrowLeft': jump('minute', -60 * SECOND_MS),
      'Ctrl+ArrowRight': { act: speed(1), says: t('playback.faster') },
      'Ctrl+ArrowLeft': { act: speed(-1), says: t('playback.slower') },
    },
    when,
  )
  return { toggle }
}
