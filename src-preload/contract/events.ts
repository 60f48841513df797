import type { Failure } from './failure.ts'
import type { CameraListState, Site } from './models/site.ts'
import type { LockProgress } from './models/evidence-lock.ts'
import type { SessionId, SiteId } from './models/ids.ts'
import type { Job } from './models/job.ts'
import type { Preferences } from './models/preferences.ts'
import type { BookmarkOffer, SiteRecordings } from './models/recording.ts'

/** Every fact main announces: past tense, carrying the new value. No event asks for work or answers a call. */
export interface Events {
  siteChanged: Site
  siteListChanged: Site[]
  cameraListChanged: { siteId: SiteId; cameras: CameraListState }
  /** The server ended a video session, or the road to it is gone. */
  sessionEnded: { sessionId: SessionId; because: Failure }
  /** A command of an operator was accepted, or stands otherwise than before. */
  jobChanged: Job
  /** What records at one site. */
  recordingsChanged: SiteRecordings
  /** A lock that this program had made stands otherwise than before. */
  lockProgressed: LockProgress
  /** A recording by hand of this program has ended, where the profile has a bookmark for it offered. */
  bookmarkOffered: BookmarkOffer
  preferencesChanged: Preferences
  /** A person chose an entry of the application's menu that the page shows something for. */
  menuChosen: { entry: 'capture-facts' }
  /** The computer woke up, or the network changed: pictures may be old. */
  networkChanged: { at: string }
}

export type EventName = keyof Events
