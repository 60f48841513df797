import type { Call } from '../http/call.ts'
import { methodNotAllowed, refusal, wide, type Reply } from '../http/reply.ts'
import { segmentsOf, type Route } from '../http/routes.ts'
import type { Json } from '../http/wide-json.ts'
import { written, type Collection, type ConfigObject } from './object.ts'
import { selected } from './query.ts'
import type { ConfigStore } from './store.ts'
import { runTask, type TaskDeps } from './tasks.ts'

export interface ConfigDeps {
  store: ConfigStore
  tasks: TaskDeps
}

/** Real services without a GET of their list. [V REAL] */
const withoutList = new Set(['bookmarks', 'evidencelocks'])

/** The configuration API: whatever lies under /api/rest/v1 and belongs to nobody else (xprotect-api.md 9). */
export const configRoutes = (deps: ConfigDeps): Route[] => [
  { method: '*', path: '/api/rest/v1/*', auth: 'bearer', answer: (call) => answer(deps, call) },
]

async function answer(deps: ConfigDeps, call: Call): Promise<Reply> {
  const [type = '', id, childType, childId, ...deeper] = segmentsOf(call.path).slice(3)
  const collection = deps.store.collection(type)
  if (call.method === 'GET' && id === undefined && withoutList.has(type.toLowerCase())) return unknownRequest()
  if (!collection) return unknownResource(type)
  // [V CFG] never more than two levels; the words are those of any unknown resource. [?]
  if (deeper.length > 0) return unknownResource(deeper[0]!)
  if (id === undefined) return onList(deps, call, collection)
  const object = deps.store.find(collection, id)
  if (!object) return refusal(404, 'Not Found, the requested id does not exist')
  if (childType === undefined) return onObject(deps, call, collection, object)
  return onChildren(deps, call, collection, object, childType, childId)
}

function onList(deps: ConfigDeps, call: Call, collection: Collection): Reply {
  if (call.method !== 'GET') return refusedChange(call)
  if (!collection.topLevel) return unknownRequest() // [3P] for /storages
  // The list of groups is the top level; those below are asked from their parent.
  const top = collection.all().filter((object) => object.parent?.type !== collection.type)
  return listReply(deps, call, collection, top)
}

async function onObject(deps: ConfigDeps, call: Call, collection: Collection, object: ConfigObject): Promise<Reply> {
  const task = call.query.get('task')
  if (call.method === 'POST' && task !== undefined) {
    const known = collection.tasks?.(object).some(({ id }) => id.toLowerCase() === task.toLowerCase())
    return known ? runTask(deps.tasks, call) : unknownRequest()
  }
  if (call.method !== 'GET') return refusedChange(call)
  const data = call.query.has('nodata') ? undefined : withChildren(deps, collection, object, includedIn(call))
  return wide(200, { data, ...extras(call, collection, object) })
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
  if (call.method !== 'GET') return refusedChange(call)
  const children = collection.children![key]!(object.id)
  const childCollection = deps.store.collection(key)!
  if (childId === undefined) return listReply(deps, call, childCollection, children)
  const child = children.find(({ id }) => id === childId.toLowerCase())
  if (!child) return refusal(404, 'Not Found, the requested id does not exist')
  const data = call.query.has('nodata') ? undefined : withChildren(deps, childCollection, child, includedIn(call))
  return wide(200, { data, ...extras(call, childCollection, child) })
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
  const kept = selected(objects, call.query)
  if (!Array.isArray(kept)) return kept
  const included = includedIn(call)
  const array = kept.map((object): Json => {
    const right = withChildren(deps, collection, object, included)
    return collection.spoil?.(object, right) ?? right
  })
  return wide(200, {
    array: call.query.has('nodata') ? undefined : array,
    definitions: call.query.has('definitions') ? (collection.definitions ?? {}) : undefined,
  })
}

/** `includeChildren=storages,hardware,cameras` nests what is named, level by level (xprotect-api.md 1.4). [V CFG] */
function withChildren(deps: ConfigDeps, collection: Collection, object: ConfigObject, included: Set<string>): Json {
  const right = written(object)
  for (const [type, find] of Object.entries(collection.children ?? {})) {
    if (!included.has(type.toLowerCase())) continue
    const childCollection = deps.store.collection(type)!
    const children = find(object.id).filter(({ enabled }) => enabled || included.has('disabled'))
    right[type] = children.map((child) => withChildren(deps, childCollection, child, included))
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
    tasks: call.query.has('tasks') ? (collection.tasks?.(object) ?? []) : undefined,
    resources: call.query.has('resources') ? resources : undefined,
    definitions: call.query.has('definitions') ? (collection.definitions ?? {}) : undefined,
  }
}

/** An operator may look and not touch. [D] the words */
const refusedChange = (call: Call): Reply =>
  ['POST', 'PUT', 'PATCH', 'DELETE'].includes(call.method)
    ? refusal(403, 'Forbidden, you are not authorized to access this object')
    : methodNotAllowed('GET', 'POST', 'PUT', 'PATCH', 'DELETE')

const unknownResource = (name: string): Reply => refusal(404, `Unknown resource: ${name}`)
const unknownRequest = (): Reply => refusal(400, 'Bad request: Unknown request')
