import { watchDebounced } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, readonly, ref, shallowReadonly, shallowRef, watch } from 'vue'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import type { View } from '../../src-preload/contract/models/preferences.ts'
import type { Site } from '../../src-preload/contract/models/site.ts'
import { sameCamera } from './camera-list.ts'
import { useSession } from './session.ts'
import { useSettings } from './settings.ts'
import {
  emptyView,
  firstEmpty,
  fromSaved,
  fromSite,
  tileCount,
  toSaved,
  withCamera,
  withGrid,
  withSwapped,
  type ViewState,
} from './view.ts'

/** How many changes of the view can be taken back. */
const MOST_UNDO = 50
const SAVE_AFTER_MS = 400

/** The wall: which camera stands in which tile, which tile is selected, and whether it fills the wall. */
export const useLayout = defineStore('layout', () => {
  const view = shallowRef<ViewState>(emptyView(3, 3))
  const selected = ref(0)
  const isMaximised = ref(false)
  const past = shallowRef<readonly ViewState[]>([])
  /** A site's profile only proposes; last time's view beats it, and what the operator does now beats both. */
  let chosenBy: 'nobody' | 'profile' | 'last time' | 'operator' = 'nobody'
  /** What the profile proposed last. A view of "the first cameras" grows while the list comes in. */
  let proposal = ''

  const settings = useSettings()
  const session = useSession()

  /** Every change of the view by the operator can be taken back. */
  function change(next: ViewState): void {
    past.value = [...past.value.slice(1 - MOST_UNDO), view.value]
    put(next)
  }

  function put(next: ViewState): void {
    chosenBy = 'operator'
    view.value = next
    selected.value = Math.min(selected.value, tileCount(next) - 1)
  }

  function restore(saved: View | null): void {
    if (!saved || chosenBy === 'operator' || chosenBy === 'last time') return
    chosenBy = 'last time'
    view.value = fromSaved(saved)
  }

  function propose(sites: readonly Site[]): void {
    if (chosenBy === 'operator' || chosenBy === 'last time') return
    const site = sites.find((open) => open.view)
    if (!site?.view) return
    const wish = JSON.stringify([site.id, site.view])
    if (wish === proposal) return
    proposal = wish
    chosenBy = 'profile'
    view.value = fromSite(site.id, site.view)
  }

  watch(() => settings.preferences.view, restore, { immediate: true })
  watch(() => session.openSites, propose, { immediate: true })
  watchDebounced(
    view,
    async () => {
      if (chosenBy === 'operator') await settings.save({ view: toSaved(view.value) })
    },
    { debounce: SAVE_AFTER_MS, maxWait: 5 * SAVE_AFTER_MS },
  )

  /** Recorded from the tray, also while there is no page. What nobody pointed at is not kept, nor an empty tile. */
  let isPointedAt = false
  const selectedCamera = computed(() => view.value.slots[selected.value]?.camera ?? null)
  watchDebounced(
    selectedCamera,
    async (camera) => {
      if (isPointedAt && camera && !sameCamera(camera, settings.preferences.selectedCamera))
        await settings.save({ selectedCamera: camera })
    },
    { debounce: SAVE_AFTER_MS },
  )

  function select(index: number): void {
    if (index < 0 || index >= tileCount(view.value)) return
    selected.value = index
    isPointedAt = true
  }

  /** Shows a camera in a tile. Where it already stands there, nothing reconnects. */
  function show(camera: CameraRef, index: number = selected.value): void {
    if (sameCamera(view.value.slots[index]?.camera ?? null, camera)) return
    change(withCamera(view.value, index, camera))
  }

  /** Shows a camera in the selected tile or, where that is taken, in the next empty one; selects it. */
  function showNext(camera: CameraRef): void {
    const empty = firstEmpty(view.value)
    const isTaken = view.value.slots[selected.value]?.camera != null
    if (isTaken && empty >= 0 && !isMaximised.value) selected.value = empty
    show(camera)
  }

  /** Moves a picture to another tile. What stood there takes its place; neither reconnects. */
  function move(from: number, to: number): void {
    if (from === to) return
    change(withSwapped(view.value, from, to))
    selected.value = to
  }

  function clear(index: number = selected.value): void {
    if (view.value.slots[index]?.camera == null) return
    isMaximised.value = false
    change(withCamera(view.value, index, null))
  }

  function setGrid(rows: number, columns: number): void {
    isMaximised.value = false
    if (rows === view.value.rows && columns === view.value.columns) return
    change(withGrid(view.value, rows, columns))
  }

  function undo(): void {
    const before = past.value.at(-1)
    if (!before) return
    past.value = past.value.slice(0, -1)
    put(before)
  }

  function toggleMaximised(index: number = selected.value): void {
    select(index)
    isMaximised.value = !isMaximised.value
  }

  const tiles = computed(() => view.value.slots.slice(0, tileCount(view.value)).map(({ camera }) => camera))

  return {
    view: shallowReadonly(view),
    /** What each tile on the wall shows, row by row. */
    tiles,
    selected: readonly(selected),
    isMaximised: readonly(isMaximised),
    canUndo: computed(() => past.value.length > 0),
    select,
    show,
    showNext,
    move,
    clear,
    setGrid,
    undo,
    toggleMaximised,
    restoreSize: () => void (isMaximised.value = false),
  }
})
