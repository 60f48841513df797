import { computed, onScopeDispose, ref, shallowRef, watchEffect, type ComputedRef, type Ref } from 'vue'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { mayDo, type May } from '../../../src-preload/contract/may-do.ts'
import { cameraKey } from '../../stores/camera-list.ts'
import { useCameras } from '../../stores/cameras.ts'
import { useLayout } from '../../stores/layout.ts'
import { usePlayback } from '../../stores/playback.ts'
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

/** Which place is selected, and whether it fills the wall. */
export interface PlaceChoice {
  readonly selected: number
  readonly isMaximised: boolean
  select: (index: number) => void
  toggleMaximised: (index?: number) => void
  restoreSize: () => void
}

/** As many as are shown of a bookmark or a lock of more. */
export const MOST_PLACES = 16

interface Wall {
  tiles: Readonly<Ref<readonly { key: string; camera: CameraRef | null }[]>>
  shape: Readonly<Ref<{ rows: number; columns: number }>>
  choice: PlaceChoice
}

/** What plays: the wall of Live, the same cameras in the same places; or the cameras of what was found. */
export function usePlaybackView(wished?: readonly CameraRef[]): {
  places: ComputedRef<Place[]>
  shape: ComputedRef<{ rows: number; columns: number }>
  /** Those that play. */
  cameras: ComputedRef<CameraRef[]>
  choice: PlaceChoice
} {
  const cameras = useCameras()
  const session = useSession()
  const { tiles, shape, choice } = wished ? wallOf(wished) : wallOfLive()

  function place({ key, camera }: { key: string; camera: CameraRef | null }, index: number): Place {
    const known = camera ? cameras.find(camera)?.camera : undefined
    const site = camera && session.sites.find(({ id }) => id === camera.siteId)
    const may: May = site ? mayDo(site.capabilities, 'playback', known) : { ok: true }
    return { index, key, camera, name: known?.name ?? '', may }
  }

  const places = computed(() => {
    const all = tiles.value.map(place)
    return choice.isMaximised ? all.filter(({ index }) => index === choice.selected) : all
  })
  return {
    places,
    shape: computed(() => (choice.isMaximised ? { rows: 1, columns: 1 } : shape.value)),
    cameras: computed(() => places.value.flatMap(({ camera, may }) => (camera && may.ok ? [camera] : []))),
    choice,
  }
}

function wallOfLive(): Wall {
  const layout = useLayout()
  return {
    tiles: computed(() => layout.tiles.map((camera, index) => ({ key: String(layout.view.slots[index]?.id), camera }))),
    shape: computed(() => ({ rows: layout.view.rows, columns: layout.view.columns })),
    choice: layout,
  }
}

/** Beside the view in Live, which it does not touch: what is selected there is what the tray records. */
function wallOf(wished: readonly CameraRef[]): Wall {
  const tiles = wished.slice(0, MOST_PLACES).map((camera) => ({ key: cameraKey(camera), camera }))
  const columns = Math.max(1, Math.ceil(Math.sqrt(tiles.length)))
  const playback = usePlayback()
  const selected = ref(0)
  const cameras = tiles.map(({ camera }) => camera)
  watchEffect(() => (playback.visited = { tiles: cameras, selected: selected.value }))
  onScopeDispose(() => (playback.visited = null))
  const isMaximised = ref(false)
  const select = (index: number): void => {
    if (index >= 0 && index < tiles.length) selected.value = index
  }
  return {
    tiles: shallowRef(tiles),
    shape: shallowRef({ rows: Math.ceil(tiles.length / columns), columns }),
    choice: {
      get selected() {
        return selected.value
      },
      get isMaximised() {
        return isMaximised.value
      },
      select,
      toggleMaximised(index = selected.value) {
        select(index)
        isMaximised.value = !isMaximised.value
      },
      restoreSize: () => void (isMaximised.value = false),
    },
  }
}
