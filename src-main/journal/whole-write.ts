import type { Disk, OpenFile } from './disk.ts'

/** Writes all of it, however little a write takes at once. Rejects with what the disk said; then a part may be there. */
export async function writeAll(open: OpenFile, bytes: Uint8Array, atByte: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const taken = await open.write(bytes.subarray(done), atByte + done)
    if (taken === 0) throw new Error('the disk takes nothing more')
    done += taken
  }
}

/** Makes a file of these bytes, and looks whether it reads back as them. */
export async function writeWhole(disk: Disk, file: string, bytes: Buffer): Promise<void> {
  const open = await disk.open(file)
  try {
    await open.truncate(0)
    await writeAll(open, bytes, 0)
    await open.sync()
    if (!bytes.equals(await open.read())) throw new Error('it read back differently')
  } finally {
    await open.close()
  }
}

/** Whether a write failed for want of room. */
export const isFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')
