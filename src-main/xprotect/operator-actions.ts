import type { CameraId } from '../../src-preload/contract/models/ids.ts'
import type { Bookmarks } from './bookmarks.ts'
import type { RecordingWatch } from './events/recording-watch.ts'
import type { EvidenceLocks } from './evidence-locks.ts'
import type { RelatedMicrophone } from './microphones.ts'
import type { Recordings } from './recording/recordings.ts'

/** What an operator may do on the server, beside looking. Those that act never reject: their outcome says all. */
export interface OperatorActions {
  recordings: Recordings
  bookmarks: Bookmarks
  evidenceLocks: EvidenceLocks
  /** The microphones that belong to cameras. Throws where the server cannot be asked. */
  microphones: (cameraIds: readonly CameraId[], signal: AbortSignal) => Promise<RelatedMicrophone[]>
  /** Which cameras record, by the server's own word. */
  recordingNow: Pick<RecordingWatch, 'of' | 'recording' | 'listen'>
}
