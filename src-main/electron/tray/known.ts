import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { CameraRef, SiteId } from '../../../src-preload/contract/models/ids.ts'
import type { Job, JobId } from '../../../src-preload/contract/models/job.ts'
import type { Preferences } from '../../../src-preload/contract/models/preferences.ts'
import type { RecordingNow, SiteRecordings } from '../../../src-preload/contract/models/recording.ts'
import type { Site } from '../../../src-preload/contract/models/site.ts'

/** What main has said so far, as much as the tray needs of it. */
export interface TrayKnown {
  sites: readonly Site[]
  recordings: ReadonlyMap<SiteId, SiteRecordings>
  /** Commands of this start that begin or end a recording. */
  jobs: ReadonlyMap<JobId, Job>
  preferences: Preferences
  /** Absent where the camera list has not come yet, or does not name it. */
  nameOf: (camera: CameraRef) => string | undefined
  /** Whether another program has the recording key. */
  isKeyTaken: boolean
  /** Starts by itself when this user logs on; `null` where the system has no such thing. */
  startsAtLogOn: boolean | null
}

export const cameraKey = ({ siteId, cameraId }: CameraRef): string => `${siteId} ${cameraId}`

export const cameraName = (known: Pick<TrayKnown, 'nameOf'>, camera: CameraRef): string =>
  known.nameOf(camera) ?? `camera ${camera.cameraId.slice(0, 8)}`

export const recordingOf = ({ recordings }: TrayKnown, camera: CameraRef): RecordingNow | undefined =>
  recordings.get(camera.siteId)?.cameras.find((one) => one.camera.cameraId === camera.cameraId)

/** The cameras one press records: those the profiles name, or else the one pointed at last. */
export function quickCameras({ sites, preferences }: TrayKnown): CameraRef[] {
  const named = sites.flatMap(({ id, quickCameras = [] }) => quickCameras.map((cameraId) => ({ siteId: id, cameraId })))
  if (named.length > 0) return named
  const { selectedCamera } = preferences
  return selectedCamera && sites.some(({ id }) => id === selectedCamera.siteId) ? [selectedCamera] : []
}

/** The cameras on the wall, each once: as the operator left it, or else as the first open site's profile proposes. */
export function camerasInView({ sites, preferences }: TrayKnown): CameraRef[] {
  const proposed = sites.find(({ state, view }) => state.phase === 'open' && view)
  const proposedTiles = proposed?.view?.cameraIds.map((cameraId) => ({ siteId: proposed.id, cameraId })) ?? []
  const tiles = preferences.view?.tiles.filter((camera) => camera !== null) ?? proposedTiles
  const byKey = new Map(tiles.map((camera) => [cameraKey(camera), camera]))
  return [...byKey.values()].filter(({ siteId }) => sites.some(({ id }) => id === siteId))
}

/** Recordings that concern this desk: its own, and whatever records the cameras of the press. */
export function recordingsHere(known: TrayKnown): RecordingNow[] {
  const quick = new Set(quickCameras(known).map(cameraKey))
  const all = [...known.recordings.values()].flatMap(({ cameras }) => cameras)
  return all.filter(
    ({ startedBy, trouble, camera }) => startedBy === 'us' || trouble !== null || quick.has(cameraKey(camera)),
  )
}

/** Why nothing can be recorded at a site until a person has done something; undefined where it can be tried. */
export function shutBecause(site: Site | undefined): Failure | undefined {
  if (!site) return { kind: 'not-found', what: 'site' }
  const { state } = site
  switch (state.phase) {
    case 'open':
      return undefined
    case 'blocked':
      return state.because
    case 'unpinned':
      return { kind: 'not-pinned' }
    case 'signed-out':
      return state.problem ?? { kind: 'signed-out' }
    case 'signing-in':
      return { kind: 'signed-out' }
  }
}
