import type { Call } from '../http/call.ts'
import type { Reply } from '../http/reply.ts'
import type { Json } from '../http/wide-json.ts'

export interface Reference {
  type: string
  id: string
}

/** Something an object can be told to do (xprotect-api.md 5). */
export interface Task {
  id: string
  displayName: string
  run: (call: Call) => Reply
}

/** One object of the configuration, before relations are written under it. */
export interface ConfigObject extends Reference {
  enabled: boolean
  parent?: Reference
  fields: Record<string, Json>
}

/** Where objects of one type are found (xprotect-api.md 9.1). */
export interface Collection {
  type: string
  /** False for types that only exist under a parent: their list is a 400. */
  topLevel: boolean
  all: () => ConfigObject[]
  /** Finds one by its id in lower case, where that is cheaper than through `all`. */
  one?: (id: string) => ConfigObject | undefined
  /** Types of children, each with how to find them. */
  children?: Record<string, (parentId: string) => ConfigObject[]>
  /** What `?tasks` lists and `?task=` does. */
  tasks?: (object: ConfigObject) => Task[]
  /** Value sets of driver-specific fields, for `?definitions`. The shape is not in any source we hold. [?] */
  definitions?: Json
  /** A broken item in place of a right one, where a fault asks for it. */
  spoil?: (object: ConfigObject, right: Json) => Json
}

/** The object as the server writes it: fields, then relations with `parent` first (xprotect-api.md 1.2). [V CFG] */
export function written(object: ConfigObject): { [key: string]: Json } {
  const self = { type: object.type, id: object.id }
  return { ...object.fields, relations: { ...(object.parent && { parent: { ...object.parent } }), self } }
}
