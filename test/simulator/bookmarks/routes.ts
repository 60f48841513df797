import { randomUUID } from 'node:crypto'
import type { Commands } from '../commands.ts'
import { Fields, orWrongField, WrongField } from '../config/fields.ts'
import { parametersMissing } from '../config/tasks.ts'
import { jsonObject, type Call } from '../http/call.ts'
import { refusal, wide, type Reply } from '../http/reply.ts'
import type { Route } from '../http/routes.ts'
import type { CameraAction, Rights } from '../identity/rights.ts'
import { accountName } from '../identity/users.ts'
import type { Profile } from '../options.ts'
import type { Site } from '../site/site.ts'
import { bookmarkFields, bookmarkWish, checkOrder, writtenBookmark, type Bookmark } from './bookmark.ts'
import { searchFromBookmark, searchFromBookmarkFields, searchTime, searchTimeFields } from './search.ts'

export interface BookmarksDeps {
  site: Site
  profile: Profile
  rights: Rights
  commands: Commands
  /** Kept by the site, whichever gateway is asked. */
  bookmarks: Map<string, Bookmark>
  newReference: () => string
  searchTasks: boolean
}

/**
 * Bookmarks over REST, 2024 R2 and later (xprotect-api.md 6). [D] the calls and fields; the statuses of create, change
 * and delete are assumed as those of every other object. [?] The list itself has no GET: config/routes.ts refuses it.
 */
export function bookmarkRoutes(deps: BookmarksDeps): Route[] {
  const route = (method: string, path: string, answer: (call: Call) => Reply): Route => ({
    method,
    path: `/api/rest/v1/bookmarks${path}`,
    auth: 'bearer',
    answer: (call) => orWrongField(() => answer(call)),
  })
  return [
    route('POST', '', (call) => (call.query.has('task') ? onTask(deps, call) : create(deps, call))),
    route('GET', '/:id', (call) =>
      onOne(deps, call, 'BOOKMARK_READ', (bookmark) => wide(200, { data: written(deps, bookmark) })),
    ),
    route('PATCH', '/:id', (call) => onOne(deps, call, 'BOOKMARK_EDIT', (bookmark) => change(deps, call, bookmark))),
    route('DELETE', '/:id', (call) =>
      onOne(deps, call, 'BOOKMARK_DELETE', ({ id }) => {
        deps.bookmarks.delete(id)
        deps.commands.carriedOut(call.user, 'DELETE', `bookmarks/${id}`)
        return wide(200, { state: 'Success' })
      }),
    ),
  ]
}

const written = ({ profile }: BookmarksDeps, bookmark: Bookmark) => writtenBookmark(bookmark, profile !== '24.2')
const forbidden = (): Reply => refusal(403, 'Forbidden, you are not authorized to access this object')

function onOne(deps: BookmarksDeps, call: Call, right: CameraAction, answer: (bookmark: Bookmark) => Reply): Reply {
  const bookmark = deps.bookmarks.get(call.params['id']!.toLowerCase())
  if (!bookmark || !deps.rights.may(call.user, 'BOOKMARK_READ', bookmark.camera)) {
    return refusal(404, 'Not Found, the requested id does not exist')
  }
  return deps.rights.may(call.user, right, bookmark.camera) ? answer(bookmark) : forbidden()
}

/** A camera the user may see; for all others there is none. */
const cameraFor =
  ({ site, rights }: BookmarksDeps, user: string) =>
  (id: string) =>
    site.cameras.find((camera) => camera.id === id && rights.may(user, 'GENERIC_READ', camera))

/** The device and its three times are required [?]; a reference is made where none is given. [?] */
function create(deps: BookmarksDeps, call: Call): Reply {
  const fields = new Fields(jsonObject(call.body), bookmarkFields)
  const wish = bookmarkWish(fields, cameraFor(deps, call.user))
  const { camera, timeBegin, timeTriggered, timeEnd } = wish
  if (!camera) throw new WrongField('devicePath')
  if (timeBegin === undefined) throw new WrongField('timeBegin')
  if (timeTriggered === undefined) throw new WrongField('timeTriggered')
  if (timeEnd === undefined) throw new WrongField('timeEnd')
  if (!deps.rights.may(call.user, 'BOOKMARK_CREATE', camera)) return forbidden()
  const bookmark: Bookmark = {
    id: randomUUID(),
    header: wish.header ?? '',
    description: wish.description ?? '',
    timeBegin,
    timeTriggered,
    timeEnd,
    reference: wish.reference ?? deps.newReference(),
    user: accountName(call.user),
    camera,
  }
  checkOrder(bookmark)
  deps.bookmarks.set(bookmark.id, bookmark)
  deps.commands.created('bookmark', bookmark.reference, bookmark.id)
  deps.commands.carriedOut(call.user, 'POST', `bookmarks/${bookmark.id}`)
  const path = { type: 'bookmarks', id: bookmark.id }
  return wide(201, { result: { ...written(deps, bookmark), state: 'Success', path } })
}

/** From 25.1 on the device must be named again [D] newer documentation, [?] since when. It cannot be another. [?] */
function change(deps: BookmarksDeps, call: Call, bookmark: Bookmark): Reply {
  const fields = new Fields(jsonObject(call.body), bookmarkFields)
  if (deps.profile !== '24.2' && !fields.has('devicePath')) throw new WrongField('devicePath')
  const wish = bookmarkWish(fields, cameraFor(deps, call.user))
  if (wish.camera && wish.camera !== bookmark.camera) throw new WrongField('devicePath')
  const changed = { ...bookmark, ...wish }
  checkOrder(changed)
  deps.bookmarks.set(bookmark.id, changed)
  deps.commands.carriedOut(call.user, `PATCH ${call.body.toString()}`, `bookmarks/${bookmark.id}`)
  return wide(200, { data: written(deps, changed) })
}

function onTask(deps: BookmarksDeps, call: Call): Reply {
  const task = call.query.get('task')!.toLowerCase()
  const body = jsonObject(call.body) ?? {}
  const isBare = Object.keys(body).length === 0
  if (task === 'newreference') return wide(200, { result: { reference: deps.newReference(), state: 'Success' } })
  if (!deps.searchTasks || (task !== 'searchtime' && task !== 'searchfrombookmark')) {
    return refusal(400, 'Bad request: Unknown request')
  }
  const visible = [...deps.bookmarks.values()].filter(({ camera }) =>
    deps.rights.may(call.user, 'BOOKMARK_READ', camera),
  )
  if (task === 'searchtime') {
    if (isBare) return parametersMissing([...searchTimeFields])
    return wide(200, { array: searchTime(visible, body).map((bookmark) => written(deps, bookmark)) })
  }
  if (isBare) return parametersMissing([...searchFromBookmarkFields])
  return wide(200, { array: searchFromBookmark(visible, body).map((bookmark) => written(deps, bookmark)) })
}
