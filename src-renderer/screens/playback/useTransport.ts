import { computed, type Ref } from 'vue'
import type { PlayerState, Playing } from '../../composables/usePlayer.ts'
import type { Step } from '../../media/playback/frame-order.ts'
import { nextSpeed } from '../../media/playback/master-clock.ts'
import { usePlayback } from '../../stores/playback.ts'
import { useSession } from '../../stores/session.ts'
import { useFarSteps, type FarStep, type FarSteps } from './useFarSteps.ts'
import { useFollow } from './useFollow.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** What can be done with a playback, for buttons and keys alike. */
export interface Transport {
  state: Readonly<Ref<PlayerState>>
  isPlaying: Readonly<Ref<boolean>>
  /** The moment its clock shows, epoch milliseconds. */
  atMs: Readonly<Ref<number>>
  /** It stays a few seconds behind live. */
  isFollowing: Readonly<Ref<boolean>>
  /** What is looked for, or was not there to go to. */
  said: Readonly<Ref<string>>
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
  /** Goes where somebody has to be asked for first. Throws what kept it from being known. */
  goFar: (step: FarStep) => Promise<void>
  toggleFollow: () => void
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

interface Ways {
  nextAfter: (atMs: number) => number | null
  previousBefore: (atMs: number) => number | null
  far: FarSteps
  serverNow: () => number
}

export function useTransport(playing: Playing, { nextAfter, previousBefore, far, serverNow }: Ways): Transport {
  const { player, state } = playing
  const session = useSession()
  const playback = usePlayback()
  const following = useFollow(playing, serverNow)
  const farSteps = useFarSteps(far, (atMs) => player.seek(atMs))

  /** What was asked for before is not wanted any more. */
  const instead = (act: () => void): void => {
    following.leave()
    farSteps.giveUp()
    act()
  }
  const setSpeed = (speed: number): void =>
    instead(() => {
      playback.speed = speed
      player.setSpeed(speed)
    })
  const seek = (atMs: number | null): void => {
    if (atMs !== null) instead(() => player.seek(atMs))
  }
  const isPlaying = computed(() => state.value.isPlaying || state.value.isReversing)
  return {
    state,
    isPlaying,
    atMs: playing.atMs,
    isFollowing: following.isFollowing,
    said: farSteps.said,
    jumps,
    jump: (byMs) => instead(() => player.jump(byMs)),
    seek,
    toggle: () => instead(() => (isPlaying.value ? player.pause() : player.play())),
    step: (by) => instead(() => player.walk.step(by)),
    goBackwards: () => instead(() => player.walk.reverse()),
    faster: () => setSpeed(nextSpeed(state.value.clock.speed, 1)),
    slower: () => setSpeed(nextSpeed(state.value.clock.speed, -1)),
    setSpeed,
    toggleSkipGaps() {
      playback.skipGaps = !state.value.skipGaps
      player.setSkipGaps(playback.skipGaps)
    },
    nextSequence: () => seek(nextAfter(player.mediaMs)),
    previousSequence: () => seek(previousBefore(player.mediaMs)),
    goFar(step) {
      following.leave()
      return farSteps.go(step)
    },
    toggleFollow() {
      farSteps.giveUp()
      if (following.isFollowing.value) following.leave()
      else {
        playback.speed = 1
        following.follow()
      }
    },
    goLive: () => session.show('live'),
  }
}
