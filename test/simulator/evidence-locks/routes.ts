import { randomUUID } from 'node:crypto'
import type { ServerClock } from '../clock.ts'
import type { Commands } from '../commands.ts'
import { sevenDigits } from '../config/dates.ts'
import { orWrongField, WrongField } from '../config/fields.ts'
import { parametersMissing } from '../config/tasks.ts'
import { jsonObject, type Call } from '../http/call.ts'
import { refusal, wide, type Reply } from '../http/reply.ts'
import type { Route } from '../http/routes.ts'
import type { CameraAction, Rights } from '../identity/rights.ts'
import { accountName } from '../identity/users.ts'
import type { Edition } from '../options.ts'
import type { SiteMicrophone } from '../site/microphones.ts'
import type { Site } from '../site/site.ts'
import { checkLock, lockWish, writtenLock, type EvidenceLock, type LockDevices } from './evidence-lock.ts'
import { expiryOf } from './retention.ts'
import { searchFields, searchLocks } from './search.ts'
import type { LockShelf } from './shelf.ts'

export interface EvidenceLocksDeps {
  site: Site
  microphones: readonly SiteMicrophone[]
  edition: Edition
  clock: ServerClock
  rights: Rights
  commands: Commands
  shelf: LockShelf
  newReference: () => string
  searchTasks: boolean
}

/**
 * Evidence locks over REST, 2024 R2 and later (xprotect-api.md 7). [D] the calls and fields; statuses are assumed as
 * those of every other object. [?] The list itself has no GET: config/routes.ts refuses it on every edition.
 */
export function evidenceLockRoutes(deps: EvidenceLocksDeps): Route[] {
  const route = (method: string, path: string, answer: (call: Call) => Reply): Route => ({
    method,
    path: `/api/rest/v1/evidencelocks${path}`,
    auth: 'bearer',
    answer: (call) => (deps.edition === 'corporate' ? orWrongField(() => answer(call)) : notInEdition()),
  })
  return [
    route('POST', '', (call) => (call.query.has('task') ? onTask(deps, call) : create(deps, call))),
    route('GET', '/:id', (call) =>
      onOne(deps, call, 'EVIDENCELOCK_READ', (lock) => wide(200, { data: writtenLock(lock) })),
    ),
    route('PATCH', '/:id', (call) => onOne(deps, call, 'EVIDENCELOCK_READ', (lock) => change(deps, call, lock))),
    route('DELETE', '/:id', (call) =>
      onOne(deps, call, 'EVIDENCELOCK_DELETE', ({ id }) => {
        deps.shelf.remove(id)
        deps.commands.carriedOut(call.user, 'DELETE', `evidenceLocks/${id}`)
        return wide(200, { state: 'Success' })
      }),
    ),
  ]
}

/** [D] that Corporate alone has evidence locks; how the others say so is not known. [?] */
const notInEdition = (): Reply => refusal(403, 'Evidence lock is not supported by the license')
const forbidden = (): Reply => refusal(403, 'Forbidden, you are not authorized to access this object')

/** A right is needed on every device of the lock; microphones are not told apart by the roles of this site. [?] */
const may = (
  { rights }: EvidenceLocksDeps,
  user: string,
  right: CameraAction,
  { cameras, microphones }: EvidenceLock,
): boolean =>
  cameras.every((camera) => rights.may(user, right, camera)) &&
  (microphones.length === 0 || rights.mayAnywhere(user, right))

function onOne(deps: EvidenceLocksDeps, call: Call, right: CameraAction, answer: (lock: EvidenceLock) => Reply): Reply {
  const lock = deps.shelf.find(call.params['id']!)
  if (!lock || !may(deps, call.user, 'EVIDENCELOCK_READ', lock)) {
    return refusal(404, 'Not Found, the requested id does not exist')
  }
  return may(deps, call.user, right, lock) ? answer(lock) : forbidden()
}

const devicesFor = ({ site, microphones, rights }: EvidenceLocksDeps, user: string): LockDevices => ({
  camera: (id) => site.cameras.find((camera) => camera.id === id && rights.may(user, 'GENERIC_READ', camera)),
  microphone: (id) => microphones.find((microphone) => microphone.id === id),
})

/**
 * Devices, the three times and a retention are required. [?] A recorder that is offline gets the lock later [D]; that
 * REST tells of it with the names of the underlying service, in camel case beside the lock, is [?].
 */
function create(deps: EvidenceLocksDeps, call: Call): Reply {
  const wish = lockWish(jsonObject(call.body), devicesFor(deps, call.user))
  const { cameras, microphones = [], startTime, tagTime, endTime, retention } = wish
  if (!cameras) throw new WrongField('devicePaths')
  if (startTime === undefined) throw new WrongField('startTime')
  if (tagTime === undefined) throw new WrongField('tagTime')
  if (endTime === undefined) throw new WrongField('endTime')
  if (!retention) throw new WrongField('retentionOption')
  const now = deps.clock.now()
  const lock: EvidenceLock = {
    id: randomUUID(),
    header: wish.header ?? '',
    description: wish.description ?? '',
    reference: wish.reference ?? deps.newReference(),
    user: accountName(call.user),
    created: sevenDigits(now),
    lastModified: sevenDigits(now),
    startTime,
    tagTime,
    endTime,
    retentionExpire: expiryOf(retention, now, wish.retentionExpire),
    retention,
    cameras,
    microphones,
    pending: new Set(),
    sizeBytes: null,
  }
  checkLock(lock)
  if (!may(deps, call.user, 'EVIDENCELOCK_CREATE', lock)) return forbidden()
  const faultDevices = deps.shelf.put(lock)
  deps.commands.created('evidence lock', lock.reference, lock.id)
  deps.commands.carriedOut(call.user, 'POST', `evidenceLocks/${lock.id}`)
  return wide(201, {
    result: {
      ...writtenLock(lock),
      status: faultDevices.length === 0 ? 'Success' : 'PartialSuccess',
      faultDevices: faultDevices.map((fault) => ({ ...fault })),
      state: 'Success',
      path: { type: 'evidenceLocks', id: lock.id },
    },
  })
}

/** To make a lock shorter or smaller is to unlock a part: it needs that right. [3P] the rights' own names say so */
function change(deps: EvidenceLocksDeps, call: Call, lock: EvidenceLock): Reply {
  const {
    retention = lock.retention,
    retentionExpire,
    ...wish
  } = lockWish(jsonObject(call.body), devicesFor(deps, call.user))
  const isNewExpiry = retentionExpire !== undefined || retention !== lock.retention
  const changed: EvidenceLock = {
    ...lock,
    ...wish,
    // A date alone makes the retention the user's own. [?]
    retention: retentionExpire !== undefined && retention === lock.retention ? USERS_OWN : retention,
    lastModified: sevenDigits(deps.clock.now()),
  }
  if (isNewExpiry) changed.retentionExpire = expiryOf(changed.retention, Date.parse(lock.created), retentionExpire)
  checkLock(changed)
  const right = isLess(changed, lock) ? 'EVIDENCELOCK_DELETE' : 'EVIDENCELOCK_CREATE'
  if (!may(deps, call.user, right, lock) || !may(deps, call.user, right, changed)) return forbidden()
  deps.shelf.put(changed)
  deps.commands.carriedOut(call.user, `PATCH ${call.body.toString()}`, `evidenceLocks/${lock.id}`)
  return wide(200, { data: writtenLock(changed) })
}

const USERS_OWN = { retentionType: 'UserDefined', retentionUnits: -1 } as const

const isLess = (changed: EvidenceLock, lock: EvidenceLock): boolean =>
  changed.retentionExpire < lock.retentionExpire ||
  changed.startTime > lock.startTime ||
  changed.endTime < lock.endTime ||
  lock.cameras.some((camera) => !changed.cameras.includes(camera)) ||
  lock.microphones.some((microphone) => !changed.microphones.includes(microphone))

function onTask(deps: EvidenceLocksDeps, call: Call): Reply {
  const task = call.query.get('task')!.toLowerCase()
  if (task === 'newreference') return wide(200, { result: { reference: deps.newReference(), state: 'Success' } })
  if (task !== 'search' || !deps.searchTasks) return refusal(400, 'Bad request: Unknown request')
  const body = jsonObject(call.body) ?? {}
  if (Object.keys(body).length === 0) return parametersMissing([...searchFields])
  const visible = deps.shelf.all().filter((lock) => may(deps, call.user, 'EVIDENCELOCK_READ', lock))
  return wide(200, { array: searchLocks(visible, body).map(writtenLock) })
}
