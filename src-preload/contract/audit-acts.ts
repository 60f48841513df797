/** What an audit line can tell of. */
export const auditActs = [
  'program-started',
  'program-ended',
  'signed-in',
  'sign-in-refused',
  'signed-out',
  /** A certificate was agreed on, or another in the place of one that changed: `subject` says which. */
  'trust-changed',
  'command-accepted',
  'command-outcome',
  'command-check',
  'command-send-again',
  'command-drop',
  /** Lines of the trail were written into a file. */
  'audit-exported',
  'audit-damaged',
] as const

export type AuditAct = (typeof auditActs)[number]
