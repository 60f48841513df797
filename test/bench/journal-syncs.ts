/** One `fdatasync` of the journal, by main's clock, epoch milliseconds. */
export interface Sync {
  fromMs: number
  toMs: number
}

interface Watched {
  journalSyncs: Sync[]
}

/**
 * From now on main keeps when its journal was synced. Only calls of Node's own `FileHandle.datasync` are timed, of the file
 * whose name is the outbox's; the calls themselves are as they were. Runs as it stands inside main: it may use nothing from
 * this file.
 */
export async function watchSyncs(): Promise<void> {
  const { open } = process.getBuiltinModule('node:fs/promises')
  const { readlinkSync } = process.getBuiltinModule('node:fs')
  const journalSyncs: Sync[] = []
  Object.assign(globalThis, { journalSyncs })
  const now = (): number => performance.timeOrigin + performance.now()

  const any = await open('/dev/null', 'r')
  const handle = Object.getPrototypeOf(any) as { fd: number; datasync: () => Promise<void> }
  await any.close()
  const datasync = handle.datasync
  handle.datasync = async function (this: { fd: number }): Promise<void> {
    const isJournal = readlinkSync(`/proc/self/fd/${this.fd}`).endsWith('/outbox.log')
    const fromMs = now()
    await datasync.call(this)
    if (isJournal) journalSyncs.push({ fromMs, toMs: now() })
  }
}

/** Takes what was kept since it was asked last. Runs inside main. */
export const endSyncs = (): Sync[] => (globalThis as unknown as Watched).journalSyncs.splice(0)
