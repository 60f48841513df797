import type { AuditAct } from '../../../src-preload/contract/audit-acts.ts'

/** An act that is about a command. Its line names the command's kind as its subject, and how it stood as its outcome. */
export type CommandAct = Extract<AuditAct, `command-${string}`>

export const isCommand = (what: AuditAct): what is CommandAct => what.startsWith('command-')
