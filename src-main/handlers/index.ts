import type { Handlers } from '../../src-preload/contract/calls.ts'
import type { Preferences } from '../../src-preload/contract/models/preferences.ts'
import type { AuditDesk } from '../actions/audit-desk.ts'
import type { Actions } from '../actions/index.ts'
import type { BrokenExports } from '../actions/broken-exports.ts'
import type { ExportDesk } from '../actions/export-desk.ts'
import type { SnapshotDesk } from '../actions/snapshot-desk.ts'
import type { TakeAway } from '../actions/take-away.ts'
import type { Log } from '../log.ts'
import type { CaptureDesk } from '../sites/capture-desk.ts'
import type { PictureDesk } from '../sites/picture-desk.ts'
import type { PreferenceStore } from '../sites/preference-store.ts'
import type { ProfileDesk } from '../sites/profile-desk.ts'
import type { Sessions } from '../sites/sessions.ts'
import type { SiteList } from '../sites/site-list.ts'
import { alarmHandlers } from './alarms.ts'
import { auditHandlers } from './audit.ts'
import { bookmarkHandlers } from './bookmarks.ts'
import { cameraHandlers } from './cameras.ts'
import { captureHandlers } from './capture.ts'
import { lockHandlers } from './evidence-locks.ts'
import { jobHandlers } from './jobs.ts'
import { pictureHandlers } from './pictures.ts'
import { preferenceHandlers } from './preferences.ts'
import { profileHandlers } from './profiles.ts'
import { recordingHandlers } from './recordings.ts'
import { reportHandlers } from './report.ts'
import { sessionHandlers } from './sessions.ts'
import { siteHandlers } from './sites.ts'
import { takeAwayHandlers } from './take-away.ts'

/** What the handlers hand calls on to. */
export interface Behind {
  sites: SiteList
  profiles: ProfileDesk
  captures: CaptureDesk
  pictures: PictureDesk
  sessions: Sessions
  actions: Pick<Actions, 'commands' | 'recordings' | 'bookmarks' | 'locks' | 'following'>
  audit: AuditDesk
  takeAway: TakeAway
  snapshots: SnapshotDesk
  exports: ExportDesk
  brokenExports: BrokenExports
  preferences: PreferenceStore
  preferencesChanged: (preferences: Preferences) => void
  log: Log
}

/** Every call of the contract and who answers it. A call without an answer does not compile. */
export const createHandlers = ({
  sites,
  profiles,
  captures,
  pictures,
  sessions,
  actions,
  audit,
  takeAway,
  snapshots,
  exports,
  brokenExports,
  preferences,
  preferencesChanged,
  log,
}: Behind): Handlers => ({
  ...siteHandlers(sites, (siteId) => sessions.closeAll(siteId)),
  ...profileHandlers(profiles),
  ...captureHandlers(captures),
  ...cameraHandlers(sites),
  ...alarmHandlers(sites),
  ...pictureHandlers(pictures),
  ...sessionHandlers(sites, sessions),
  ...recordingHandlers(actions.recordings),
  ...bookmarkHandlers(actions.bookmarks),
  ...lockHandlers(actions.locks, actions.following),
  ...jobHandlers(actions.commands),
  ...auditHandlers(audit),
  ...takeAwayHandlers(takeAway, snapshots, exports, brokenExports),
  ...preferenceHandlers(preferences, preferencesChanged),
  ...reportHandlers(log),
})
