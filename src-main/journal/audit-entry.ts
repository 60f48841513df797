import { z } from 'zod'

/** What an audit line tells of. */
export const AuditAct = z.enum([
  'program-started',
  'program-ended',
  'signed-in',
  'sign-in-refused',
  'signed-out',
  'trust-changed',
  'command-accepted',
  'command-outcome',
  'command-check',
  'command-send-again',
  'command-drop',
  'audit-damaged',
])
export type AuditAct = z.infer<typeof AuditAct>

/** What somebody tells the audit trail. No secrets; what was typed into forms is cut before it comes here. */
export interface AuditEntry {
  what: AuditAct
  /** The user; empty where the program did it by itself. */
  who: string
  siteId?: string
  /** The server's guid of the camera, output or event. */
  deviceId?: string
  /** The name of a command on the server. */
  reference?: string
  /** What it was about, as the kind of a command. */
  subject?: string
  outcome?: string
}

/** One line of the audit trail. */
export const AuditRecord = z.object({
  /** This computer's clock, ISO with its distance from UTC. */
  at: z.string(),
  /** Server clock minus this computer's, milliseconds; `null` where it is not known. */
  serverOffsetMs: z.number().nullable(),
  what: AuditAct,
  who: z.string(),
  siteId: z.string().exactOptional(),
  deviceId: z.string().exactOptional(),
  reference: z.string().exactOptional(),
  subject: z.string().exactOptional(),
  outcome: z.string().exactOptional(),
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
  who?: string
  siteId?: string
  deviceId?: string
  what?: readonly AuditAct[]
}

export function matches(record: AuditRecord, filter: AuditFilter): boolean {
  const atMs = Date.parse(record.at)
  return (
    atMs >= (filter.fromMs ?? -Infinity) &&
    atMs < (filter.untilMs ?? Infinity) &&
    (filter.who === undefined || record.who === filter.who) &&
    (filter.siteId === undefined || record.siteId === filter.siteId) &&
    (filter.deviceId === undefined || record.deviceId === filter.deviceId) &&
    (filter.what === undefined || filter.what.includes(record.what))
  )
}

/** A moment by this computer's clock and in its zone: `2026-03-01T09:30:00.123+01:00`. */
export function localTime(ms: number): string {
  const minutes = -new Date(ms).getTimezoneOffset()
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  const zone = `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`
  return new Date(ms + minutes * 60_000).toISOString().replace('Z', zone)
}
