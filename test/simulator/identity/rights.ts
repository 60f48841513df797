import type { Site, SiteCamera } from '../site/site.ts'
import type { Role, User } from './users.ts'

/** One thing that can be allowed on objects of a namespace. */
export interface SecurityAction {
  name: string
  displayName: string
  /** One bit. The real type is an unsigned 64-bit number, so one of ours lies beyond 32. [V PROTO] the type, bits [?] */
  securityMask: number
}

export interface SecurityNamespace {
  id: string
  name: string
  displayName: string
  resourceType: string
  actions: SecurityAction[]
}

const READ: SecurityAction = { name: 'GENERIC_READ', displayName: 'Read', securityMask: 1 }

/** GENERIC_READ, EXPORT and PTZ_CONTROL are [V PROTO], the other two names [3P]; which bit each has is [?]. */
const onCameras = {
  GENERIC_READ: READ,
  VIEW_LIVE: { name: 'VIEW_LIVE', displayName: 'View live', securityMask: 2 },
  PLAYBACK: { name: 'PLAYBACK', displayName: 'Playback', securityMask: 4 },
  EXPORT: { name: 'EXPORT', displayName: 'Export', securityMask: 8 },
  PTZ_CONTROL: { name: 'PTZ_CONTROL', displayName: 'Manual PTZ', securityMask: 2 ** 34 },
} satisfies Record<string, SecurityAction>
export type CameraAction = keyof typeof onCameras

export const CAMERAS = '623d03f8-c5d5-46bc-a2f4-4c03562d4f85'

/** Ids of the namespaces are [V CFG], the first also [V PROTO]; what can be allowed elsewhere than on cameras is [?]. */
export const securityNamespaces: SecurityNamespace[] = [
  {
    id: CAMERAS,
    name: 'Cameras',
    displayName: 'Cameras',
    resourceType: 'cameras',
    actions: Object.values(onCameras),
  },
  {
    id: 'f97772d8-7b6d-4ea4-b6b5-ee4ea010fa2c',
    name: 'Hardware',
    displayName: 'Hardware',
    resourceType: 'hardware',
    actions: [READ],
  },
]

const allowed: Record<Exclude<Role, 'administrator'>, readonly CameraAction[]> = {
  operator: ['GENERIC_READ', 'VIEW_LIVE', 'PLAYBACK', 'EXPORT', 'PTZ_CONTROL'],
  viewer: ['GENERIC_READ', 'VIEW_LIVE', 'PLAYBACK'],
}

/** What each user may do with which camera. */
export class Rights {
  readonly #find: (name: string) => User | undefined
  readonly #cameras: Map<string, SiteCamera>

  constructor(site: Site, find: (name: string) => User | undefined) {
    this.#cameras = new Map(site.cameras.map((camera) => [camera.id, camera]))
    this.#find = find
  }

  isAdministrator(user: string): boolean {
    return this.#find(user)?.role === 'administrator'
  }

  may(user: string, action: CameraAction, camera: SiteCamera): boolean {
    const role = this.#find(user)?.role
    if (role === undefined) return false
    if (role === 'administrator') return true
    if (role === 'viewer' && isHiddenFromViewer(camera)) return false
    return allowed[role].includes(action)
  }

  /** Whether lists have this object for that user; streams and settings have the id of their camera. */
  sees(user: string, { type, id }: { type: string; id: string }): boolean {
    if (type !== 'cameras' && type !== 'streams' && type !== 'settings') return true
    const camera = this.#cameras.get(id)
    return camera === undefined || this.may(user, 'GENERIC_READ', camera)
  }

  /** Bits of each object of a namespace the user has any right on; hardware may be read by all. [?] */
  masks(user: string, namespace: SecurityNamespace, ids: readonly string[]): { id: string; mask: number }[] {
    return ids.map((id) => ({ id, mask: this.#maskOf(user, namespace, id) })).filter(({ mask }) => mask > 0)
  }

  #maskOf(user: string, namespace: SecurityNamespace, id: string): number {
    if (namespace.id !== CAMERAS) return READ.securityMask
    const camera = this.#cameras.get(id)
    if (!camera) return 0
    const actions = Object.keys(onCameras) as CameraAction[]
    return actions
      .filter((action) => this.may(user, action, camera))
      .reduce((mask, action) => mask + onCameras[action].securityMask, 0)
  }
}

/** Every fourth camera is none of the viewer's business. */
const isHiddenFromViewer = ({ number }: SiteCamera): boolean => number % 4 === 0
