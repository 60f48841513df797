import { constants } from 'node:fs'
import { copyFile, link, mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises'
import path from 'node:path'

/** One open file, written at places we name. Every step may fail, and a write may fall short. */
export interface OpenFile {
  read: () => Promise<Buffer>
  /** What a `write` took is on the disk itself when it resolves: no `sync` is needed after it. */
  isWrittenThrough: boolean
  /** Gives the number of bytes that were taken, which may be fewer than there were. */
  write: (bytes: Uint8Array, atByte: number) => Promise<number>
  truncate: (toBytes: number) => Promise<void>
  /** What was written is on the disk itself when this resolves. */
  sync: () => Promise<void>
  close: () => Promise<void>
}

/** What a journal asks of a disk. Handed in so that tests can fill it, break it and pull its plug. */
export interface Disk {
  /** Opens for reading and writing; makes the file, and its folder, where there is none. */
  open: (file: string) => Promise<OpenFile>
  /** A second name for a file's content, or a copy where the disk knows no second names. Never replaces anything. */
  duplicate: (from: string, to: string) => Promise<void>
  /** Takes the place of what is there. */
  rename: (from: string, to: string) => Promise<void>
  /** Nothing there is good as well. */
  remove: (file: string) => Promise<void>
  /** New names and lost ones are on the disk itself when this resolves. */
  syncFolder: (folder: string) => Promise<void>
}

/**
 * A disk of this computer. `throughFlag` is what open(2) takes for writing through: then a record is one trip to the disk
 * instead of two. 0 where there is none, as in Node on Windows.
 */
export const diskWith = (throughFlag: number): Disk => ({
  async open(file) {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
    // A pipe in its place would never answer.
    const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NONBLOCK | throughFlag
    const handle = await open(file, flags, 0o600)
    if ((await handle.stat()).isFile()) return fileOf(handle, throughFlag !== 0)
    await handle.close()
    throw new Error('is not a file')
  },
  async duplicate(from, to) {
    await link(from, to).catch(() => copyFile(from, to, constants.COPYFILE_EXCL))
  },
  rename: (from, to) => rename(from, to),
  remove: (file) => rm(file, { force: true }),
  async syncFolder(folder) {
    if (process.platform === 'win32') return // it has no such call and needs none
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  },
})

export const realDisk = diskWith((constants as Partial<typeof constants>).O_DSYNC ?? 0)

const fileOf = (handle: FileHandle, isWrittenThrough: boolean): OpenFile => ({
  isWrittenThrough,
  async read() {
    const { size } = await handle.stat()
    const bytes = Buffer.alloc(size)
    for (let at = 0; at < size;) {
      const { bytesRead } = await handle.read(bytes, at, size - at, at)
      if (bytesRead === 0) return bytes.subarray(0, at)
      at += bytesRead
    }
    return bytes
  },
  write: async (bytes, atByte) => (await handle.write(bytes, 0, bytes.length, atByte)).bytesWritten,
  truncate: (toBytes) => handle.truncate(toBytes),
  sync: () => handle.datasync(),
  close: () => handle.close(),
})
