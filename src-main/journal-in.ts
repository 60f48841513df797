import path from 'node:path'
import { AppError } from '../src-preload/contract/failure.ts'
import { openJournal, type Journal, type JournalNeeds } from './journal/index.ts'
import { readKey } from './storage/key-file.ts'
import { readRegular, realDisk, writeVerified } from './storage/verified-file.ts'

/** Where in the program's data folder the journal, its keys and the kept head of the audit trail lie. */
export const journalPlaces = (dataFolder: string) => ({
  folder: path.join(dataFolder, 'journal'),
  outboxKeyFile: path.join(dataFolder, 'keys', 'outbox.key'),
  keyFile: path.join(dataFolder, 'keys', 'audit.key'),
  anchorFile: path.join(dataFolder, 'keys', 'audit-head.json'),
})

/** Opens the journal of a data folder; without one there is none. Throws AppError bad-file where it, or a key, cannot be used. */
export async function openJournalIn(
  dataFolder: string | undefined,
  needs: Omit<JournalNeeds, 'folder' | 'keys' | 'secondPlace'>,
): Promise<Journal> {
  if (dataFolder === undefined) throw new AppError({ kind: 'bad-file', file: 'journal', problem: 'has no place' })
  const { folder, outboxKeyFile, keyFile, anchorFile } = journalPlaces(dataFolder)
  const keys = { outbox: await readKey(outboxKeyFile), audit: await readKey(keyFile) }
  const secondPlace: JournalNeeds['secondPlace'] = {
    read: async () =>
      (
        await readRegular(anchorFile, 4096).catch((error: unknown) => {
          if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
          throw error
        })
      )?.toString(),
    write: (text) => writeVerified(anchorFile, text, realDisk, () => false),
  }
  return openJournal({ ...needs, folder, keys, secondPlace })
}
