import { useHotkeys } from '../../composables/useHotkeys.ts'
import { nextSpeed } from '../../media/playback/master-clock.ts'
import type { Player } from '../../media/playback/player.ts'

const SECOND_MS = 1_000

/** The keys of a tile that looks back: those of Playback, for it alone. */
export function usePlaybackTileKeys(player: Player, when: () => boolean): { toggle: () => void } {
  const toggle = (): void => {
    const { isPlaying, isReversing } = player.state
    if (isPlaying || isReversing) player.pause()
    else player.play()
  }
  const speed = (by: 1 | -1) => () => player.setSpeed(nextSpeed(player.state.clock.speed, by))
  const jump = (byMs: number) => () => player.jump(byMs)
  useHotkeys(
    {
      Space: toggle,
      '.': () => player.walk.step(1),
      ',': () => player.walk.step(-1),
      Backspace: () => player.walk.reverse(),
      ArrowUp: jump(SECOND_MS),
      ArrowDown: jump(-SECOND_MS),
      ArrowRight: jump(10 * SECOND_MS),
      ArrowLeft: jump(-10 * SECOND_MS),
      'Shift+ArrowRight': jump(60 * SECOND_MS),
      'Shift+ArrowLeft': jump(-60 * SECOND_MS),
      'Ctrl+ArrowRight': speed(1),
      'Ctrl+ArrowLeft': speed(-1),
    },
    when,
  )
  return { toggle }
}
