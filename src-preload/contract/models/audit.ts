import { z } from 'zod'
import { auditActs, commandOutcomes, type AuditAct } from '../audit-acts.ts'
import { SiteId } from './ids.ts'

const moment = z.iso.datetime()

/** Which lines of the audit trail are wanted; what is absent does not matter. */
export const AuditFilter = z.strictObject({
  /** ISO, UTC, by this computer's clock: the first moment wanted, and the first not wanted. */
  from: moment.exactOptional(),
  until: moment.exactOptional(),
  siteId: SiteId.exactOptional(),
  /** The server's guid of a camera, output or event. */
  deviceId: z.guid().exactOptional(),
  what: z.array(z.enum(auditActs)).max(auditActs.length).exactOptional(),
  /** How a command stood; lines of anything else have none of these. */
  outcome: z.enum(commandOutcomes).exactOptional(),
  /** Part of the user's name; case does not matter. */
  who: z.string().trim().max(300).exactOptional(),
  /** Somewhere in what the line says: the reference, the subject, the outcome, the reason, the user. */
  text: z.string().trim().max(200).exactOptional(),
})
export type AuditFilter = z.infer<typeof AuditFilter>

/** One line of the audit trail. */
export interface AuditLine {
  /** Its place in the trail, counted from 1. */
  line: number
  /** This computer's clock, ISO with its distance from UTC: `2026-03-01T09:30:00.123+01:00`. */
  at: string
  /** Server clock minus this computer's, milliseconds; `null` where it was not known, or no server was concerned. */
  serverOffsetMs: number | null
  what: AuditAct
  /** Empty where the program did it by itself. */
  who: string
  siteId?: string
  deviceId?: string
  /** Further cameras, where one command is about several. */
  alsoDeviceIds?: string[]
  /** What a command, a bookmark or a lock is called on the server. */
  reference?: string
  /** What it was about: a kind of command (`JobKind`), or the address of a server. */
  subject?: string
  /** What came of it: a state of the journal, the kind of a failure, a fingerprint. */
  outcome?: string
  /** Why a person did it, in their own words. */
  reason?: string
}

/** A page of the audit trail, newest first. */
export interface AuditPage {
  lines: AuditLine[]
  /** What to ask on with; `null` where the trail holds no more such lines. */
  next: number | null
  /**
   * What is wrong with the trail, as it was found at the start and as it lies on the disk now, in English words; empty
   * where it is whole. Belongs above every page.
   */
  problems: string[]
}

/** `csv` for a spreadsheet · `json` for a program. Both end in a line by which `--verify-audit` checks the file. */
export const AuditFormat = z.enum(['csv', 'json'])
export type AuditFormat = z.infer<typeof AuditFormat>

/** A file that was written. */
export interface AuditExported {
  /** Without its folder. */
  fileName: string
  lines: number
}
