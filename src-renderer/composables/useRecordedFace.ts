import { computed, ref, type Ref } from 'vue'
import type { Recorded } from '../media/playback/player-state.ts'
import { lackOf, type TileLack } from './tile-lack.ts'
import { usePlaybackClock } from './usePlaybackClock.ts'
import { shootRecorded, useShot } from './useShot.ts'
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
}

/** `place` is where pictures of it are taken, as `shotPlace` says. */
export function useRecordedFace({
  recorded,
  place,
  ...wish
}: Omit<RecordedWish, 'onFrame'> & { recorded: Recorded; place: () => string }): RecordedFace {
  const { camera, player, layers } = wish
  const shownMs = ref<number | null>(null)
  const { tile, state } = useRecordedTile({ ...wish, onFrame: ({ mediaMs }) => (shownMs.value = mediaMs) })

  useShot(place, () =>
    shootRecorded({
      camera,
      state: () => state.value,
      frame: () => tile.frame,
      video: layers.value?.video ?? null,
      standing: () => tile.picture.standing,
    }),
  )

  /** Looked at a few times a second. */
  const clock = usePlaybackClock()
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
  return { state, shownMs, lack, offSeconds }
}
