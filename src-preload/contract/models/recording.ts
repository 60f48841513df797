import type { CameraRef, SiteId } from './ids.ts'

/**
 * Whether a camera records, by the server's own word and never by our wish. `requested`: the server took our command,
 * and has not said that the camera records. `unknown`: the server's word does not reach us now.
 */
export type RecordingState = 'recording' | 'not-recording' | 'requested' | 'unknown'

/**
 * The server took our command some time ago, and says that the camera does not record · the end of our recording has
 * passed, and nothing says that it stopped.
 */
export type RecordingTrouble = 'not-confirmed' | 'not-ended'

/** How one camera stands that records, or that this program asked to record. */
export interface RecordingNow {
  camera: CameraRef
  state: RecordingState
  /** `other`: another client, a person or a rule of the server's; `null` where nothing records. */
  startedBy: 'us' | 'other' | null
  /** When it began, ISO, UTC, by the server's clock; `null` where that is not known. A lock of it begins here. */
  startedAt: string | null
  /** When this program will stop it, ISO, UTC, by this computer's clock; `null` where it will not. */
  endsAt: string | null
  /** So much from before it began is kept too; `null` where it is not known. */
  preBufferSeconds: number | null
  trouble: RecordingTrouble | null
}

/** What records at one site. A camera that is not named does not record, or, while `isKnown` is false, may. */
export interface SiteRecordings {
  siteId: SiteId
  /** The server's word reaches us. */
  isKnown: boolean
  cameras: RecordingNow[]
}

/** Events and outputs of a server that may start and stop recordings; `id` is the server's guid. */
export interface RecordingTriggers {
  events: { id: string; name: string }[]
  outputs: { id: string; name: string }[]
}

/** How long a recording of one camera may be, in seconds, by profile and camera together. */
export interface RecordingLimits {
  defaultSeconds: number
  minSeconds: number
  maxSeconds: number
  /** The camera ends a recording by hand after this long by itself, and so the others are not above it; `null`: never. */
  stopsAfterSeconds: number | null
  preBufferSeconds: number
}

/** A recording of ours has ended, and a bookmark for it is offered: `addBookmarks` takes it. */
export interface BookmarkOffer {
  camera: CameraRef
  /** ISO, UTC, by the server's clock. */
  from: string
  to: string
}
