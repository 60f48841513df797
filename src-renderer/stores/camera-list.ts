import type { Camera } from '../../src-preload/contract/models/camera.ts'
import type { CameraId, CameraRef, SiteId } from '../../src-preload/contract/models/ids.ts'

/** One string per camera anywhere, for maps and list keys. */
export type CameraKey = `${SiteId}/${CameraId}`

/** A camera with what the tree and the search would otherwise work out again and again. */
export interface ListedCamera {
  readonly ref: CameraRef
  readonly key: CameraKey
  readonly camera: Camera
  /** What a search looks into: name, short name and device, folded. */
  readonly folded: string
}

/** A site's cameras: sorted by name, and by id. Made anew on every change, so readers may compare by identity. */
export interface CameraList {
  readonly cameras: readonly ListedCamera[]
  readonly byId: ReadonlyMap<CameraId, ListedCamera>
}

export const noCameras: CameraList = { cameras: [], byId: new Map() }

/** Longer names are searched by their beginning only, so one absurd name cannot make typing slow. */
const SEARCHED_CHARACTERS = 300

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

export const cameraKey = (ref: CameraRef): CameraKey => `${ref.siteId}/${ref.cameraId}`

export const sameCamera = (a: CameraRef | null, b: CameraRef | null): boolean =>
  a === b || (a !== null && b !== null && a.cameraId === b.cameraId && a.siteId === b.siteId)

/** Lower case without accents: what two people who mean the same name both type. */
export const fold = (text: string): string =>
  text.slice(0, SEARCHED_CHARACTERS).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const listed = (siteId: SiteId, camera: Camera): ListedCamera => {
  const ref = { siteId, cameraId: camera.id }
  const folded = fold(`${camera.name} ${camera.shortName} ${camera.hardwareName}`.trim())
  return { ref, key: cameraKey(ref), camera, folded }
}

const inNameOrder = (a: ListedCamera, b: ListedCamera): number => byName.compare(a.camera.name, b.camera.name)

/**
 * The list with one more page in it. Only the page is sorted; the rest is merged in one pass, so a page of 500 into a
 * list of 10,000 stays far below a frame. A camera that is already there is replaced.
 */
export function withPage(list: CameraList, siteId: SiteId, page: readonly Camera[]): CameraList {
  const fresh = new Map(page.map((camera) => [camera.id, listed(siteId, camera)]))
  const kept = list.cameras.filter((entry) => !fresh.has(entry.camera.id))
  const added = [...fresh.values()].sort(inNameOrder)
  return { cameras: merged(kept, added), byId: new Map([...list.byId, ...fresh]) }
}

function merged(left: readonly ListedCamera[], right: readonly ListedCamera[]): ListedCamera[] {
  const all: ListedCamera[] = []
  let from = 0
  for (const entry of right) {
    const until = insertionPoint(left, entry, from)
    for (; from < until; from += 1) all.push(left[from]!)
    all.push(entry)
  }
  for (; from < left.length; from += 1) all.push(left[from]!)
  return all
}

/** Where `entry` belongs in the sorted list, at or after `from`; behind its equals, so the order stays stable. */
function insertionPoint(list: readonly ListedCamera[], entry: ListedCamera, from: number): number {
  let low = from
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (inNameOrder(list[middle]!, entry) <= 0) low = middle + 1
    else high = middle
  }
  return low
}
