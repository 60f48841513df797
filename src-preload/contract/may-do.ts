import type { Camera } from './models/camera.ts'
import type { Capabilities, CameraRight, EditionLevel, Fact } from './models/capabilities.ts'

/** What a button does with a camera. */
export type CameraAction = CameraRight

/** Why a button cannot work: the key of its words, below `cannot`. */
export type Cannot = 'edition' | 'version' | 'permission' | 'noPtz' | 'recordingOff'

export type May = { ok: true } | { ok: false; why: Cannot }

/** The first release that has it, as year and half (xprotect-api.md 11 [V CFG]). */
const since: Partial<Record<CameraAction | 'alarms', [year: number, half: number]>> = {
  playback: [23, 3],
  bookmark: [24, 2],
  'evidence-lock': [24, 2],
  // A beta, final since 2024 R2.
  alarms: [23, 2],
}

/** Editions without it (xprotect-api.md 11 [V]). One this program does not know is not among them. */
const without: Partial<Record<CameraAction, EditionLevel[]>> = {
  bookmark: ['essential+', 'express+'],
  'evidence-lock': ['essential+', 'express+', 'professional+', 'expert'],
}

/**
 * Whether a button can work, before the server is asked. Only what is known for sure says no: where something is
 * unknown the button stays, and the server decides. `camera` is absent where the question is of the site as a whole.
 */
export function mayDo(
  capabilities: Capabilities,
  action: CameraAction,
  camera?: Pick<Camera, 'id' | 'ptzEnabled' | 'recordingEnabled'>,
): May {
  if (known(capabilities.version, (version) => isBefore(version, since[action]))) return no('version')
  if (known(capabilities.edition, ({ level }) => without[action]?.includes(level))) return no('edition')
  if (camera && action === 'ptz' && !camera.ptzEnabled) return no('noPtz')
  if (camera && action === 'record' && !camera.recordingEnabled) return no('recordingOff')
  if (lacksRight(capabilities, action, camera)) return no('permission')
  return { ok: true }
}

/** Whether a server can have alarms to be read; which right a role needs for them is not known, and the server decides. */
export const mayReadAlarms = ({ version }: Pick<Capabilities, 'version'>): May =>
  known(version, (value) => isBefore(value, since.alarms)) ? no('version') : { ok: true }

const no = (why: Cannot): May => ({ ok: false, why })

const known = <T>(fact: Fact<T>, test: (value: T) => boolean | undefined): boolean =>
  fact.is === 'known' && test(fact.value) === true

/** `25.1.1804.0` is the first release of 2025. A version that reads otherwise says nothing. */
function isBefore(version: string, first: [number, number] | undefined): boolean {
  const [, year, half] = /^(\d{2})\.(\d)\./.exec(version) ?? []
  if (!first || year === undefined) return false
  return Number(year) < first[0] || (Number(year) === first[0] && Number(half) < first[1])
}

function lacksRight({ rights }: Capabilities, action: CameraAction, camera?: Pick<Camera, 'id'>): boolean {
  return known(rights, (told) => {
    if (told.isAdministrator || !told.toldApart.includes(action)) return false
    const own = camera && told.unusual.find(({ cameraIds }) => cameraIds.includes(camera.id))
    const sets = camera ? [own?.rights ?? told.usual] : [told.usual, ...told.unusual.map((set) => set.rights)]
    // Of the site as a whole: no camera allows it.
    return sets.every((set) => !set.includes(action))
  })
}
