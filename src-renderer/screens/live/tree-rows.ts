import type { CameraGroup } from '../../../src-preload/contract/models/camera.ts'
import type { Site } from '../../../src-preload/contract/models/site.ts'
import type { CameraKey, ListedCamera } from '../../stores/camera-list.ts'
import type { SiteCameras } from '../../stores/site-cameras.ts'

/** Where a row stands among its brothers, for aria-level, aria-posinset and aria-setsize. */
interface Place {
  /** Unlike a camera's own key unique in the tree: a camera may stand in several groups. */
  readonly key: string
  readonly level: number
  readonly position: number
  readonly setSize: number
}

/** A row that opens and closes. */
export interface FolderRow extends Place {
  readonly kind: 'site' | 'group'
  readonly name: string
  readonly isOpen: boolean
  /** Cameras in it, those of inner groups included. */
  readonly count: number
  readonly site: Site
}

export interface CameraRow extends Place {
  readonly kind: 'camera'
  readonly camera: ListedCamera
}

/** A line that says how a site's list is: still loading, incomplete, failed, empty. */
export interface NoteRow extends Place {
  readonly kind: 'note'
  readonly site: Site
}

export type TreeRow = FolderRow | CameraRow | NoteRow

/** One site with what is known of its cameras. */
export interface Branch {
  readonly site: Site
  readonly cameras: SiteCameras
}

/** The group of the cameras that the administrator put in none. No server's group has this id. */
export const LOOSE = '-'

type FolderNode = { readonly key: string; readonly name: string; readonly groups: readonly FolderNode[] } & {
  readonly cameras: readonly ListedCamera[]
  readonly count: number
  readonly startsOpen: boolean
}

/** Whether a folder is open, given how it starts. */
export type IsOpen = (key: string, startsOpen: boolean) => boolean

/** Up to this many cameras a site's groups start open: the whole list fits a screen. */
const SMALL_SITE = 30

/** The rows to draw, top to bottom: only what is open. Cameras in a group keep the list's order, by name. */
export function treeRows(branches: readonly Branch[], isOpen: IsOpen): TreeRow[] {
  const rows: TreeRow[] = []
  branches.forEach(({ site, cameras }, index) => {
    const key = site.id
    const open = isOpen(key, true)
    rows.push({
      kind: 'site',
      key,
      level: 1,
      position: index + 1,
      setSize: branches.length,
      name: site.name,
      isOpen: open,
      count: cameras.cameras.length,
      site,
    })
    if (open) pushInside(rows, siteFolder(site, cameras), site, 2, isOpen, needsNote(site, cameras))
  })
  return rows
}

/** A site says something under its name unless it simply has cameras. Reading anew is not worth a jump of the rows. */
function needsNote({ state }: Site, { load, cameras, groups }: SiteCameras): boolean {
  if (state.phase !== 'open') return false
  if (load.phase === 'loading') return groups === null
  return load.phase !== 'ready' || load.skipped > 0 || cameras.length === 0
}

function pushInside(
  rows: TreeRow[],
  folder: FolderNode,
  site: Site,
  level: number,
  isOpen: IsOpen,
  hasNote = false,
): void {
  const notes = hasNote ? 1 : 0
  const setSize = notes + folder.groups.length + folder.cameras.length
  if (hasNote) rows.push({ kind: 'note', key: `${folder.key}/?`, level, position: 1, setSize, site })
  folder.groups.forEach((group, index) => {
    const open = isOpen(group.key, group.startsOpen)
    const { key, name, count } = group
    rows.push({ kind: 'group', key, level, position: notes + index + 1, setSize, name, isOpen: open, count, site })
    if (open) pushInside(rows, group, site, level + 1, isOpen)
  })
  const before = notes + folder.groups.length
  folder.cameras.forEach((camera, index) => {
    const key = `${folder.key}/${camera.camera.id}`
    rows.push({ kind: 'camera', key, level, position: before + index + 1, setSize, camera })
  })
}

const folders = new WeakMap<SiteCameras, FolderNode>()

/** A site's cameras in its groups. Worked out once per list: opening a folder must not sort 10,000 cameras again. */
function siteFolder(site: Site, cameras: SiteCameras): FolderNode {
  const known = folders.get(cameras)
  if (known) return known
  const folder = newSiteFolder(site, cameras)
  folders.set(cameras, folder)
  return folder
}

function newSiteFolder(site: Site, { cameras, groups }: SiteCameras): FolderNode {
  const root = { key: site.id, name: site.name, count: cameras.length, startsOpen: true }
  const startsOpen = cameras.length <= SMALL_SITE
  if (!groups || groups.length === 0) return { ...root, groups: [], cameras }
  const order = new Map(cameras.map((camera, index) => [camera.camera.id, index]))
  const grouped = new Set<CameraKey>()

  const folderOf = (group: CameraGroup, parentKey: string): FolderNode => {
    const key = `${parentKey}/${group.id}`
    const inner = group.groups.map((child) => folderOf(child, key))
    const places = group.cameraIds.map((id) => order.get(id)).filter((place) => place !== undefined)
    const own = [...new Set(places)].sort((a, b) => a - b).map((place) => cameras[place]!)
    own.forEach((camera) => grouped.add(camera.key))
    const count = inner.reduce((sum, child) => sum + child.count, own.length)
    return { key, name: group.name, groups: inner, cameras: own, count, startsOpen }
  }

  const arranged = groups.map((group) => folderOf(group, site.id))
  const loose = cameras.filter((camera) => !grouped.has(camera.key))
  if (loose.length === 0) return { ...root, groups: arranged, cameras: [] }
  const rest = { key: `${site.id}/${LOOSE}`, name: '', groups: [], cameras: loose, count: loose.length, startsOpen }
  return { ...root, groups: [...arranged, rest], cameras: [] }
}

/** The rows of a search: under each site its matches, best first, each camera once. Sites without a match are left out. */
export function foundRows(found: readonly { site: Site; cameras: readonly ListedCamera[] }[]): TreeRow[] {
  const withMatches = found.filter(({ cameras }) => cameras.length > 0)
  return withMatches.flatMap(({ site, cameras }, index): TreeRow[] => [
    {
      kind: 'site',
      key: site.id,
      level: 1,
      position: index + 1,
      setSize: withMatches.length,
      name: site.name,
      isOpen: true,
      count: cameras.length,
      site,
    },
    ...cameras.map((camera, place): CameraRow => ({
      kind: 'camera',
      key: camera.key,
      level: 2,
      position: place + 1,
      setSize: cameras.length,
      camera,
    })),
  ])
}
