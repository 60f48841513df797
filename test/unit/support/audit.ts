import type { AuditLine } from '../../../src-preload/contract/models/audit.ts'
import { cameraId } from '../live/support.ts'
import { FINGERPRINT, OTHER_FINGERPRINT, siteId } from './sites.ts'

/** A line of the audit trail, changed where the test says so. A higher one is later. */
export const auditLineOf = (line: number, changes: Partial<AuditLine> = {}): AuditLine => ({
  line,
  at: new Date(Date.UTC(2026, 10, 26, 14, 0, line)).toISOString().replace('Z', '+00:00'),
  serverOffsetMs: null,
  what: 'program-started',
  who: '',
  ...changes,
})

/** A line about a command of a camera. */
export const commandLineOf = (line: number, camera: number, changes: Partial<AuditLine> = {}): AuditLine =>
  auditLineOf(line, {
    serverOffsetMs: 1_240,
    what: 'command-outcome',
    who: 'operator',
    siteId: siteId(1),
    deviceId: cameraId(camera),
    reference: `XD-${line}`,
    subject: 'bookmark',
    outcome: 'done',
    ...changes,
  })

/** One line of every kind there is, the newest first. */
export function auditLinesOf(): AuditLine[] {
  const site = { siteId: siteId(1), serverOffsetMs: 1_240 }
  const asked = { what: 'command-accepted', outcome: 'queued' } as const
  return [
    auditLineOf(2),
    auditLineOf(3, { what: 'sign-in-refused', who: 'operatr', ...site, outcome: 'wrong-password' }),
    auditLineOf(4, { what: 'signed-in', who: 'operator', ...site }),
    commandLineOf(5, 5, asked),
    commandLineOf(6, 5),
    commandLineOf(7, 9, { ...asked, subject: 'start-recording' }),
    commandLineOf(8, 9, { subject: 'start-recording', outcome: 'unknown' }),
    commandLineOf(9, 9, { what: 'command-check', subject: 'start-recording', outcome: 'unknown' }),
    commandLineOf(10, 9, {
      what: 'command-send-again',
      subject: 'start-recording',
      outcome: 'queued, possible duplicate',
    }),
    commandLineOf(11, 9, { subject: 'start-recording', outcome: 'needs-human' }),
    commandLineOf(12, 9, { what: 'command-drop', subject: 'start-recording', outcome: 'dropped' }),
    commandLineOf(13, 3, {
      ...asked,
      subject: 'unlock',
      reason: 'Case 2026-114 is closed; asked for in writing by the prosecutor.',
    }),
    commandLineOf(14, 3, { subject: 'unlock', outcome: 'rejected' }),
    commandLineOf(15, 404, { subject: 'evidence-lock', outcome: 'expired', alsoDeviceIds: [cameraId(5)] }),
    auditLineOf(16, {
      what: 'trust-changed',
      who: 'operator signed in, guard at this computer',
      ...site,
      subject: 'hq-vms.example:443',
      outcome: `${OTHER_FINGERPRINT} in place of ${FINGERPRINT} (agreed)`,
    }),
    auditLineOf(17, { what: 'signed-out', who: 'operator', ...site, outcome: 'signed-out' }),
    auditLineOf(18, {
      what: 'audit-exported',
      who: 'nobody signed in, guard at this computer',
      subject: 'watchpost-audit-2026-11-26.csv',
      outcome: '15 lines, csv',
    }),
    auditLineOf(19, {
      what: 'snapshot-saved',
      who: 'operator signed in, guard at this computer',
      ...site,
      deviceId: cameraId(5),
      subject: 'Lobby 2026-11-26 14.00.19.png',
      outcome: FINGERPRINT,
    }),
    auditLineOf(20, { what: 'audit-damaged', outcome: 'damaged or changed: line 7' }),
    auditLineOf(21, { what: 'program-ended' }),
  ].toReversed()
}
