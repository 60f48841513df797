import { z } from 'zod'
import { CameraId, CameraRef, SiteId } from './ids.ts'
import type { JobId } from './job.ts'

const moment = z.iso.datetime()

/** Counted from the moment the server makes the lock. */
export const KeepUnit = z.enum(['hours', 'days', 'weeks', 'months', 'years'])
export type KeepUnit = z.infer<typeof KeepUnit>

/** How long a lock is to hold: until it is taken away · until a moment, ISO, UTC · so many hours, days, … */
export const KeepFor = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('indefinite') }),
  z.strictObject({ type: z.literal('until'), until: moment }),
  z.strictObject({ type: KeepUnit, units: z.int().min(1).max(10_000) }),
])
export type KeepFor = z.infer<typeof KeepFor>

/** One choice a role allows. `units` is `null` where as many as one likes. */
export type KeepChoice = { type: 'indefinite' } | { type: 'until' } | { type: KeepUnit; units: number | null }

/** What a role may choose to keep for. A site may have several; which of them is the user's the server does not say. */
export interface LockProfile {
  id: string
  name: string
  choices: KeepChoice[]
}

/** A microphone that belongs to cameras: it is not locked with them unless it is named. */
export interface RelatedMicrophone {
  /** The server's guid of it. */
  id: string
  /** Empty where the server does not say. */
  name: string
  cameraIds: CameraId[]
}

/** Video of cameras of one site that nothing may delete. One lock; cameras of two sites need two. */
export const EvidenceLockOrder = z.strictObject({
  siteId: SiteId,
  cameraIds: z.array(CameraId).min(1).max(200),
  /** Of `listMicrophones`, those that are to be locked too. */
  microphoneIds: z.array(z.guid()).max(200),
  /** ISO, UTC, by the server's clock, `from` before `to`. What is really protected is more: whole hours. */
  from: moment,
  to: moment,
  headline: z.string().trim().min(1).max(200),
  description: z.string().trim().max(2_000),
  keepFor: KeepFor,
})
export type EvidenceLockOrder = z.infer<typeof EvidenceLockOrder>

/** When a lock ends by itself: ISO, UTC · never · the server does not say. */
export type LockExpiry = { is: 'at'; at: string } | { is: 'never' } | { is: 'unknown' }

/** A lock as the server has it. Moments are ISO, UTC, by the server's clock. */
export interface EvidenceLock {
  /** The server's guid of it. */
  id: string
  siteId: SiteId
  cameraIds: CameraId[]
  /** How many microphones and the like are locked too. */
  otherDevices: number
  reference: string
  headline: string
  description: string
  /** Who made it; empty where the server does not say. */
  user: string
  created: string
  /** What was asked to be kept … */
  begin: string
  end: string
  /** … and what is: whole blocks of an hour. `null` where the server does not say from when to when. */
  protects: { begin: string; end: string } | null
  expires: LockExpiry
  /** What was chosen to keep for, where the server says it; of `until`, `expires` has the moment. */
  keepFor: KeepChoice | null
  /**
   * What it takes on the disks; `null` until every recorder has locked its part. The server's unit is not documented and
   * taken for bytes.
   */
  sizeBytes: number | null
}

/** What a search found, the latest made first. */
export interface EvidenceLockPage {
  locks: EvidenceLock[]
  /** What to ask on with; `null` where there are no more. */
  next: string | null
}

/** Names a lock that was found, and what the command for it is called: its own reference. */
export const EvidenceLockRef = z.strictObject({
  id: z.guid(),
  /** Its first camera: commands for one camera go one after the other. */
  camera: CameraRef,
  reference: z.string().max(200),
})
export type EvidenceLockRef = z.infer<typeof EvidenceLockRef>

/** Why a lock is taken away: a person's own words, for the audit trail. */
export const UnlockReason = z.string().trim().min(1).max(500)

/**
 * How a lock went for one camera. `protected`: the server named no fault of it, or has said since that the whole lock is
 * applied · `waiting`: it could not be put on yet, as where a recorder is offline; the server holds it for the camera and
 * it is being followed: NOT protected until then · `refused`: the lock does not have the camera.
 */
export interface LockedCamera {
  cameraId: CameraId
  is: 'protected' | 'waiting' | 'refused'
  /** The server's words where it is not protected; empty where it gave none. */
  message: string
}

/**
 * What became of a lock that this program had made: followed until the server has applied it.
 *
 * `applied`: every camera is protected and the size is known · `following`: some camera waits, or the size is not known
 * yet; asked again and again while the site can be reached · `partial`: some camera was refused, and nothing waits any
 * more · `gone`: the server has it no more; it was taken away, or has run out · `unread`: it was made, and could not be
 * read back yet.
 */
export interface LockProgress {
  /** The command that made it. */
  jobId: JobId
  siteId: SiteId
  /** The server's guid of the lock. */
  lockId: string
  is: 'applied' | 'following' | 'partial' | 'gone' | 'unread'
  cameras: LockedCamera[]
  /** As it was read last; `null` where it never was. */
  lock: EvidenceLock | null
  /** Fields the server keeps as something else than was asked for, by their names in `EvidenceLock`. */
  differs: string[]
  /** When the server was last heard of it, ISO, UTC, by this computer's clock. */
  seenAt: string
}
