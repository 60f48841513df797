import { createHash } from 'node:crypto'
import { mkdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../src-preload/contract/failure.ts'
import { reasonOf } from '../file-reason.ts'
import { isThere, leastFreeBytes, placeNew, type Disk } from './verified-file.ts'

/** Where things are written: a folder a person chose, or ours, which is made where it is not there. */
export interface TakeAwayFolder {
  folder: string
  isOurs: boolean
}

/** What lies beside a picture, in its own words; `sha256` is of the picture's bytes, in hex. */
export type Describe = (fileName: string, sha256: string) => object

/** So many pictures of one camera and one thousandth of a second may lie in a folder. */
const MOST_ALIKE = 99

/**
 * Writes a picture and beside it a file that describes it, under names nobody has: `NAME.png` and `NAME.png.json`. Both or
 * none. Throws AppError bad-file.
 */
export async function writePicture(
  { folder, isOurs }: TakeAwayFolder,
  picture: { name: string; ending: string; bytes: Uint8Array },
  describe: Describe,
  disk: Disk,
): Promise<{ fileName: string; sha256: string }> {
  const bytes = Buffer.from(picture.bytes.buffer, picture.bytes.byteOffset, picture.bytes.byteLength)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await demandFolder({ folder, isOurs }, bytes.length, disk)
  for (let count = 1; count <= MOST_ALIKE; count++) {
    const fileName = `${picture.name}${count === 1 ? '' : ` (${count})`}${picture.ending}`
    const text = `${JSON.stringify(describe(fileName, sha256), null, 2)}\n`
    if (await writeBoth(path.join(folder, fileName), bytes, text)) return { fileName, sha256 }
  }
  throw new AppError({ kind: 'bad-file', file: folder, problem: 'holds too many pictures of that moment' })
}

/** Throws AppError bad-file where the folder is not there, or has no room for so much. */
export async function demandFolder({ folder, isOurs }: TakeAwayFolder, bytes: number, disk: Disk): Promise<void> {
  try {
    if (isOurs) await mkdir(folder, { recursive: true })
    if (!(await stat(folder)).isDirectory()) throw new Error('is not a folder')
    if ((await disk.freeBytes(folder)) < leastFreeBytes + bytes) throw new Error('the disk is full')
  } catch (cause) {
    throw new AppError({ kind: 'bad-file', file: folder, problem: reasonOf(cause) }, { cause })
  }
}

/** False where one of the names is taken. */
async function writeBoth(file: string, bytes: Buffer, description: string): Promise<boolean> {
  const beside = `${file}.json`
  let isWritten = false
  try {
    if ((await isThere(file)) || (await isThere(beside))) return false
    await placeNew(file, bytes)
    isWritten = true
    await placeNew(beside, Buffer.from(description))
    return true
  } catch (cause) {
    if (isWritten) await rm(file, { force: true })
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw new AppError({ kind: 'bad-file', file, problem: reasonOf(cause) }, { cause })
  }
}
