import { defineStore } from 'pinia'
import type { AuditFilter, AuditFormat } from '../../src-preload/contract/models/audit.ts'
import { ask } from '../api/ask.ts'

/** The audit trail of this computer. Main keeps it; the page reads it, and has it written out. */
export const useAudit = defineStore('audit', () => ({
  /** A page of the lines wanted, newest first. Throws `bad-file` where the trail cannot be read. */
  read: (filter: AuditFilter, before: number | null, count: number) => ask('listAudit', { filter, before, count }),
  /** Has the person choose a place; gives `null` where they chose none. Throws `bad-file`. */
  writeOut: (filter: AuditFilter, format: AuditFormat) => ask('exportAudit', { filter, format }),
}))
