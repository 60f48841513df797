import { computed, ref, type Ref } from 'vue'
import type { Recorded } from '../media/playback/player-state.ts'
import { SOUND_SPEED } from '../media/playback/recorded-session.ts'
import { lackOf, type TileLack } from './tile-lack.ts'
import { usePlaybackClock } from './usePlaybackClock.ts'
import { shootRecorded, useShot } from './useShot.ts'
import { useTileSound, type SoundFace } from './useTileSound.ts'
import { useRecordedTile, type RecordedState, type RecordedWish } from './useRecordedTile.ts'

/** What a tile of recorded video shows and says. */
export interface RecordedFace {
  state: Readonly<Ref<RecordedState>>
  /** The moment the picture shows, epoch milliseconds; `null` before the first. */
  shownMs: Readonly<Ref<number | null>>
  /** Why the picture of the moment is not there; `null` where it is. */
  lack: Readonly<Ref<TileLack | null>>
  /** How far the picture is off the clock, `−0.4`, where that is worth a word; else empty. */
  offSeconds: Readonly<Ref<string>>
  /** What it says of its sound; `null` where nobody listens. */
  sound: Readonly<Ref<SoundFace | null>>
}

/** `place` is where pictures of it are taken, as `shotPlace` says; `soundPlace` where it is listened to. */
export function useRecordedFace({
  recorded,
  place,
  soundPlace,
  ...wish
}: Omit<RecordedWish, 'onFrame' | 'onTold'> & {
  recorded: Recorded
  place: () => string
  soundPlace: () => string
}): RecordedFace {
  const { camera, player } = wish
  const shownMs = ref<number | null>(null)
  let heard: ReturnType<typeof useTileSound> | null = null
  const { tile, state } = useRecordedTile({
    ...wish,
    onTold: () => heard?.update(),
    onFrame: ({ mediaMs }) => (shownMs.value = mediaMs),
  })

  useShot(place, () =>
    shootRecorded({
      camera,
      state: () => state.value,
      frame: () => tile.frame,
      seenVideo: () => tile.picture.seenVideo,
      standing: () => tile.picture.standing,
    }),
  )

  /** Looked at a few times a second. */
  const clock = usePlaybackClock()
  heard = useTileSound({
    place: soundPlace,
    camera: () => camera,
    listen(on) {
      if (tile.listen(on)) player.retry(tile)
    },
    sound: () => tile.sound,
    hush() {
      if (clock.value === 0) return null
      const { isPlaying, clock: at } = player.state
      if (at.speed !== SOUND_SPEED) return { is: 'speed', speed: at.speed }
      return isPlaying ? null : { is: 'paused' }
    },
  })
  const lack = computed(() => {
    const atMs = clock.value > 0 ? player.mediaMs : 0
    const known = { isRecorded: recorded.isRecordedAt(atMs, camera), nextMs: recorded.nextAfter(atMs, camera) }
    return lackOf(state.value, shownMs.value !== null, known)
  })
  const offSeconds = computed(() => {
    const offMs = clock.value > 0 ? player.offsetOf(tile) : null
    if (offMs === null) return ''
    return `${offMs < 0 ? '−' : '+'}${(Math.abs(offMs) / 1000).toFixed(1)}`
  })
  return { state, shownMs, lack, offSeconds, sound: heard.face }
}
