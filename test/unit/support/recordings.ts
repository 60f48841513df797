import type { Job, JobId, JobState } from '../../../src-preload/contract/models/job.ts'
import type { RecordingNow } from '../../../src-preload/contract/models/recording.ts'
import { cameraId, cameraRef } from '../live/support.ts'
import { siteId } from './sites.ts'

/** A camera that records because we asked for it, changed where the test says so. */
export const recordingOf = (camera: number, changes: Partial<RecordingNow> = {}): RecordingNow => ({
  camera: cameraRef(camera),
  state: 'recording',
  startedBy: 'us',
  startedAt: null,
  endsAt: null,
  preBufferSeconds: 3,
  trouble: null,
  ...changes,
})

/** A start of a recording, changed where the test says so. A higher number was asked for later. */
export const jobOf = (number: number, camera: number, state: JobState, changes: Partial<Job> = {}): Job => ({
  id: `00000000-0000-4000-a000-${String(number).padStart(12, '0')}` as JobId,
  kind: 'start-recording',
  siteId: siteId(1),
  deviceId: cameraId(camera),
  user: 'operator',
  reference: `WP-${number}`,
  acceptedAt: new Date(Date.UTC(2026, 10, 26, 14, 0, number)).toISOString(),
  possibleDuplicate: false,
  state,
  ...changes,
})
