import { randomBytes } from 'node:crypto'
import { link, rm } from 'node:fs/promises'
import { AppError } from '../../src-preload/contract/failure.ts'
import { reasonOf } from '../file-reason.ts'
import { readRegular, realDisk, writeVerified, type Disk } from './verified-file.ts'

const KEY_BYTES = 32

/**
 * The key in a file that only this user may read; made where there is none. It proves that a journal was written here and
 * not changed since; it hides nothing.
 *
 * Throws AppError bad-file. A key that cannot be read is never replaced: whatever it vouches for would be lost with it.
 */
export async function readKey(file: string, disk: Disk = realDisk): Promise<Buffer> {
  try {
    const key = Buffer.from((await readRegular(file, 1024)).toString().trim(), 'hex')
    if (key.length === KEY_BYTES) return key
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return makeKey(file, disk)
    throw new AppError({ kind: 'bad-file', file, problem: reasonOf(cause) }, { cause })
  }
  throw new AppError({ kind: 'bad-file', file, problem: 'is not a key' })
}

/** Two first starts at once end up with one key: a name is given to a whole file, and never twice. */
async function makeKey(file: string, disk: Disk): Promise<Buffer> {
  const beside = `${file}.${randomBytes(4).toString('hex')}`
  await writeVerified(beside, `${randomBytes(KEY_BYTES).toString('hex')}\n`, disk, () => false)
  try {
    await link(beside, file)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new AppError({ kind: 'bad-file', file, problem: `was not made: ${reasonOf(cause)}` }, { cause })
  } finally {
    await rm(beside, { force: true })
  }
  return readKey(file, disk)
}
