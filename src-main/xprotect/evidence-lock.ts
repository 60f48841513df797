import type { CameraId } from '../../src-preload/contract/models/ids.ts'

export type RetentionType = 'indefinite' | 'until' | 'hours' | 'days' | 'weeks' | 'months' | 'years'

export interface Retention {
  type: RetentionType
  /** How many hours, days, …; 0 where nothing is counted, and in what a role may choose: as many as one likes. */
  units: number
}

/** Moments are ISO in UTC; of a stored lock, to the letter of the server. */
export interface LockWish {
  cameraIds: CameraId[]
  /** Microphones and metadata are not locked with their camera: they are named here (xprotect-api.md 7). */
  otherDevices?: { type: string; id: string }[]
  /** Ours, by which it is found again; the server does not keep it unique (security.md 4.4). */
  reference: string
  headline: string
  description: string
  begin: string
  triggered: string
  end: string
  /** `expires` goes with `until`, and only there. */
  retention: Retention & { expires?: string }
}

export type LockChange = Partial<Pick<LockWish, 'headline' | 'description' | 'retention'>>

export interface EvidenceLock {
  id: string
  reference: string
  headline: string
  description: string
  user: string
  created: string
  /** What was asked to be kept … */
  begin: string
  triggered: string
  end: string
  /** … and what is: whole blocks. `null` where the server does not say from when to when. */
  protects: { begin: string; end: string } | null
  /** `never`, or a moment; empty where the server does not say. */
  expires: string
  retention: Retention | null
  /** Once the server has worked it out. In its own unit, which is not documented [?]. */
  size: number | null
  cameraIds: CameraId[]
  /** How many microphones and the like are locked too. */
  otherDevices: number
}

/** What a role may choose to keep for. */
export interface LockProfile {
  id: string
  name: string
  retentions: Retention[]
}
