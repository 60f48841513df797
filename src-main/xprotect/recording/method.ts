import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import type { Outcome } from '../outcome.ts'

/** The ways a server is asked to record (xprotect-api.md 4.3, 5, 10.2). */
export type MethodName = 'recorder' | 'event' | 'output'

/** What a way of recording can know, so that nothing is shown that it did not confirm. */
export interface Confirms {
  /** `start` and `stop` that are done mean that the camera does it, not only that the wish was heard. */
  acts: boolean
  /** `state` tells recordings by hand from others. */
  state: boolean
  /** The server ends the recording after the seconds asked for, also when this program is gone by then. */
  end: boolean
}

export interface StartWish {
  cameraId: CameraId
  /** How long: what `plan` found, so that the server and the screen mean the same end. */
  seconds: number
  /** Where it may be lengthened later: the server is to end it by itself only after so many. Absent: after `seconds`. */
  atMostSeconds?: number
}

/** Whether a camera is recorded by hand, as far as this way can tell. */
export type HandRecording = 'recording' | 'idle' | 'unknown'

/** One way of recording by hand. `start` and `stop` send at most once what acts, and never reject. */
export interface RecordingMethod {
  readonly name: MethodName
  readonly confirms: Confirms
  /** Throws the reason why this way is closed for this camera. Only reads, and so changes nothing. */
  check(cameraId: CameraId, signal: AbortSignal): Promise<void>
  start(wish: StartWish, signal: AbortSignal): Promise<Outcome<void>>
  stop(cameraId: CameraId, signal: AbortSignal): Promise<Outcome<void>>
  /** Rejects where the question failed. */
  state(cameraId: CameraId, signal: AbortSignal): Promise<HandRecording>
}
