import { computed, type ComputedRef } from 'vue'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { mayDo, type May } from '../../../src-preload/contract/may-do.ts'
import { useCameras } from '../../stores/cameras.ts'
import { useLayout } from '../../stores/layout.ts'
import { useSession } from '../../stores/session.ts'

/** One place of the wall in playback. */
export interface Place {
  index: number
  /** Names the picture: the same camera in the same place keeps its tile. */
  key: string
  camera: CameraRef | null
  name: string
  may: May
}

/** What the wall of Live looks like in playback: the same cameras in the same places. */
export function usePlaybackView(): {
  places: ComputedRef<Place[]>
  shape: ComputedRef<{ rows: number; columns: number }>
  /** Those that play. */
  cameras: ComputedRef<CameraRef[]>
} {
  const layout = useLayout()
  const cameras = useCameras()
  const session = useSession()

  function place(camera: CameraRef | null, index: number): Place {
    const known = camera ? cameras.find(camera)?.camera : undefined
    const site = camera && session.sites.find(({ id }) => id === camera.siteId)
    const may: May = site ? mayDo(site.capabilities, 'playback', known) : { ok: true }
    return { index, key: String(layout.view.slots[index]?.id), camera, name: known?.name ?? '', may }
  }

  const places = computed(() => {
    const all = layout.tiles.map(place)
    return layout.isMaximised ? all.filter(({ index }) => index === layout.selected) : all
  })
  return {
    places,
    shape: computed(() =>
      layout.isMaximised ? { rows: 1, columns: 1 } : { rows: layout.view.rows, columns: layout.view.columns },
    ),
    cameras: computed(() => places.value.flatMap(({ camera, may }) => (camera && may.ok ? [camera] : []))),
  }
}
