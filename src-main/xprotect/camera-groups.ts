import PQueue from 'p-queue'
import type { CameraGroup } from '../../src-preload/contract/models/camera.ts'
import type { CameraId } from '../../src-preload/contract/models/ids.ts'
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
const AT_ONCE = 4

const Member = z.object({ id: CameraGuid })

interface Deps {
  http: Http
  log: Log
}

/**
 * The administrator's folders. Whether the top list holds only the topmost groups or all of them is not known [?]: a
 * group that names a parent in the list goes under it, and every group is asked for its children unless the list was
 * seen to hold some. A group is placed once, so no cycle can be walked twice.
 */
export async function cameraGroupsOf(deps: Deps, signal: AbortSignal): Promise<CameraGroup[]> {
  return new Walk(deps, signal).run()
}

class Walk {
  readonly #list: Deps & { signal: AbortSignal }
  readonly #log: Log
  readonly #queue = new PQueue({ concurrency: AT_ONCE })
  readonly #placed = new Map<string, CameraGroup>()

  constructor(deps: Deps, signal: AbortSignal) {
    this.#list = { ...deps, signal }
    this.#log = deps.log
  }

  async run(): Promise<CameraGroup[]> {
    const listed = await this.#read('cameraGroups', GroupWire)
    const ids = new Set(listed.map(({ id }) => id))
    const isNested = ({ relations }: GroupWire): boolean =>
      relations?.type.toLowerCase() === 'cameragroups' && ids.has(relations.id)
    const nested = listed.filter(isNested)
    const roots = this.#place(listed.filter((group) => !isNested(group)))
    if (nested.length > 0) this.#placeListed(roots, nested)
    const complete = nested.length > 0
    const level = [...this.#placed.values()]
    await Promise.all(level.map((group) => this.#fill(group, complete ? MAX_DEPTH : 1)))
    return roots
  }

  /** Groups of a flat list, level by level; what hangs in a ring of its own is reached by no root and left out. */
  #placeListed(roots: CameraGroup[], nested: GroupWire[]): void {
    const byParent = Map.groupBy(nested, ({ relations }) => relations!.id)
    let level = roots
    for (let depth = 1; depth < MAX_DEPTH && level.length > 0; depth++) {
      level = level.flatMap((group) => {
        group.groups = this.#place(byParent.get(group.id) ?? [])
        return group.groups
      })
    }
  }

  /** Reads what is in a group, and in the groups in it. */
  async #fill(group: CameraGroup, depth: number): Promise<void> {
    const [members, children] = await Promise.all([
      this.#members(group),
      depth < MAX_DEPTH ? this.#children(group) : undefined,
    ])
    group.cameraIds = members
    if (!children) return
    group.groups = this.#place(children)
    await Promise.all(group.groups.map((child) => this.#fill(child, depth + 1)))
  }

  async #members(group: CameraGroup): Promise<CameraId[]> {
    const cameras = await this.#within(`cameraGroups/${group.id}/cameras`, Member)
    return [...new Set(cameras.map(({ id }) => id))]
  }

  #children(group: CameraGroup): Promise<GroupWire[]> {
    return this.#within(`cameraGroups/${group.id}/cameraGroups`, GroupWire)
  }

  #place(wires: GroupWire[]): CameraGroup[] {
    const fresh = wires.filter(({ id }) => !this.#placed.has(id) && this.#placed.size < MAX_GROUPS)
    return fresh.flatMap((wire) => {
      if (this.#placed.has(wire.id)) return []
      const group = { id: wire.id, name: wire.name || wire.displayName, groups: [], cameraIds: [] }
      this.#placed.set(wire.id, group)
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

  async #read<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
    const found: T[] = []
    for await (const page of pagesOf(path, this.#list)) {
      for (const item of page) {
        const result = schema.safeParse(item)
        if (result.success) found.push(result.data)
      }
    }
    return found
  }
}
