import type { AuditEntry } from './audit-entry.ts'
import { isSettled, type Job } from './job.ts'

/** Whether a command stands so that the audit trail has to know of it. */
export const isOutcome = (job: Job): boolean =>
  isSettled(job) || job.state.is === 'needs-human' || job.state.is === 'unknown'

/** A command as a line of the audit trail. */
export function auditOf(job: Job, what: AuditEntry['what'], who: string): AuditEntry {
  const { siteId, deviceId, alsoDeviceIds, reference, kind, state, possibleDuplicate, reason } = job
  return {
    what,
    who,
    siteId,
    deviceId,
    ...(alsoDeviceIds && { alsoDeviceIds }),
    reference,
    subject: kind,
    outcome: possibleDuplicate ? `${state.is}, possible duplicate` : state.is,
    ...(reason !== undefined && { reason }),
  }
}
