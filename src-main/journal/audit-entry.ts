import { z } from 'zod'
import { auditActs, type AuditAct, type CommandOutcome } from '../../src-preload/contract/audit-acts.ts'

/** What somebody tells the audit trail. No secrets; what was typed into forms is cut before it comes here. */
export interface AuditEntry {
  what: AuditAct
  /** The user; empty where the program did it by itself. */
  who: string
  siteId?: string
  /** The server's guid of the camera, output or event. */
  deviceId?: string
  /** Further cameras, where one command is about several. */
  alsoDeviceIds?: string[]
  /** The name of a command on the server. */
  reference?: string
  /** What it was about, as the kind of a command, or the address of a server. */
  subject?: string
  outcome?: string
  /** Why a person did it, in their own words. */
  reason?: string
}

/** One line of the audit trail. */
export const AuditRecord = z.object({
  /** This computer's clock, ISO with its distance from UTC. */
  at: z.string(),
  /** Server clock minus this computer's, milliseconds; `null` where it is not known. */
  serverOffsetMs: z.number().nullable(),
  what: z.enum(auditActs),
  who: z.string(),
  siteId: z.string().exactOptional(),
  deviceId: z.string().exactOptional(),
  alsoDeviceIds: z.array(z.string()).exactOptional(),
  reference: z.string().exactOptional(),
  subject: z.string().exactOptional(),
  outcome: z.string().exactOptional(),
  reason: z.string().exactOptional(),
})
export type AuditRecord = z.infer<typeof AuditRecord>

/** A record as it stands in the trail: where, and under which hash. */
export interface AuditLine extends AuditRecord {
  line: number
  hash: string
}

/** Which lines are wanted; what is absent does not matter. */
export interface AuditFilter {
  /** Milliseconds since 1970; the first moment wanted, and the first not wanted. */
  fromMs?: number
  untilMs?: number
  /** Part of the name, whatever its case. */
  who?: string
  siteId?: string
  deviceId?: string
  what?: readonly AuditAct[]
  /** How a command stood. */
  outcome?: CommandOutcome
  /** Somewhere in what the line says, whatever its case. */
  text?: string
}

export function matches(record: AuditRecord, filter: AuditFilter): boolean {
  const atMs = Date.parse(record.at)
  return (
    atMs >= (filter.fromMs ?? -Infinity) &&
    atMs < (filter.untilMs ?? Infinity) &&
    holds([record.who], filter.who) &&
    (filter.siteId === undefined || record.siteId === filter.siteId) &&
    (filter.deviceId === undefined || [record.deviceId, ...(record.alsoDeviceIds ?? [])].includes(filter.deviceId)) &&
    (filter.what === undefined || filter.what.includes(record.what)) &&
    (filter.outcome === undefined || record.outcome?.split(',')[0] === filter.outcome) &&
    holds([record.reference, record.subject, record.outcome, record.reason, record.who], filter.text)
  )
}

const holds = (texts: (string | undefined)[], wanted = ''): boolean =>
  wanted === '' || texts.some((text) => text?.toLowerCase().includes(wanted.toLowerCase()))

/** A moment by this computer's clock and in its zone: `2026-03-01T09:30:00.123+01:00`. */
export function localTime(ms: number): string {
  const minutes = -new Date(ms).getTimezoneOffset()
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  const zone = `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`
  return new Date(ms + minutes * 60_000).toISOString().replace('Z', zone)
}
