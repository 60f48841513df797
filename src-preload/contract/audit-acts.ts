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
  /** A picture was saved into a file: `subject` is its name, `outcome` its SHA-256. */
  'snapshot-saved',
  /** A viewing copy was begun, one camera of it is complete, or it was taken away again: `subject` names the file or folder. */
  'export-begun',
  'export-saved',
  'export-cancelled',
  'audit-damaged',
] as const

export type AuditAct = (typeof auditActs)[number]

/** How a command can stand in the trail; `, possible duplicate` may follow. */
export const commandOutcomes = [
  /** Safe on the disk, and not sent yet. */
  'queued',
  'sending',
  /** The server confirmed it. */
  'done',
  /** The server said no. */
  'rejected',
  /** It left, and nobody can say whether it was done: the server is asked. */
  'unknown',
  'needs-human',
  /** It could not be sent in time, and was not. */
  'expired',
  'dropped',
] as const

export type CommandOutcome = (typeof commandOutcomes)[number]
