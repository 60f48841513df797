import type { CameraId, SiteId } from '../../src-preload/contract/models/ids.ts'
import type { RecordingNow } from '../../src-preload/contract/models/recording.ts'
import type { CameraRecording } from '../xprotect/events/recording-watch.ts'
import type { RecordingSaid } from './recording-words.ts'

/** A server that took our command has this long to say that the camera records. */
export const CONFIRM_MS = 10_000

/** A recording of ours: what the server took, and what is to become of it. */
export interface RecordingPlan {
  siteId: SiteId
  cameraId: CameraId
  said: RecordingSaid
  /** Who asked for it, and what the command was called. */
  user: string
  reference: string
  /** By the clock that nobody sets; `said` has it by the other. */
  endAtMs: number
  confirmByMs: number
  /** The server has said that the camera records, since we asked for it. */
  isConfirmed: boolean
  /**
   * It goes on · its end has come and it is being stopped · its end has passed and it could not be stopped · the server
   * took it that it is to stop, and has not said that it did.
   */
  end: 'running' | 'stopping' | 'passed' | 'stopped'
}

interface Moment {
  plan: RecordingPlan | undefined
  word: CameraRecording
  /** By the clock that nobody sets, and by the other. */
  monotonicMs: number
  wallMs: number
  /** Server clock minus this computer's, milliseconds. */
  offsetMs: number
}

/** How a camera stands, by the server's word and our plan; undefined where it plainly does not record. */
export function recordingNow(
  camera: { siteId: SiteId; cameraId: CameraId },
  { plan, word, monotonicMs, wallMs, offsetMs }: Moment,
): RecordingNow | undefined {
  if (!plan && word.is !== 'recording') return undefined
  if (!plan) {
    const nothing = { endsAt: null, preBufferSeconds: null, trouble: null }
    const startedAt = word.is === 'recording' && word.since !== '' ? word.since : null
    return { camera, state: 'recording', startedBy: 'other', startedAt, ...nothing }
  }
  const { said, isConfirmed, end } = plan
  const isLate = !isConfirmed && monotonicMs >= plan.confirmByMs
  const now: RecordingNow = {
    camera,
    state: 'recording',
    startedBy: said.isAnothers ? 'other' : 'us',
    startedAt: new Date(Date.parse(said.startedAt) + offsetMs).toISOString(),
    // What is shown must not jump where a person sets the clock of this computer.
    endsAt: said.isAnothers || end === 'stopped' ? null : new Date(wallMs + plan.endAtMs - monotonicMs).toISOString(),
    preBufferSeconds: said.preBufferSeconds,
    trouble: end === 'passed' && !said.isAnothers ? 'not-ended' : null,
  }
  if (word.is === 'recording') return now
  if (end === 'stopped' && word.is === 'idle') return undefined
  if (word.is === 'unknown') return { ...now, state: isConfirmed || end !== 'running' ? 'unknown' : 'requested' }
  if (!isLate) return { ...now, state: 'requested' }
  return { ...now, state: 'not-recording', startedBy: null, startedAt: null, endsAt: null, trouble: 'not-confirmed' }
}
