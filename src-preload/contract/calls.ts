import { z } from 'zod'
import { AlarmSearch, type AlarmPage } from './models/alarm.ts'
import { AuditFilter, AuditFormat, type AuditExported, type AuditPage } from './models/audit.ts'
import { BookmarkEdit, BookmarkOrder, BookmarkRef, type BookmarkPage } from './models/bookmark.ts'
import type { CameraGroup, CameraPage, Stream } from './models/camera.ts'
import { CaptureProbe, type CaptureDone } from './models/capture.ts'
import { Fingerprint, TypedEnd, type ProbeReport } from './models/certificate.ts'
import {
  EvidenceLockOrder,
  EvidenceLockRef,
  KeepFor,
  UnlockReason,
  type EvidenceLockPage,
  type LockProfile,
  type LockProgress,
  type RelatedMicrophone,
} from './models/evidence-lock.ts'
import {
  CameraExported,
  ExportChunk,
  ExportEnd,
  ExportId,
  ExportOrder,
  type BrokenExport,
  type ExportBegun,
  type ExportedFile,
  type ExportRoom,
} from './models/export.ts'
import { CameraId, CameraRef, SessionId, SiteId, StreamId } from './models/ids.ts'
import { JobDecision, JobId, type Job } from './models/job.ts'
import { Playback } from './models/playback.ts'
import { Preferences } from './models/preferences.ts'
import {
  ProfileDraft,
  type ImportPreview,
  type ProfileRemoved,
  type ProfileSaved,
  type ProfileShown,
} from './models/profile.ts'
import { PictureWish, type RecordedPicture } from './models/recorded-picture.ts'
import type { RecordingLimits, RecordingTriggers, SiteRecordings } from './models/recording.ts'
import { SiteSearch } from './models/search.ts'
import { SequenceSearch, type CameraSequences } from './models/sequence.ts'
import { IceCandidate, type SessionOffer } from './models/session.ts'
import { SnapshotOrder, type SavedFile } from './models/snapshot.ts'
import { SignInForm, type OriginTest, type Site } from './models/site.ts'

/** One call the page may make: how its input is checked, and what comes back. */
interface Call<I extends z.ZodType, O> {
  input: I
  /** Never read: it carries the output type. */
  output?: O
}
const call =
  <O>() =>
  <I extends z.ZodType>(input: I): Call<I, O> => ({ input })

const nothing = z.undefined()
const site = z.strictObject({ siteId: SiteId })
/** A whole day is more than any profile allows. */
const seconds = z.int().min(1).max(86_400)
const session = z.strictObject({ sessionId: SessionId })

/** The one source of truth for what the page may ask. A call is a wish in our words, never a request to forward. */
export const calls = {
  listSites: call<Site[]>()(nothing),
  /**
   * Looks at a server's certificate without sending anything (security.md 2.5): the one to be agreed on next, or the one
   * at an address of the site's `origins`.
   */
  probeSite: call<ProbeReport>()(z.strictObject({ ...site.shape, address: z.string().max(300).exactOptional() })),
  /**
   * Agrees on a certificate main has just probed: a first one, or another in the place of one that changed. The page
   * names it and never supplies one; main holds what was typed against what it saw.
   */
  pinSite: call<void>()(
    z.strictObject({ siteId: SiteId, probeId: z.uuid(), fingerprint: Fingerprint, typed: TypedEnd }),
  ),
  /** Tries every server of the site part by part. No credential is sent, and nobody needs to be signed in. */
  testSite: call<OriginTest[]>()(site),
  signIn: call<void>()(z.strictObject({ siteId: SiteId, ...SignInForm.shape })),
  signOut: call<void>()(site),
  /** What a capture may do beyond reading. */
  listCaptureProbes: call<CaptureProbe[]>()(nothing),
  /**
   * Has the person choose a folder, and writes into a new one inside it what the server says, with everything that names
   * the site replaced. `null` where no folder was chosen, or it was called off before the files were there.
   */
  captureFacts: call<CaptureDone | null>()(
    z.strictObject({ siteId: SiteId, probes: z.array(CaptureProbe).max(CaptureProbe.options.length) }),
  ),
  /** Ends the captures of a site that run; each answers for itself, once nothing is left of it. */
  callOffCapture: call<void>()(site),

  readProfile: call<ProfileShown>()(site),
  /** What an open site's server has that may start and stop recordings, to be picked from. */
  listRecordingTriggers: call<RecordingTriggers>()(site),
  /** Saves what a person typed; `null` adds a site. Takes effect at once: the site is signed out and made anew. */
  saveProfile: call<ProfileSaved>()(z.strictObject({ siteId: SiteId.nullable(), draft: ProfileDraft })),
  duplicateProfile: call<ProfileSaved>()(site),
  /** Adds a site below an open one. A typed `address` stands in for the one its parent gives, which is usually none. */
  addChildSite: call<ProfileSaved>()(
    z.strictObject({ siteId: SiteId, childId: z.string().max(100), address: z.string().max(300).exactOptional() }),
  ),
  /** Takes a site away. Its file is kept, under the name that comes back. */
  removeProfile: call<ProfileRemoved>()(site),
  /** Brings a site back that was taken away since the program started, signed out. */
  restoreProfile: call<void>()(z.strictObject({ removalId: z.uuid() })),
  /** Has the person choose a file, in a dialog of the operating system, and says what it would change. */
  chooseImport: call<ImportPreview | null>()(nothing),
  confirmImport: call<ProfileSaved>()(z.strictObject({ importId: z.uuid() })),
  /** Has the person choose a place, and writes a copy of the profile there. */
  exportProfile: call<{ fileName: string } | null>()(site),

  /** A page of the camera list; ask again from `next` until there is none. */
  listCameras: call<CameraPage>()(
    z.strictObject({ siteId: SiteId, from: z.int().nonnegative(), count: z.int().min(1).max(1000) }),
  ),
  listCameraGroups: call<CameraGroup[]>()(site),
  reloadCameras: call<void>()(site),
  listStreams: call<Stream[]>()(CameraRef),

  /**
   * Opens a session, of what is recorded where `playback` says from when and how, and waits for the server's offer, which is
   * answered by `answerSession`. Where the page is to offer, it does so by `offerSession`.
   */
  openSession: call<SessionOffer>()(
    z.strictObject({
      ...CameraRef.shape,
      streamId: StreamId.nullable(),
      playback: Playback.exactOptional(),
      /** The camera's microphone is to be heard too; whether it is, the offer tells. */
      withSound: z.literal(true).exactOptional(),
    }),
  ),
  answerSession: call<void>()(z.strictObject({ ...session.shape, sdp: z.string().max(262_144) })),
  /** Hands the page's own offer to the server, and gives its answer: an SDP text within our limits. */
  offerSession: call<string>()(z.strictObject({ ...session.shape, sdp: z.string().max(262_144) })),
  addCandidate: call<void>()(z.strictObject({ ...session.shape, candidate: IceCandidate })),
  /** Waits for candidates the server found since the last time; an empty list means there will be no more. */
  nextCandidates: call<IceCandidate[]>()(session),
  closeSession: call<void>()(session),

  /** Which recordings there are of a camera, from whoever can say. Throws where nobody may be asked. */
  listSequences: call<CameraSequences>()(SequenceSearch),
  /**
   * The last picture recorded up to a moment; `null` where there is none, or it was called off. Throws where nobody may be
   * asked, or the recorder does not answer.
   */
  findPicture: call<RecordedPicture | null>()(PictureWish),
  /** Nobody waits for it any more. */
  leavePicture: call<void>()(PictureWish.pick({ wishId: true })),

  /**
   * Records by hand. What comes back is safe on the disk, and where it stands at that moment: what the server says of it
   * comes as `jobChanged`. Without `seconds` as long as the profile says; longer than allowed is shortened. The same
   * press again within three seconds is the same command.
   */
  startRecording: call<Job>()(z.strictObject({ camera: CameraRef, seconds: seconds.exactOptional() })),
  stopRecording: call<Job>()(z.strictObject({ camera: CameraRef })),
  /** Records `seconds` longer than it would. Throws `not-found` where this program records nothing there. */
  extendRecording: call<Job>()(z.strictObject({ camera: CameraRef, seconds })),
  /** What records at a site now; `recordingsChanged` tells of every change. */
  listRecordings: call<SiteRecordings>()(site),
  /** How long a recording of a camera may be, asked of the server. */
  readRecordingLimits: call<RecordingLimits>()(z.strictObject({ camera: CameraRef })),

  /** One command for each camera, each with a result of its own; their bookmarks share a reference. */
  addBookmarks: call<Job[]>()(BookmarkOrder),
  /** Throws the server's refusal where it cannot be searched. */
  findBookmarks: call<BookmarkPage>()(SiteSearch),
  editBookmark: call<Job>()(z.strictObject({ bookmark: BookmarkRef, change: BookmarkEdit })),
  deleteBookmark: call<Job>()(z.strictObject({ bookmark: BookmarkRef })),

  /**
   * One page of the server's list, which knows no time: a page may have none of what is wanted, and the next some. Throws the
   * server's refusal; `busy` while its event server is away.
   */
  findAlarms: call<AlarmPage>()(AlarmSearch),

  /** What the roles of a site may choose to keep for. Throws `not-licensed` where the edition has no evidence locks. */
  listLockProfiles: call<LockProfile[]>()(site),
  /** The microphones that belong to cameras. */
  listMicrophones: call<RelatedMicrophone[]>()(
    z.strictObject({ siteId: SiteId, cameraIds: z.array(CameraId).min(1).max(200) }),
  ),
  /** One lock; `protectedSpan` says what it will really keep. What became of it, camera by camera, comes as `lockProgressed` once the command is done. */
  addEvidenceLock: call<Job>()(EvidenceLockOrder),
  /** Locks that this program had made lately, and all that are still followed. */
  listLockProgress: call<LockProgress[]>()(site),
  /** Throws the server's refusal where it cannot be searched. */
  findEvidenceLocks: call<EvidenceLockPage>()(SiteSearch),
  /** Keeps it for another time, counted as `KeepFor` says; to make it shorter needs the right to take it away. */
  extendEvidenceLock: call<Job>()(z.strictObject({ lock: EvidenceLockRef, keepFor: KeepFor })),
  /** Takes a lock away: its recordings may be deleted at once. The reason stands in the audit trail before it is sent. */
  unlockEvidence: call<Job>()(z.strictObject({ lock: EvidenceLockRef, reason: UnlockReason })),

  /** What operators asked for: whatever is open, and what was over lately; oldest first. */
  listJobs: call<Job[]>()(nothing),
  /** Stands in the audit trail before it takes effect. Throws `not-found` where the command no longer waits for it. */
  decideJob: call<void>()(z.strictObject({ id: JobId, decision: JobDecision })),

  /** Newest first; `before` is `next` of the page before, `null` for the first. */
  listAudit: call<AuditPage>()(
    z.strictObject({
      filter: AuditFilter,
      before: z.int().positive().nullable(),
      count: z.int().min(1).max(500),
    }),
  ),
  /**
   * Has the person choose a place, and writes the lines wanted there, oldest first, with a last line by which the file can
   * be verified. `null` where no place was chosen.
   */
  exportAudit: call<AuditExported | null>()(z.strictObject({ filter: AuditFilter, format: AuditFormat })),

  /** Writes a picture and a description of it into the folder for such. Throws `bad-file` where it cannot be written. */
  saveSnapshot: call<SavedFile>()(SnapshotOrder),
  /** Where what operators take away is written, and how much room there is. Throws `bad-file` where it is not there. */
  readExportRoom: call<ExportRoom>()(nothing),
  /** Has the person choose another folder for it; `null` where they thought better of it. */
  chooseTakeAwayFolder: call<string | null>()(nothing),
  /**
   * Makes a folder for a viewing copy of a span. What is written into it comes from the page, file by file; an export that
   * is not ended is taken away again when the page goes. Throws `bad-file` where there is no room for it.
   */
  beginExport: call<ExportBegun>()(ExportOrder),
  writeExport: call<void>()(ExportChunk),
  /** A camera's file is complete: gives it its name, and its hash as it lies on the disk. */
  finishExportFile: call<ExportedFile>()(CameraExported),
  /** Writes the list of what there is. */
  endExport: call<SavedFile>()(ExportEnd),
  /** Takes away everything that was written. */
  cancelExport: call<void>()(z.strictObject({ id: ExportId })),
  /** Exports the last start did not end, and what is left of each; told of until it is dismissed. */
  listBrokenExports: call<BrokenExport[]>()(nothing),
  dismissBrokenExport: call<void>()(z.strictObject({ id: ExportId })),
  /** Shows a file that was saved in the file manager of this computer. Throws `not-found` for one it does not know. */
  showSaved: call<void>()(z.strictObject({ id: z.uuid() })),

  readPreferences: call<Preferences>()(nothing),
  /** Paths are chosen in dialogs of the operating system, never by the page (security.md 7 F103). */
  savePreferences: call<void>()(Preferences.omit({ takeAwayFolder: true }).partial()),
  /** A line for main's log. The page cannot choose where it goes. */
  report: call<void>()(
    z.strictObject({ level: z.enum(['error', 'warn', 'info']), scope: z.string().max(40), line: z.string().max(8192) }),
  ),
}

export type Calls = typeof calls
export type CallName = keyof Calls
export type Input<K extends CallName> = z.infer<Calls[K]['input']>
export type Output<K extends CallName> = Calls[K] extends Call<z.ZodType, infer O> ? O : never

/** What a main process must be able to answer. The fake bridge of the tests implements it too. */
export type Handlers = { [K in CallName]: (input: Input<K>) => Promise<Output<K>> }
