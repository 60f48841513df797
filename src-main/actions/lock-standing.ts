import type { LockedCamera, LockProgress } from '../../src-preload/contract/models/evidence-lock.ts'
import type { CameraId } from '../../src-preload/contract/models/ids.ts'
import type { EvidenceLock } from '../xprotect/evidence-lock.ts'
import type { LockSaid } from './lock-words.ts'

/** What is known of a lock: what was asked for and said when it was made, and how it was read last. */
export interface LockKnown {
  cameraIds: readonly CameraId[]
  faults: LockSaid['faults']
  lock: EvidenceLock | null
  isGone: boolean
}

/**
 * How each camera stands. The server says once, when a lock is made, which cameras it could not be put on; afterwards it
 * says no more than that the size is known, which is when every recorder has locked its part (xprotect-api.md 7 [D]).
 */
export function lockedCameras({ cameraIds, faults, lock }: LockKnown): LockedCamera[] {
  return cameraIds.map((cameraId) => {
    const fault = faults?.find((one) => one.cameraId === cameraId)
    return {
      cameraId,
      is: standing(cameraId, fault !== undefined || faults === null, lock),
      message: fault?.message ?? '',
    }
  })
}

function standing(cameraId: CameraId, isInDoubt: boolean, lock: EvidenceLock | null): LockedCamera['is'] {
  if (lock && !lock.cameraIds.includes(cameraId)) return 'refused'
  if (lock && lock.size !== null) return 'protected'
  return isInDoubt ? 'waiting' : 'protected'
}

/** How the lock stands as a whole. */
export function lockStanding(known: LockKnown): LockProgress['is'] {
  if (known.isGone) return 'gone'
  if (!known.lock) return 'unread'
  const cameras = lockedCameras(known)
  if (known.lock.size === null || cameras.some(({ is }) => is === 'waiting')) return 'following'
  return cameras.some(({ is }) => is === 'refused') ? 'partial' : 'applied'
}

/** Whether the server may still say something else of it. */
export const isToFollow = (is: LockProgress['is']): boolean => is === 'following' || is === 'unread'
