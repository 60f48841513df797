import { guidOf } from '../site/guid.ts'
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

/**
 * GENERIC_READ, EXPORT and PTZ_CONTROL are [V PROTO], VIEW_LIVE and PLAYBACK [3P]; the other names, and which bit each
 * has, are [?].
 */
const onCameras = {
  GENERIC_READ: READ,
  VIEW_LIVE: { name: 'VIEW_LIVE', displayName: 'View live', securityMask: 2 },
  PLAYBACK: { name: 'PLAYBACK', displayName: 'Playback', securityMask: 4 },
  EXPORT: { name: 'EXPORT', displayName: 'Export', securityMask: 8 },
  START_MANUAL_RECORDING: {
    name: 'START_MANUAL_RECORDING',
    displayName: 'Start manual recording',
    securityMask: 2 ** 8,
  },
  STOP_MANUAL_RECORDING: { name: 'STOP_MANUAL_RECORDING', displayName: 'Stop manual recording', securityMask: 2 ** 9 },
  BOOKMARK_READ: { name: 'BOOKMARK_READ', displayName: 'Read bookmarks', securityMask: 2 ** 10 },
  BOOKMARK_EDIT: { name: 'BOOKMARK_EDIT', displayName: 'Edit bookmarks', securityMask: 2 ** 11 },
  BOOKMARK_CREATE: { name: 'BOOKMARK_CREATE', displayName: 'Create bookmarks', securityMask: 2 ** 12 },
  BOOKMARK_DELETE: { name: 'BOOKMARK_DELETE', displayName: 'Delete bookmarks', securityMask: 2 ** 13 },
  EVIDENCELOCK_READ: { name: 'EVIDENCELOCK_READ', displayName: 'Read evidence locks', securityMask: 2 ** 14 },
  EVIDENCELOCK_CREATE: {
    name: 'EVIDENCELOCK_CREATE',
    displayName: 'Create and extend evidence locks',
    securityMask: 2 ** 15,
  },
  EVIDENCELOCK_DELETE: {
    name: 'EVIDENCELOCK_DELETE',
    displayName: 'Delete and reduce evidence locks',
    securityMask: 2 ** 16,
  },
  PTZ_CONTROL: { name: 'PTZ_CONTROL', displayName: 'Manual PTZ', securityMask: 2 ** 34 },
} satisfies Record<string, SecurityAction>
export type CameraAction = keyof typeof onCameras

/** What can be allowed on other things than cameras. Names and bits are [?]. */
const ACTIVATE: SecurityAction = { name: 'ACTIVATE', displayName: 'Activate', securityMask: 2 }
const LISTEN: SecurityAction = { name: 'LISTEN', displayName: 'Listen', securityMask: 2 }
const TRIGGER: SecurityAction = { name: 'TRIGGER', displayName: 'Trigger', securityMask: 2 }

/** What a role may do with alarms; in no namespace, as none is known for them. Names are [?]. */
const onAlarms = ['ALARM_READ', 'ALARM_EDIT'] as const

/** Every action's name, for those who take one away. */
export const actionNames: ActionName[] = [
  ...(Object.keys(onCameras) as CameraAction[]),
  'ACTIVATE',
  'LISTEN',
  'TRIGGER',
  ...onAlarms,
]
export type ActionName = CameraAction | 'ACTIVATE' | 'LISTEN' | 'TRIGGER' | (typeof onAlarms)[number]

export const CAMERAS = '623d03f8-c5d5-46bc-a2f4-4c03562d4f85'

/** Ids of the first two are [V CFG], the first also [V PROTO]; the other ids are made up. [?] */
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
  {
    id: guidOf('securityNamespace', 'outputs'),
    name: 'Outputs',
    displayName: 'Outputs',
    resourceType: 'outputs',
    actions: [READ, ACTIVATE],
  },
  {
    id: guidOf('securityNamespace', 'microphones'),
    name: 'Microphones',
    displayName: 'Microphones',
    resourceType: 'microphones',
    actions: [READ, LISTEN],
  },
  {
    id: guidOf('securityNamespace', 'userDefinedEvents'),
    name: 'UserDefinedEvents',
    displayName: 'User-defined events',
    resourceType: 'userDefinedEvents',
    actions: [READ, TRIGGER],
  },
]

const allowed: Record<Exclude<Role, 'administrator'>, readonly ActionName[]> = {
  operator: actionNames,
  viewer: ['GENERIC_READ', 'VIEW_LIVE', 'PLAYBACK', 'LISTEN', 'BOOKMARK_READ'],
}

/** What each user may do with which camera, and with anything else. */
export class Rights {
  readonly #find: (name: string) => User | undefined
  readonly #cameras: Map<string, SiteCamera>
  /** `operator ACTIVATE`, `operator EXPORT <camera id>`: what an administrator took away. */
  readonly #denied = new Set<string>()

  constructor(site: Site, find: (name: string) => User | undefined) {
    this.#cameras = new Map(site.cameras.map((camera) => [camera.id, camera]))
    this.#find = find
  }

  isAdministrator(user: string): boolean {
    return this.#find(user)?.role === 'administrator'
  }

  /** Takes an action from a user, on one camera or everywhere, or gives it back. An administrator keeps everything. */
  deny(user: string, action: ActionName, isDenied: boolean, camera?: SiteCamera): void {
    const key = keyOf(user, action, camera)
    if (isDenied) this.#denied.add(key)
    else this.#denied.delete(key)
  }

  may(user: string, action: CameraAction, camera: SiteCamera): boolean {
    if (this.isAdministrator(user)) return true
    if (this.#denied.has(keyOf(user, action, camera))) return false
    if (this.#find(user)?.role === 'viewer' && isHiddenFromViewer(camera)) return false
    return this.mayAnywhere(user, action)
  }

  /** Outputs and user-defined events are not told apart by the roles of this site. */
  mayAnywhere(user: string, action: ActionName): boolean {
    const role = this.#find(user)?.role
    if (role === undefined) return false
    if (role === 'administrator') return true
    return !this.#denied.has(keyOf(user, action)) && allowed[role].includes(action)
  }

  /** Whether lists have this object for that user. */
  sees(user: string, { type, id }: { type: string; id: string }): boolean {
    if (!ofOneCamera.has(type)) return true
    const camera = this.#cameras.get(id)
    return camera === undefined || this.may(user, 'GENERIC_READ', camera)
  }

  /** Bits of each object of a namespace the user has any right on; all but cameras may be read by everybody. [?] */
  masks(user: string, namespace: SecurityNamespace, ids: readonly string[]): { id: string; mask: number }[] {
    return ids.map((id) => ({ id, mask: this.#maskOf(user, namespace, id) })).filter(({ mask }) => mask > 0)
  }

  #maskOf(user: string, namespace: SecurityNamespace, id: string): number {
    const camera = this.#cameras.get(id)
    if (namespace.id === CAMERAS && !camera) return 0
    return namespace.actions
      .filter(({ name }) => {
        if (camera) return this.may(user, name as CameraAction, camera)
        return name === 'GENERIC_READ' || this.mayAnywhere(user, name as ActionName)
      })
      .reduce((mask, { securityMask }) => mask + securityMask, 0)
  }
}

/** These have the id of their camera. */
const ofOneCamera = new Set(['cameras', 'streams', 'settings', 'clientSettings'])

const keyOf = (user: string, action: ActionName, camera?: SiteCamera): string =>
  [user.toLowerCase(), action, camera?.id].join(' ').trimEnd()

/** Every fourth camera is none of the viewer's business. */
const isHiddenFromViewer = ({ number }: SiteCamera): boolean => number % 4 === 0
