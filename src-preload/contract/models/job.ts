import { z } from 'zod'
import type { Failure } from '../failure.ts'
import type { SiteId } from './ids.ts'

/** Names one command of an operator. Ours, not the server's. */
export const JobId = z.uuid().brand('JobId')
export type JobId = z.infer<typeof JobId>

/** What an operator can have done. */
export const JobKind = z.enum([
  'evidence-lock',
  'extend-lock',
  'unlock',
  'bookmark',
  'edit-bookmark',
  'delete-bookmark',
  'start-recording',
  'extend-recording',
  'stop-recording',
  'event',
  'output',
  'ptz',
])
export type JobKind = z.infer<typeof JobKind>

/** What the server said when it had done it, in our words: as an id, the span it really locked, cameras it left out. */
export type JobSaid = z.infer<ReturnType<typeof z.json>>

/**
 * Why a person has to decide: nobody can say whether it was done, and it may not be sent again unasked · the same, and
 * meanwhile it is too late · it was surely not done, and may not be sent again unasked · this program no longer does it ·
 * another user is signed in than the one who asked for it: sent again by them, it is theirs.
 */
export type NeedsPerson = 'not-confirmed' | 'too-late' | 'not-done' | 'cannot-do' | 'other-user'

/** What a person may decide of a command: ask the server once more · send it, though it may have been done · give it up. */
export const JobDecision = z.enum(['check', 'send-again', 'drop'])
export type JobDecision = z.infer<typeof JobDecision>

/** Where a command stands, as the screen shows it. Only `done` was confirmed by the server. */
export type JobState =
  /**
   * Safe on this computer's disk, and not sent yet; `because` says what keeps it, where something does. Of a recording
   * that means at once: it does NOT record.
   */
  | { phase: 'accepted'; because?: Failure }
  | { phase: 'sending' }
  | { phase: 'done'; said: JobSaid }
  | { phase: 'refused'; because: Failure }
  /** It left, and no answer came: it may or may not have been done. The server will be asked. */
  | { phase: 'unknown'; because: Failure }
  | { phase: 'needs-person'; because: Failure; why: NeedsPerson }
  /** It could not be sent in time, and was not. */
  | { phase: 'expired' }
  /** A person gave it up. */
  | { phase: 'dropped'; by: string }

/** One command and where it stands. */
export interface Job {
  id: JobId
  kind: JobKind
  siteId: SiteId
  /** The server's guid of the camera, output or event it is about. */
  deviceId: string
  /** Further cameras, where one command is about several. */
  alsoDeviceIds?: string[]
  /** The headline of a bookmark or a lock, where it has one. */
  headline?: string
  /** Who asked for it; empty where this program did by itself, as at the end of a recording. */
  user: string
  /** What it is called on the server, where it can be looked up. */
  reference: string
  /** ISO, UTC, by this computer's clock. */
  acceptedAt: string
  /** It was sent again without certainty that the first was not done: the server may hold it twice. */
  possibleDuplicate: boolean
  state: JobState
}
