import type { Handlers } from '../../src-preload/contract/calls.ts'
import type { AuditDesk } from '../actions/audit-desk.ts'

/** Who did what. Where an export goes is pointed at in the operating system's dialog. */
export const auditHandlers = (desk: AuditDesk): Pick<Handlers, 'listAudit' | 'exportAudit'> => ({
  listAudit: ({ filter, before, count }) => desk.list(filter, before, count),
  exportAudit: ({ filter, format }) => desk.export(filter, format),
})
