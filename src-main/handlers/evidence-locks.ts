import type { Handlers } from '../../src-preload/contract/calls.ts'
import type { LockDesk } from '../actions/lock-desk.ts'
import type { LockFollowing } from '../actions/lock-following.ts'

type LockCalls =
  | 'listLockProfiles'
  | 'listMicrophones'
  | 'addEvidenceLock'
  | 'listLockProgress'
  | 'findEvidenceLocks'
  | 'extendEvidenceLock'
  | 'unlockEvidence'

/** Video that nothing may delete. */
export const lockHandlers = (desk: LockDesk, following: LockFollowing): Pick<Handlers, LockCalls> => ({
  listLockProfiles: ({ siteId }) => desk.profiles(siteId),
  listMicrophones: ({ siteId, cameraIds }) => desk.microphones(siteId, cameraIds),
  addEvidenceLock: (order) => desk.add(order),
  listLockProgress: async ({ siteId }) => following.progressAt(siteId),
  findEvidenceLocks: (search) => desk.find(search),
  extendEvidenceLock: ({ lock, keepFor }) => desk.extend(lock, keepFor),
  unlockEvidence: ({ lock, reason }) => desk.unlock(lock, reason),
})
