/** One write of the journal, which is over when it is on the disk itself; by main's clock, epoch milliseconds. */
export interface Sync {
  fromMs: number
  toMs: number
}

interface Watched {
  journalSyncs: Sync[]
}

/**
 * From now on main keeps when its journal was synced. On Linux the journal is written through (O_DSYNC), so its write is
 * its sync. Only calls of Node's own `FileHandle.write` are timed, of the file whose name is the outbox's and which was
 * opened so; the calls themselves are as they were. Runs as it stands inside main: it may use nothing from this file.
 */
export async function watchSyncs(): Promise<void> {
  const { open } = process.getBuiltinModule('node:fs/promises')
  const { constants, readFileSync, readlinkSync } = process.getBuiltinModule('node:fs')
  const journalSyncs: Sync[] = []
  Object.assign(globalThis, { journalSyncs })
  const now = (): number => performance.timeOrigin + performance.now()

  const any = await open('/dev/null', 'r')
  type Write = (...all: unknown[]) => Promise<unknown>
  const handle = Object.getPrototypeOf(any) as { fd: number; write: Write }
  await any.close()
  const write = handle.write
  const known = new WeakMap<object, boolean>()
  const isJournal = (fd: number): boolean => {
    const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? '0'
    return readlinkSync(`/proc/self/fd/${fd}`).endsWith('/outbox.log') && (parseInt(flags, 8) & constants.O_DSYNC) !== 0
  }
  handle.write = async function (this: { fd: number }, ...all): Promise<unknown> {
    if (!known.has(this)) known.set(this, isJournal(this.fd))
    const fromMs = now()
    const written = await write.apply(this, all)
    if (known.get(this)) journalSyncs.push({ fromMs, toMs: now() })
    return written
  }
}

/** Takes what was kept since it was asked last. Runs inside main. */
export const endSyncs = (): Sync[] => (globalThis as unknown as Watched).journalSyncs.splice(0)
