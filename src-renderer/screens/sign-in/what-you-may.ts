import { mayDo, type CameraAction, type Cannot } from '../../../src-preload/contract/may-do.ts'
import type { Capabilities } from '../../../src-preload/contract/models/capabilities.ts'

/** In the order they are shown. */
export const actions: CameraAction[] = ['playback', 'export', 'ptz', 'record', 'bookmark', 'evidence-lock']

/** How far a user may do something on a site as a whole. `unknown`: nobody has said, so the server decides. */
export type Reach = 'yes' | 'some' | 'unknown' | { no: Cannot }

/** What a button may rely on is no promise: only what is known for sure is a yes here. */
export function reachOf(capabilities: Capabilities, action: CameraAction): Reach {
  const may = mayDo(capabilities, action)
  if (!may.ok) return { no: may.why }
  const { rights } = capabilities
  if (rights.is === 'unknown' || mightLack(capabilities, action)) return 'unknown'
  if (rights.value.isAdministrator) return 'yes'
  const { toldApart, usual, unusual } = rights.value
  if (!toldApart.includes(action)) return 'unknown'
  return [usual, ...unusual.map((party) => party.rights)].every((party) => party.includes(action)) ? 'yes' : 'some'
}

/** It depends on an edition or a version nobody knows: the least of them would be without it. */
function mightLack({ version, edition, ...others }: Capabilities, action: CameraAction): boolean {
  const isUnnamed = edition.is === 'unknown' || edition.value.level === 'other'
  const least: Capabilities = {
    ...others,
    version: version.is === 'unknown' ? { is: 'known', value: '00.1.0' } : version,
    edition: isUnnamed ? { is: 'known', value: { level: 'essential+', name: '' } } : edition,
  }
  return !mayDo(least, action).ok
}
