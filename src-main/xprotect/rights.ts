import type { CameraRight, CameraRights } from '../../src-preload/contract/models/capabilities.ts'
import type { CameraId } from '../../src-preload/contract/models/ids.ts'
import type { z } from 'zod'
import type { NamespaceWire, PermissionList } from './wire/capabilities.ts'

/**
 * The server's names of what may be done with a camera. The first two are [V PROTO], `PLAYBACK` is [3P], the others
 * assumed [?]: a name the server does not list decides nothing, so that a wrong one costs a button that is refused.
 */
const named: Record<CameraRight, RegExp> = {
  export: /^EXPORT$/,
  ptz: /^PTZ_CONTROL$/,
  playback: /^PLAYBACK$/,
  record: /^(START_)?MANUAL_RECORDING(_START)?$|^START_RECORDING$/,
  bookmark: /^(CREATE_BOOKMARKS?|BOOKMARKS?_CREATE)$/,
  'evidence-lock': /^(CREATE_EVIDENCE_?LOCKS?|EVIDENCE_?LOCKS?_CREATE)$/,
}

type Actions = z.output<typeof NamespaceWire>
interface Permissions {
  isAdministrator: boolean
  objectPermissions: z.output<typeof PermissionList>
}

/** Bits become rights; cameras that share theirs are named once, and those of the largest party not at all. */
export function cameraRights(actions: Actions, { isAdministrator, objectPermissions }: Permissions): CameraRights {
  if (isAdministrator) return { isAdministrator }
  const bits = new Map<CameraRight, bigint>()
  for (const [right, name] of Object.entries(named) as [CameraRight, RegExp][]) {
    const action = actions.find((candidate) => name.test(candidate.name.toUpperCase()))
    if (action) bits.set(right, action.securityMask)
  }
  const toldApart = [...bits.keys()]
  const parties = new Map<string, { rights: CameraRight[]; cameraIds: CameraId[] }>()
  for (const { id, mask } of objectPermissions) {
    const rights = toldApart.filter((right) => (mask & bits.get(right)!) !== 0n)
    const party = parties.get(rights.join()) ?? { rights, cameraIds: [] }
    party.cameraIds.push(id as CameraId)
    parties.set(rights.join(), party)
  }
  const [largest, ...unusual] = [...parties.values()].sort((a, b) => b.cameraIds.length - a.cameraIds.length)
  return { isAdministrator, toldApart, usual: largest?.rights ?? [], unusual }
}
