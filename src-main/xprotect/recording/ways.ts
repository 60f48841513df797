import { AppError } from '../../../src-preload/contract/failure.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import type { LengthLimits } from './facts.ts'

/** Two user-defined events, and the rules an administrator made for them (xprotect-api.md 4.3). */
export interface EventWay {
  /** Absent: for every camera; the rules then say which. */
  cameras?: readonly CameraId[] | undefined
  /** Guids of user-defined events, or their names. */
  start: string
  stop: string
  /** What goes over the wire: `{"type"}` as documented, or the customer's form with camera and length [?]. */
  form: 'type' | 'customer'
}

/** Outputs whose rules start and stop a recording. */
export interface OutputWay {
  cameras?: readonly CameraId[] | undefined
  /** Guid of the output: activated to start and deactivated to stop … */
  start: string
  /** … unless another is named for stopping: then each is triggered. */
  stop?: string | undefined
}

/** How a site may be asked to record, as its profile says. */
export interface RecordingWays {
  method: 'auto' | 'event' | 'output' | 'recorder'
  events: readonly EventWay[]
  outputs: readonly OutputWay[]
  limits: LengthLimits
}

/** One made for the camera comes before one for all. Throws `not-found` where the profile has none, before anything is sent. */
export function wayFor<T extends { cameras?: readonly CameraId[] | undefined }>(
  ways: readonly T[],
  cameraId: CameraId,
  what: string,
): T {
  const way =
    ways.find(({ cameras }) => cameras?.includes(cameraId)) ?? ways.find(({ cameras }) => cameras === undefined)
  if (way) return way
  throw new AppError({ kind: 'not-found', what }, { unsent: true })
}
