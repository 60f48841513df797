import { useIntervalFn } from '@vueuse/core'
import { watch } from 'vue'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import type { Recorded } from '../media/playback/player.ts'
import { useSequences } from '../stores/sequences.ts'
import { useWantedSequences } from './useWantedSequences.ts'

const HOUR_MS = 3_600_000
/** What is known of the recordings around the clock is kept so far ahead and behind. */
const AROUND_MS = 6 * HOUR_MS
const EVERY_MS = 5_000

/** What is known of the recordings of these cameras, kept known around a moment. */
export function useRecorded(wish: {
  cameras: () => readonly CameraRef[]
  atMs: () => number
  serverNow: () => number
}) {
  const { cameras, atMs, serverNow } = wish
  const sequences = useSequences()
  const want = useWantedSequences()

  const look = (): void => want(cameras(), { beginMs: atMs() - AROUND_MS, endMs: atMs() + AROUND_MS }, serverNow())
  useIntervalFn(look, EVERY_MS)
  watch(cameras, look)

  const previousBefore = (mediaMs: number): number | null =>
    latest(cameras().map((one) => sequences.previousBefore(one, mediaMs)))
  const recorded: Recorded = {
    previousBefore,
    isRecordedAt(mediaMs, camera) {
      if (camera) return sequences.isRecordedAt(camera, mediaMs)
      const all = cameras().map((one) => sequences.isRecordedAt(one, mediaMs))
      if (all.includes(true)) return true
      return all.includes(null) ? null : false
    },
    nextAfter(mediaMs, camera) {
      if (camera) return sequences.nextAfter(camera, mediaMs)
      return earliest(cameras().map((one) => sequences.nextAfter(one, mediaMs)))
    },
  }

  return { recorded, previousBefore, look }
}

const known = (moments: (number | null)[]): number[] => moments.flatMap((moment) => moment ?? [])
const earliest = (moments: (number | null)[]): number | null =>
  known(moments).length > 0 ? Math.min(...known(moments)) : null
const latest = (moments: (number | null)[]): number | null =>
  known(moments).length > 0 ? Math.max(...known(moments)) : null
