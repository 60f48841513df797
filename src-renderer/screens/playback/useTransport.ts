import { computed, type Ref } from 'vue'
import type { PlayerState, Playing } from '../../composables/usePlayer.ts'
import type { Step } from '../../media/playback/frame-order.ts'
import { nextSpeed } from '../../media/playback/master-clock.ts'
import { usePlayback } from '../../stores/playback.ts'
import { useSession } from '../../stores/session.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** What can be done with a playback, for buttons and keys alike. */
export interface Transport {
  state: Readonly<Ref<PlayerState>>
  isPlaying: Readonly<Ref<boolean>>
  jumps: readonly Jump[]
  jump: (byMs: number) => void
  seek: (atMs: number) => void
  toggle: () => void
  /** One frame on, or back. */
  step: (by: Step) => void
  /** Back through the frames that are kept. */
  goBackwards: () => void
  faster: () => void
  slower: () => void
  setSpeed: (speed: number) => void
  toggleSkipGaps: () => void
  nextSequence: () => void
  previousSequence: () => void
  goLive: () => void
}

/** A step in time, with the keys that go back and on. */
export interface Jump {
  name: 'second' | 'tenSeconds' | 'minute' | 'hour'
  byMs: number
  keys: readonly [back: string, on: string]
}

const jumps: readonly Jump[] = [
  { name: 'second', byMs: SECOND, keys: ['ArrowDown', 'ArrowUp'] },
  { name: 'tenSeconds', byMs: 10 * SECOND, keys: ['ArrowLeft', 'ArrowRight'] },
  { name: 'minute', byMs: MINUTE, keys: ['Shift+ArrowLeft', 'Shift+ArrowRight'] },
  { name: 'hour', byMs: 60 * MINUTE, keys: ['Ctrl+Shift+ArrowLeft', 'Ctrl+Shift+ArrowRight'] },
]

interface Sequences {
  nextAfter: (atMs: number) => number | null
  previousBefore: (atMs: number) => number | null
}

export function useTransport({ player, state }: Playing, sequences: Sequences): Transport {
  const session = useSession()
  const playback = usePlayback()

  const setSpeed = (speed: number): void => {
    playback.speed = speed
    player.setSpeed(speed)
  }
  const seekTo = (atMs: number | null): void => {
    if (atMs !== null) player.seek(atMs)
  }
  const isPlaying = computed(() => state.value.isPlaying || state.value.isReversing)
  return {
    state,
    isPlaying,
    jumps,
    jump: (byMs) => player.jump(byMs),
    seek: (atMs) => player.seek(atMs),
    toggle: () => (isPlaying.value ? player.pause() : player.play()),
    step: (by) => player.walk.step(by),
    goBackwards: () => player.walk.reverse(),
    faster: () => setSpeed(nextSpeed(state.value.clock.speed, 1)),
    slower: () => setSpeed(nextSpeed(state.value.clock.speed, -1)),
    setSpeed,
    toggleSkipGaps() {
      playback.skipGaps = !state.value.skipGaps
      player.setSkipGaps(playback.skipGaps)
    },
    nextSequence: () => seekTo(sequences.nextAfter(player.mediaMs)),
    previousSequence: () => seekTo(sequences.previousBefore(player.mediaMs)),
    goLive: () => session.show('live'),
  }
}
