import PQueue from 'p-queue'
import type { CameraGroup } from '../../src-preload/contract/models/camera.ts'
import { failureOf } from '../../src-preload/contract/failure.ts'
import type { Http } from './http.ts'
import type { Log } from './log.ts'
import { pagesOf } from './pages.ts'
import { GroupWire } from './wire/camera.ts'
import { CameraGuid } from './wire/tolerant.ts'
import { z } from 'zod'

/** Deeper trees are a server's mistake, or an attack on whoever draws them (security.md 7C 72). */
const MAX_DEPTH = 16
const MAX_GROUPS = 5000
/** Of the six connections to the gateway: what tiles ask meanwhile must not wait behind hundreds of folders. */
const AT_ONCE = 2
const WITH_CHILDREN = '&includeChildren=cameraGroups'

const Member = z.object({ id: CameraGuid })

interface Deps {
  http: Http
  log: Log
}

/**
 * The administrator's folders. Whether the top list holds only the topmost groups or all of them is not known [?]: a
 * group that names a parent in the list goes under it, and every group is asked for its children unless the list was
 * seen to hold some, or the server wrote them along (`includeChildren`, xprotect-api.md 1.4). Their cameras are not
 * asked for in that way: whole cameras would come, by the megabyte. A group is placed once, so no cycle is walked twice.
 */
export async function cameraGroupsOf(deps: Deps, signal: AbortSignal): Promise<CameraGroup[]> {
  return new Walk(deps, signal).run()
}

interface Placed {
  group: CameraGroup
  /** 1 for the topmost. */
  depth: number
  /** What is in it need not be asked for. */
  isComplete: boolean
}

class Walk {
  readonly #list: Deps & { signal: AbortSignal }
  readonly #log: Log
  readonly #queue = new PQueue({ concurrency: AT_ONCE })
  readonly #placed = new Map<string, Placed>()

  constructor(deps: Deps, signal: AbortSignal) {
    this.#list = { ...deps, signal }
    this.#log = deps.log
  }

  async run(): Promise<CameraGroup[]> {
    const listed = await this.#readTop()
    const ids = new Set(listed.map(({ id }) => id))
    const isNested = ({ relations }: GroupWire): boolean =>
      relations?.type.toLowerCase() === 'cameragroups' && ids.has(relations.id)
    const nested = Map.groupBy(listed.filter(isNested), ({ relations }) => relations!.id)
    const roots = this.#place(listed.filter((group) => !isNested(group)))
    // Of a flat list; what hangs in a ring of its own is reached by no root and left out.
    for (const placed of this.#placed.values()) {
      if (nested.size === 0) break
      placed.isComplete = true
      placed.group.groups.push(...this.#place(nested.get(placed.group.id) ?? [], placed.depth + 1))
    }
    await Promise.all([...this.#placed.values()].map((placed) => this.#fill(placed)))
    return roots
  }

  /** A server that does not know the wish may refuse it, or take no notice. */
  async #readTop(): Promise<GroupWire[]> {
    try {
      return await this.#read('cameraGroups', GroupWire, WITH_CHILDREN)
    } catch (error) {
      const { kind } = failureOf(error)
      if (kind !== 'refused' && kind !== 'not-found') throw error
      return this.#read('cameraGroups', GroupWire)
    }
  }

  /** Reads what is in a group, and in the groups found in it. */
  async #fill({ group, depth, isComplete }: Placed): Promise<void> {
    const [members, children] = await Promise.all([
      this.#within(`cameraGroups/${group.id}/cameras`, Member),
      isComplete ? [] : this.#within(`cameraGroups/${group.id}/cameraGroups`, GroupWire),
    ])
    group.cameraIds = [...new Set(members.map(({ id }) => id))]
    const before = this.#placed.size
    group.groups.push(...this.#place(children, depth + 1))
    const fresh = [...this.#placed.values()].slice(before)
    await Promise.all(fresh.map((placed) => this.#fill(placed)))
  }

  /** Places groups that are not placed yet, and those that came along in them. */
  #place(wires: GroupWire[], depth = 1): CameraGroup[] {
    if (depth > MAX_DEPTH) return []
    return wires.flatMap((wire) => {
      if (this.#placed.has(wire.id) || this.#placed.size >= MAX_GROUPS) return []
      const group: CameraGroup = { id: wire.id, name: wire.name || wire.displayName, groups: [], cameraIds: [] }
      this.#placed.set(wire.id, { group, depth, isComplete: wire.cameraGroups !== undefined || depth >= MAX_DEPTH })
      const within = (wire.cameraGroups ?? []).flatMap((item) => GroupWire.safeParse(item).data ?? [])
      group.groups = this.#place(within, depth + 1)
      return [group]
    })
  }

  /** What one group holds. A group that may not be read is an empty one; a server that is gone is an error. */
  async #within<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
    try {
      return await this.#queue.add(() => this.#read(path, schema))
    } catch (error) {
      const { kind } = failureOf(error)
      if (kind !== 'forbidden' && kind !== 'not-found' && kind !== 'refused') throw error
      this.#log.warn(`a camera group cannot be read: ${kind}`)
      return []
    }
  }

  async #read<T>(path: string, schema: z.ZodType<T>, query = ''): Promise<T[]> {
    const found: T[] = []
    for await (const page of pagesOf(path, { ...this.#list, query })) {
      for (const item of page) {
        const result = schema.safeParse(item)
        if (result.success) found.push(result.data)
      }
    }
    return found
  }
}
