import { z } from 'zod'
import {
  KeepFor,
  type EvidenceLock as ShownLock,
  type KeepChoice,
  type LockExpiry,
} from '../../src-preload/contract/models/evidence-lock.ts'
import { CameraId, type SiteId } from '../../src-preload/contract/models/ids.ts'
import type { EvidenceLock, LockWish, Retention } from '../xprotect/evidence-lock.ts'

/** What the journal keeps of an evidence lock that is to be made; its reference is the command's. */
export const LockOrder = z.object({
  cameraIds: z.array(CameraId).min(1),
  microphoneIds: z.array(z.string()),
  begin: z.string(),
  end: z.string(),
  headline: z.string(),
  description: z.string(),
  keepFor: KeepFor,
})
export type LockOrder = z.infer<typeof LockOrder>

/** What it keeps of a lock that is to hold for another time. */
export const ExtendLockOrder = z.object({ lockId: z.string(), keepFor: KeepFor })
export type ExtendLockOrder = z.infer<typeof ExtendLockOrder>

/** What it keeps of a lock that is to be taken away. */
export const UnlockOrder = ExtendLockOrder.pick({ lockId: true })
export type UnlockOrder = z.infer<typeof UnlockOrder>

/** What it keeps of a lock that was made. */
export const LockSaid = z.object({
  lockId: z.string(),
  /** Cameras it was not put on at first, in the server's words; `null` where that reply was lost. */
  faults: z.array(z.object({ cameraId: CameraId, message: z.string() })).nullable(),
  differs: z.array(z.string()),
  /** The server has not applied it yet, as far as is known. */
  isFollowed: z.boolean(),
})
export type LockSaid = z.infer<typeof LockSaid>

export const retentionOf = (keepFor: KeepFor): LockWish['retention'] => {
  if (keepFor.type === 'indefinite') return { type: 'indefinite', units: 0 }
  if (keepFor.type === 'until') return { type: 'until', units: 0, expires: keepFor.until }
  return keepFor
}

export function choiceOf({ type, units }: Retention): KeepChoice {
  if (type === 'indefinite' || type === 'until') return { type }
  return { type, units: units === 0 ? null : units }
}

/** A lock as the page knows it. */
export function shownLock(siteId: SiteId, lock: EvidenceLock): ShownLock {
  const { retention, expires, size } = lock
  return {
    id: lock.id,
    siteId,
    cameraIds: lock.cameraIds,
    otherDevices: lock.otherDevices,
    reference: lock.reference,
    headline: lock.headline,
    description: lock.description,
    user: lock.user,
    created: lock.created,
    begin: lock.begin,
    end: lock.end,
    protects: lock.protects,
    expires: expiryOf(expires),
    keepFor: retention && choiceOf(retention),
    sizeBytes: size,
  }
}

function expiryOf(expires: string): LockExpiry {
  if (expires === '') return { is: 'unknown' }
  return expires === 'never' ? { is: 'never' } : { is: 'at', at: expires }
}
