import { defaultPreferences } from '../../../src-preload/contract/default-preferences.ts'
import type { CameraId, CameraRef } from '../../../src-preload/contract/models/ids.ts'
import type { Job, JobId, JobKind, JobState } from '../../../src-preload/contract/models/job.ts'
import type { RecordingNow, SiteRecordings } from '../../../src-preload/contract/models/recording.ts'
import type { Site } from '../../../src-preload/contract/models/site.ts'
import type { TrayKnown } from '../../../src-main/electron/tray/known.ts'
import { siteId, siteOf } from '../support/sites.ts'

export const NOW_MS = Date.parse('2026-11-26T12:00:00.000Z')

export const camera = (number: number, site = 1): CameraRef => ({
  siteId: siteId(site),
  cameraId: `00000000-0000-4000-9000-${String(number).padStart(12, '0')}` as CameraId,
})

/** Signed in, its server answering, with two cameras for the tray. */
export const openSite = (changes: Partial<Site> = {}): Site =>
  siteOf({
    state: { phase: 'open', user: 'operator', link: { is: 'up' } },
    quickCameras: [camera(1).cameraId, camera(2).cameraId],
    ...changes,
  })

/** A camera this desk records, with `leftMs` to go. */
export const recordingOf = (number: number, changes: Partial<RecordingNow> = {}, leftMs = 252_000): RecordingNow => ({
  camera: camera(number),
  state: 'recording',
  startedBy: 'us',
  startedAt: null,
  endsAt: new Date(NOW_MS + leftMs).toISOString(),
  preBufferSeconds: 3,
  trouble: null,
  ...changes,
})

export const siteRecordings = (cameras: RecordingNow[], isKnown = true): SiteRecordings => ({
  siteId: siteId(1),
  isKnown,
  cameras,
})

let jobs = 0
export const jobOf = (state: JobState, kind: JobKind = 'start-recording', number = 1): Job => ({
  id: `job ${(jobs += 1)}` as JobId,
  kind,
  siteId: siteId(1),
  deviceId: camera(number).cameraId,
  user: 'operator',
  reference: 'XD-1',
  acceptedAt: new Date(NOW_MS).toISOString(),
  possibleDuplicate: false,
  state,
})

const names: Record<string, string> = { [camera(1).cameraId]: 'Lobby', [camera(2).cameraId]: 'Dock' }
export const nameOf = ({ cameraId }: CameraRef): string | undefined => names[cameraId]

export const knownOf = (changes: Partial<TrayKnown> = {}): TrayKnown => ({
  sites: [openSite()],
  recordings: new Map(),
  jobs: new Map(),
  preferences: defaultPreferences,
  nameOf,
  isKeyTaken: false,
  startsAtLogOn: false,
  ...changes,
})
