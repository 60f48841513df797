import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, link, lstat, mkdir, open, rename, rm, statfs } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../src-preload/contract/failure.ts'
import { reasonOf } from '../file-reason.ts'

/** So much of a disk is left alone. */
export const leastFreeBytes = 2 * 1024 * 1024
const backups = [1, 2, 3]

/** What the disk is asked for. Handed in so that tests can fill it up. */
export interface Disk {
  freeBytes: (folder: string) => Promise<number>
}

export const realDisk: Disk = {
  async freeBytes(folder) {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  },
}

/** Names of the copies kept of a file, newest first. */
export const backupsOf = (file: string): string[] => backups.map((age) => `${file}.bak${age}`)

/**
 * Replaces a file so that a crash, a full disk or a pulled plug leaves the old one or the new one, never a part
 * (security.md 3.1: usual libraries rename a truncated file over a good one on a nearly full disk and report success).
 *
 * `keep` says whether what the file holds now is worth a place in the ring of backups.
 * Throws AppError bad-file; then the old file is as it was.
 */
export async function writeVerified(
  file: string,
  text: string,
  disk: Disk,
  keep: (old: Buffer) => boolean,
): Promise<void> {
  const folder = path.dirname(file)
  const fresh = Buffer.from(text)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    if ((await disk.freeBytes(folder)) < leastFreeBytes + fresh.length) throw new Error('the disk is full')
    const old = await readRegular(file, fresh.length + 4_194_304).catch(absent)
    if (old && keep(old)) await pushBackup(file, old)
    await place(file, fresh)
    await syncFolder(folder)
  } catch (cause) {
    throw new AppError({ kind: 'bad-file', file, problem: `was not saved: ${reasonOf(cause)}` }, { cause })
  }
}

/** Reads a file that must be one: a pipe or a device in its place would never end. Links are followed. */
export async function readRegular(file: string, mostBytes: number): Promise<Buffer> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const facts = await handle.stat()
    if (!facts.isFile()) throw new Error('is not a file')
    if (facts.size > mostBytes) throw new Error('is too large')
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}

/** Whether anything stands there, be it a link that leads nowhere. */
export const isThere = (file: string): Promise<boolean> =>
  lstat(file).then(
    () => true,
    (error: unknown) => (error as NodeJS.ErrnoException).code !== 'ENOENT',
  )

/** Writes a file under a name nobody has. Rejects with `EEXIST` where somebody has it, and leaves nothing else behind. */
export async function placeNew(file: string, bytes: Buffer): Promise<void> {
  await place(file, bytes, takeName)
  await syncFolder(path.dirname(file))
}

/** Gives what was written beside its name, unless something is called so. Some disks know no second names. */
export async function takeName(beside: string, file: string): Promise<void> {
  await link(beside, file).catch(async (error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error
    await copyFile(beside, file, constants.COPYFILE_EXCL)
  })
  await rm(beside, { force: true })
}

/** Writes beside the file, reads back, compares, and only then takes its place. */
async function place(file: string, bytes: Buffer, take: (from: string, to: string) => Promise<void> = rename) {
  const beside = `${file}.${randomUUID().slice(0, 8)}.tmp`
  try {
    const handle = await open(beside, 'wx', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    if (!bytes.equals(await readRegular(beside, bytes.length))) throw new Error('it read back differently')
    await take(beside, file)
  } catch (cause) {
    await rm(beside, { force: true })
    throw cause
  }
}

/** 2 becomes 3, 1 becomes 2, and the current file becomes 1. */
async function pushBackup(file: string, bytes: Buffer): Promise<void> {
  const [newest = '', ...older] = backupsOf(file)
  const before = await readRegular(newest, bytes.length).catch(() => undefined)
  if (before?.equals(bytes)) return
  for (const [index, target] of [...older.entries()].reverse()) {
    await rename(backupsOf(file)[index]!, target).catch(absent)
  }
  await place(newest, bytes)
}

/** A rename is on the disk only when its folder is. Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function absent(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
  throw error
}
