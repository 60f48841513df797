import type { KeepFor } from '../../src-preload/contract/models/evidence-lock.ts'
import type { JobKind } from '../../src-preload/contract/models/job.ts'
import type { Look } from '../journal/job-course.ts'
import type { Job } from '../journal/job.ts'
import type { Performer } from '../journal/performer.ts'
import type { EvidenceLock, LockWish } from '../xprotect/evidence-lock.ts'
import type { LockMade } from '../xprotect/evidence-locks.ts'
import type { ActionSites } from './action-site.ts'
import { present } from './bookmark-performers.ts'
import { ExtendLockOrder, LockOrder, retentionOf, UnlockOrder, type LockSaid } from './lock-words.ts'
import { goneIsDone, sentAs } from './sent.ts'

type Locks = Pick<Record<JobKind, Performer>, 'evidence-lock' | 'extend-lock' | 'unlock'>

/** Makes, lengthens and takes away evidence locks: what no answer came of is looked up before it is sent again. */
export function lockPerformers(sites: ActionSites): Locks {
  const locksAt = ({ siteId }: Job) => sites.get(siteId).actions.evidenceLocks
  const read = (job: Job, signal: AbortSignal): Promise<EvidenceLock | undefined> =>
    present(locksAt(job).get(UnlockOrder.parse(job.order).lockId, signal))

  return {
    'evidence-lock': {
      send: async (job, signal) => sentAs(await locksAt(job).create(wishOf(job), signal), madeAs),
      async lookUp(job, signal) {
        const found = await locksAt(job).lookUp(wishOf(job), signal)
        if (found.is === 'found') return { is: 'found', said: foundAs(found.one) }
        return found.is === 'cannot-tell' ? { is: 'cannot-tell' } : found
      },
    },

    'extend-lock': {
      async send(job, signal) {
        const { lockId, keepFor } = ExtendLockOrder.parse(job.order)
        const outcome = await locksAt(job).edit(lockId, { retention: retentionOf(keepFor) }, signal)
        return sentAs(outcome, ({ differs }) => ({ lockId, differs }))
      },
      async lookUp(job, signal): Promise<Look> {
        const { lockId, keepFor } = ExtendLockOrder.parse(job.order)
        const stored = await read(job, signal)
        if (!stored) return { is: 'absent' }
        if (!stored.retention) return { is: 'cannot-tell' }
        return isKeptFor(stored, keepFor) ? { is: 'found', said: { lockId, differs: [] } } : { is: 'absent' }
      },
    },

    unlock: {
      async send(job, signal) {
        const { lockId } = UnlockOrder.parse(job.order)
        return goneIsDone(
          job,
          sentAs(await locksAt(job).remove(lockId, signal), () => ({ lockId })),
        )
      },
      async lookUp(job, signal): Promise<Look> {
        if (await read(job, signal)) return { is: 'absent' }
        return { is: 'found', said: UnlockOrder.parse(job.order) }
      },
    },
  }
}

function wishOf(job: Job): LockWish {
  const { microphoneIds, keepFor, ...order } = LockOrder.parse(job.order)
  return {
    ...order,
    reference: job.reference,
    triggered: order.begin,
    retention: retentionOf(keepFor),
    otherDevices: microphoneIds.map((id) => ({ type: 'microphones', id })),
  }
}

function madeAs({ id, cameras, differs }: LockMade): LockSaid {
  const faults = cameras.flatMap(({ cameraId, isLocked, message }) => (isLocked ? [] : [{ cameraId, message }]))
  return { lockId: id, faults, differs, isFollowed: true }
}

/** Its reply was lost, and with it which cameras it could not be put on. */
const foundAs = ({ id }: EvidenceLock): LockSaid => ({ lockId: id, faults: null, differs: [], isFollowed: true })

/** The server may write a moment with other digits, and has its own way to count months: `until` alone is compared. */
function isKeptFor({ retention, expires }: EvidenceLock, keepFor: KeepFor): boolean {
  const wished = retentionOf(keepFor)
  if (retention?.type !== wished.type) return false
  if (wished.type === 'until') return Math.abs(Date.parse(expires) - Date.parse(wished.expires!)) < 1_000
  return wished.type === 'indefinite' || retention.units === wished.units
}
