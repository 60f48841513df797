import { defineStore } from 'pinia'
import { computed, shallowReadonly, shallowRef } from 'vue'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import { cameraKey, type CameraKey } from './camera-list.ts'

/**
 * What a tile can say of its camera: `playback` means that it looks back, `stale` that the last live picture is old, `lost` that
 * there is none.
 */
export type TilePhase = 'opening' | 'live' | 'playback' | 'stale' | 'lost'

interface TileReport {
  readonly camera: CameraRef
  readonly phase: TilePhase
}

/** How many tiles on the wall show a camera, and how they fare. */
export interface TileSummary {
  readonly tiles: number
  readonly opening: number
  readonly live: number
  readonly playback: number
  readonly stale: number
  readonly lost: number
}

/** The tree's mark and the count may come so much after the tile; drawing them at once would keep its picture waiting. */
const TELL_AFTER_MS = 100

/** What is known of the cameras on the wall: told by the tiles on every change, read by the tree and the status line. */
export const useTileStates = defineStore('tile-states', () => {
  const reports = shallowRef<ReadonlyMap<number, TileReport>>(new Map())

  /** What changed since it was last told; `null` is a tile that went. */
  const changes = new Map<number, TileReport | null>()

  const report = (slotId: number, camera: CameraRef, phase: TilePhase): void => note(slotId, { camera, phase })

  /** The tile is gone from the wall. */
  const forget = (slotId: number): void => note(slotId, null)

  /** What happens to sixteen tiles within a moment is told as one change: the tree would be drawn anew for each. */
  function note(slotId: number, change: TileReport | null): void {
    if (changes.size === 0) setTimeout(tell, TELL_AFTER_MS)
    changes.set(slotId, change)
  }

  function tell(): void {
    const now = new Map(reports.value)
    for (const [slotId, change] of changes) {
      if (change) now.set(slotId, change)
      else now.delete(slotId)
    }
    changes.clear()
    reports.value = now
  }

  /** One camera in two tiles: the worse state counts. */
  const byCamera = computed<ReadonlyMap<CameraKey, TilePhase>>(() => {
    const worst = new Map<CameraKey, TilePhase>()
    for (const { camera, phase } of reports.value.values()) {
      const key = cameraKey(camera)
      const known = worst.get(key)
      if (!known || gravity[phase] > gravity[known]) worst.set(key, phase)
    }
    return worst
  })

  const summary = computed<TileSummary>(() => {
    const counts = { opening: 0, live: 0, playback: 0, stale: 0, lost: 0 }
    for (const { phase } of reports.value.values()) counts[phase] += 1
    return { tiles: reports.value.size, ...counts }
  })

  return { report, forget, byCamera: shallowReadonly(byCamera), summary }
})

const gravity: Record<TilePhase, number> = { live: 0, playback: 1, opening: 2, stale: 3, lost: 4 }
