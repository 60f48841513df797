import type { CameraRef, SiteId } from '../../src-preload/contract/models/ids.ts'
import type { View } from '../../src-preload/contract/models/preferences.ts'
import type { Site } from '../../src-preload/contract/models/site.ts'

/** One place of the view. The id follows the picture, not the position: a moved picture keeps its video element. */
export interface Slot {
  readonly id: number
  readonly camera: CameraRef | null
}

/** What the wall shows: a grid, and 64 slots of which the first rows × columns are seen. The rest wait for a larger grid. */
export interface ViewState {
  readonly name: string
  readonly rows: number
  readonly columns: number
  readonly slots: readonly Slot[]
}

const MOST_TILES = 64
const LARGEST_SIDE = 8

let lastSlotId = 0
const slot = (camera: CameraRef | null): Slot => ({ id: (lastSlotId += 1), camera })

const filled = (cameras: readonly (CameraRef | null)[]): Slot[] =>
  Array.from({ length: MOST_TILES }, (_, index) => slot(cameras[index] ?? null))

export const emptyView = (rows: number, columns: number): ViewState => ({ name: '', rows, columns, slots: filled([]) })

export const tileCount = (view: ViewState): number => view.rows * view.columns

/** Another grid over the same cameras. Cameras that no longer fit are kept, and seen again when it grows. */
export const withGrid = (view: ViewState, rows: number, columns: number): ViewState => ({ ...view, rows, columns })

/**
 * Another camera, or none, in one slot. It is a new picture, so the slot gets a new id; but one that was empty keeps its
 * own: there is no old picture to confuse it with, and the tile need not be made anew.
 */
export const withCamera = (view: ViewState, index: number, camera: CameraRef | null): ViewState => ({
  ...view,
  slots: view.slots.map((old, place) => {
    if (place !== index) return old
    return old.camera ? slot(camera) : { ...old, camera }
  }),
})

/** Two slots change places with their pictures; an empty one moves like any other. */
export function withSwapped(view: ViewState, from: number, to: number): ViewState {
  const slots = [...view.slots]
  ;[slots[from], slots[to]] = [view.slots[to]!, view.slots[from]!]
  return { ...view, slots }
}

/** The first slot on screen without a camera, or -1. */
export const firstEmpty = (view: ViewState): number =>
  view.slots.slice(0, tileCount(view)).findIndex(({ camera }) => camera === null)

/** As it is saved: empty slots at the end say nothing. */
export function toSaved({ name, rows, columns, slots }: ViewState): View {
  const last = slots.findLastIndex(({ camera }) => camera !== null)
  return { name, rows, columns, tiles: slots.slice(0, last + 1).map(({ camera }) => camera && { ...camera }) }
}

export const fromSaved = ({ name, rows, columns, tiles }: View): ViewState => ({
  name,
  rows,
  columns,
  slots: filled(tiles),
})

/** The view a site's profile asks to open with. */
export const fromSite = (siteId: SiteId, { rows, columns, cameraIds }: NonNullable<Site['view']>): ViewState => ({
  name: '',
  rows: Math.min(rows, LARGEST_SIDE),
  columns: Math.min(columns, LARGEST_SIDE),
  slots: filled(cameraIds.map((cameraId) => ({ siteId, cameraId }))),
})
