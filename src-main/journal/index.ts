import { AuditTrail, type AuditNeeds } from './audit.ts'
import { Outbox, type OutboxNeeds } from './outbox.ts'
import { ownFolder } from './owner.ts'

/** What operators did and what came of it, opened for this start of the program alone. */
export interface Journal {
  outbox: Outbox
  audit: AuditTrail
  close: () => Promise<void>
}

export interface JournalNeeds
  extends Omit<OutboxNeeds, 'file' | 'key' | 'audit'>, Omit<AuditNeeds, 'file' | 'key' | 'clock' | 'warn' | 'disk'> {
  folder: string
  keys: { outbox: Uint8Array; audit: Uint8Array }
}

/** Opens both logs. Throws AppError bad-file, and then nothing was touched that another start may use. */
export async function openJournal(needs: JournalNeeds): Promise<Journal> {
  const { folder, keys } = needs
  const giveBack = await ownFolder(folder, keys.outbox)
  let audit: AuditTrail | undefined
  try {
    const trail = await AuditTrail.open({ ...needs, file: `${folder}/audit.log`, key: keys.audit })
    audit = trail
    const outbox = await Outbox.open({
      ...needs,
      file: `${folder}/outbox.log`,
      key: keys.outbox,
      audit: (entry) => trail.record(entry),
    })
    return {
      outbox,
      audit,
      async close() {
        await outbox.close()
        await trail.close()
        await giveBack()
      },
    }
  } catch (error) {
    await audit?.close()
    await giveBack()
    throw error
  }
}
