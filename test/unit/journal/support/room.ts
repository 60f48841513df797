import { randomUUID } from 'node:crypto'
import type { SiteId } from '../../../../src-preload/contract/models/ids.ts'
import type { Job, JobId, JobKind } from '../../../../src-preload/contract/models/job.ts'
import type { AuditEntry } from '../../../../src-main/journal/audit-entry.ts'
import type { Command } from '../../../../src-main/journal/job.ts'
import { Outbox } from '../../../../src-main/journal/outbox.ts'
import type { Performer } from '../../../../src-main/journal/performer.ts'
import { FakeClock } from './fake-clock.ts'
import { FaultyDisk } from './faulty-disk.ts'

export const key = Buffer.alloc(32, 7)
export const file = '/data/outbox.log'
export const north = '0b3e9a52-6c3e-4f7b-9d84-0e7e4d1c9a01' as SiteId
export const south = '0b3e9a52-6c3e-4f7b-9d84-0e7e4d1c9a02' as SiteId
export const newId = (): JobId => randomUUID() as JobId

export const commandOf = (kind: JobKind, more: Partial<Command> = {}): Command => ({
  kind,
  siteId: north,
  deviceId: 'c1',
  user: 'op',
  order: {},
  ...more,
})

/** An outbox, and everything it was given. */
export class Room {
  readonly clock: FakeClock
  disk: FaultyDisk
  performers: Partial<Record<JobKind, Performer>>
  /** Every state told of every command, in order: `bookmark done`. */
  told: string[] = []
  audited: AuditEntry[] = []
  warned: string[] = []
  audit = (entry: AuditEntry): Promise<void> => {
    this.audited.push(entry)
    return Promise.resolve()
  }

  constructor(performers: Room['performers'], clock = new FakeClock(), disk = new FaultyDisk()) {
    this.performers = performers
    this.clock = clock
    this.disk = disk
  }

  open(): Promise<Outbox> {
    return Outbox.open({
      file,
      key,
      clock: this.clock,
      disk: this.disk,
      newId,
      performers: this.performers,
      changed: (job) => void this.told.push(`${job.kind} ${job.state.phase}`),
      audit: (entry) => this.audit(entry),
      warn: (line) => void this.warned.push(line),
    })
  }

  /** The program dies at once, and is started anew on what it left. */
  crash(): Promise<Outbox> {
    this.disk = this.disk.killProgram()
    return this.open()
  }
}

export const phasesOf = (outbox: Outbox): string[] => outbox.jobs.map(({ kind, state }) => `${kind} ${state.phase}`)
export const only = (outbox: Outbox): Job => {
  const [job, ...others] = outbox.jobs
  if (!job || others.length > 0) throw new Error('there is not one command alone')
  return job
}
