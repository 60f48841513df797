import type { CommandOutcome } from '../../src-preload/contract/audit-acts.ts'
import type { AuditEntry } from './audit-entry.ts'
import { breath } from './chain.ts'
import { reasonIn } from './job-store.ts'
import { isSettled, senderOf, type Job } from './job.ts'

/** Whether a command stands so that the audit trail has to know of it. */
export const isOutcome = (job: Job): boolean =>
  isSettled(job) || job.state.is === 'needs-human' || job.state.is === 'unknown'

interface Needs {
  /** Writes into the audit trail. */
  audit: (entry: AuditEntry) => Promise<void>
  warn: (line: string) => void
}

/** Tells the audit trail of commands. */
export class JobAudit {
  readonly #needs: Needs
  readonly #notes = new Set<Promise<void>>()
  /** What is noted next, oldest first. */
  #soon: (() => void)[] = []

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** Stands in the trail when it resolves. Throws AppError bad-file where it cannot. */
  record(job: Job, what: AuditEntry['what'], who: string): Promise<void> {
    this.#noteWaiting()
    return this.#needs.audit(entryOf(job, what, who))
  }

  /** The trail must not hold up what it tells of. */
  note(job: Job, what: AuditEntry['what']): void {
    const note = this.record(job, what, senderOf(job))
      .catch((error: unknown) => this.#needs.warn(`${job.reference} is not in the audit trail: ${reasonIn(error)}`))
      .then(() => void this.#notes.delete(note))
    this.#notes.add(note)
  }

  /** The same, once what is being sent at this moment has left, but before anything else is noted. */
  noteSoon(job: Job, what: AuditEntry['what']): void {
    this.#soon.push(() => this.note(job, what))
    // A resting connection is written to a turn of the loop later.
    void breath()
      .then(breath)
      .then(() => this.#noteWaiting())
  }

  #noteWaiting(): void {
    const waiting = this.#soon
    this.#soon = []
    for (const note of waiting) note()
  }

  /** Whatever was noted so far is written, or was warned of. */
  async settled(): Promise<void> {
    this.#noteWaiting()
    await Promise.all(this.#notes)
  }
}

function entryOf(job: Job, what: AuditEntry['what'], who: string): AuditEntry {
  const { siteId, deviceId, alsoDeviceIds, reference, kind, state, possibleDuplicate, reason } = job
  const stood: CommandOutcome = state.is
  return {
    what,
    who,
    siteId,
    deviceId,
    ...(alsoDeviceIds && { alsoDeviceIds }),
    reference,
    subject: kind,
    outcome: possibleDuplicate ? `${stood}, possible duplicate` : stood,
    ...(reason !== undefined && { reason }),
  }
}
