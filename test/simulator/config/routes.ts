import type { Call } from '../http/call.ts'
import { methodNotAllowed, refusal, wide, type Reply } from '../http/reply.ts'
import { segmentsOf, type Route } from '../http/routes.ts'
import type { Json } from '../http/wide-json.ts'
import type { Rights } from '../identity/rights.ts'
import { written, type Collection, type ConfigObject, type Task } from './object.ts'
import { selected } from './query.ts'
import type { ConfigStore } from './store.ts'

export interface ConfigDeps {
  store: ConfigStore
  rights: Rights
}

/** Real services without a GET of their list. [V REAL] */
const withoutList = new Set(['bookmarks', 'evidencelocks'])

/** The configuration API: whatever lies under /api/rest/v1 and belongs to nobody else (xprotect-api.md 9). */
export const configRoutes = (deps: ConfigDeps): Route[] => [
  { method: '*', path: '/api/rest/v1/*', auth: 'bearer', answer: (call) => answer(deps, call) },
]

function answer(deps: ConfigDeps, call: Call): Reply {
  const [type = '', id, childType, childId, ...deeper] = segmentsOf(call.path).slice(3)
  const collection = deps.store.collection(type)
  if (call.method === 'GET' && id === undefined && withoutList.has(type.toLowerCase())) return unknownRequest()
  if (!collection) return unknownResource(type)
  // [V CFG] never more than two levels; the words are those of any unknown resource. [?]
  if (deeper.length > 0) return unknownResource(deeper[0]!)
  if (id === undefined) return onList(deps, call, collection)
  const object = deps.store.find(collection, id)
  if (!object || !deps.rights.sees(call.user, object)) return notFound()
  if (childType === undefined) return onObject(deps, call, collection, object)
  return onChildren(deps, call, collection, object, childType, childId)
}

function onList(deps: ConfigDeps, call: Call, collection: Collection): Reply {
  if (call.method !== 'GET') return refusedChange(deps, call)
  if (!collection.topLevel) return unknownRequest() // [3P] for /storages
  // The list of groups is the top level; those below are asked from their parent.
  const top = collection.all().filter((object) => object.parent?.type !== collection.type)
  return listReply(deps, call, collection, top)
}

function onObject(deps: ConfigDeps, call: Call, collection: Collection, object: ConfigObject): Reply {
  if (call.method === 'POST' && call.query.has('task')) return onTask(call, collection, object)
  if (call.method !== 'GET') return refusedChange(deps, call)
  const data = call.query.has('nodata') ? undefined : withChildren(deps, call, collection, object, includedIn(call))
  return wide(200, { data, ...extras(call, collection, object) })
}

function onTask(call: Call, collection: Collection, object: ConfigObject): Reply {
  const wanted = call.query.get('task')!.toLowerCase()
  const task = collection.tasks?.(object).find(({ id }) => id.toLowerCase() === wanted)
  return task ? task.run(call) : unknownRequest()
}

function onChildren(
  deps: ConfigDeps,
  call: Call,
  collection: Collection,
  object: ConfigObject,
  childType: string,
  childId: string | undefined,
): Reply {
  const key = Object.keys(collection.children ?? {}).find((name) => name.toLowerCase() === childType.toLowerCase())
  if (key === undefined) return noSuchChild(deps, collection, object, childType)
  const children = collection.children![key]!(object.id)
  const childCollection = deps.store.collection(key)!
  if (childId === undefined) {
    return call.method === 'GET' ? listReply(deps, call, childCollection, children) : refusedChange(deps, call)
  }
  const child = children.find(({ id }) => id === childId.toLowerCase())
  if (!child || !deps.rights.sees(call.user, child)) return notFound()
  return onObject(deps, call, childCollection, child)
}

/** Devices of other kinds are known but belong elsewhere; anything else is unknown. [V REAL] both texts */
function noSuchChild(deps: ConfigDeps, collection: Collection, object: ConfigObject, childType: string): Reply {
  const folder = /^(output|inputEvent|microphone|speaker)s$/i.exec(childType)?.[1]
  const known = deps.store.collection(childType)
  if (collection.type !== 'cameras' || folder === undefined || !known) return unknownResource(childType)
  const name = `${folder.charAt(0).toUpperCase()}${folder.slice(1)}Folder`
  return refusal(400, `Invalid parent. cameras/${object.id}/${name}`)
}

function listReply(deps: ConfigDeps, call: Call, collection: Collection, objects: ConfigObject[]): Reply {
  const visible = objects.filter((object) => deps.rights.sees(call.user, object))
  const kept = selected(visible, call.query)
  if (!Array.isArray(kept)) return kept
  const included = includedIn(call)
  const array = kept.map((object): Json => {
    const right = withChildren(deps, call, collection, object, included)
    return collection.spoil?.(object, right) ?? right
  })
  return wide(200, {
    array: call.query.has('nodata') ? undefined : array,
    definitions: call.query.has('definitions') ? (collection.definitions ?? {}) : undefined,
  })
}

/** `includeChildren=storages,hardware,cameras` nests what is named, level by level (xprotect-api.md 1.4). [V CFG] */
function withChildren(
  deps: ConfigDeps,
  call: Call,
  collection: Collection,
  object: ConfigObject,
  included: Set<string>,
): Json {
  const right = written(object)
  for (const [type, find] of Object.entries(collection.children ?? {})) {
    if (!included.has(type.toLowerCase())) continue
    const childCollection = deps.store.collection(type)!
    const children = find(object.id)
      .filter(({ enabled }) => enabled || included.has('disabled'))
      .filter((child) => deps.rights.sees(call.user, child))
    right[type] = children.map((child) => withChildren(deps, call, childCollection, child, included))
  }
  return right
}

/** The children asked for, in lower case, and `disabled` where those shall be among them. */
function includedIn(call: Call): Set<string> {
  const named = (call.query.get('includechildren') ?? '').toLowerCase().split(',')
  return new Set([...named, ...(call.query.has('disabled') ? ['disabled'] : [])])
}

/** `?tasks`, `?resources`, `?definitions` beside the data. [V CFG] that they exist; only the shape of tasks is seen. */
function extras(call: Call, collection: Collection, object: ConfigObject): { [key: string]: Json | undefined } {
  const resources = Object.keys(collection.children ?? {}).map((type) => ({ type, displayName: type }))
  return {
    tasks: call.query.has('tasks') ? listed(collection.tasks?.(object) ?? []) : undefined,
    resources: call.query.has('resources') ? resources : undefined,
    definitions: call.query.has('definitions') ? (collection.definitions ?? {}) : undefined,
  }
}

const listed = (tasks: Task[]): Json => tasks.map(({ id, displayName }) => ({ id, displayName }))

/** An operator may look and not touch [D] the words; to an administrator this server says what no real one does. */
function refusedChange({ rights }: ConfigDeps, call: Call): Reply {
  if (!['POST', 'PUT', 'PATCH', 'DELETE'].includes(call.method)) {
    return methodNotAllowed('GET', 'POST', 'PUT', 'PATCH', 'DELETE')
  }
  if (rights.isAdministrator(call.user)) return refusal(501, 'The simulator does not play administration')
  return refusal(403, 'Forbidden, you are not authorized to access this object')
}

const notFound = (): Reply => refusal(404, 'Not Found, the requested id does not exist')
const unknownResource = (name: string): Reply => refusal(404, `Unknown resource: ${name}`)
const unknownRequest = (): Reply => refusal(400, 'Bad request: Unknown request')
