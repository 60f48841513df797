import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rm, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { AppError } from '../../src-preload/contract/failure.ts'
import { reasonOf } from '../file-reason.ts'
import { leastFreeBytes, takeName, type Disk } from './verified-file.ts'

/** The disk is asked for its room after so much was written. */
const LOOK_EVERY_BYTES = 16 * 1024 * 1024
const MOST_ALIKE = 99

/** How a file is called while it is not complete. */
export const partOf = (file: string): string => `${file}.part`

/**
 * A large file while it is being written: it has the ending `.part` until it is complete, so that half of one is never
 * taken for whole.
 */
export class PartFile {
  readonly #file: string
  readonly #handle: FileHandle
  readonly #disk: Disk
  #size = 0
  #sinceLook = LOOK_EVERY_BYTES

  private constructor(file: string, handle: FileHandle, disk: Disk) {
    this.#file = file
    this.#handle = handle
    this.#disk = disk
  }

  /** `file` is without the ending. Throws AppError bad-file, also where it is there already. */
  static async open(file: string, disk: Disk): Promise<PartFile> {
    const part = partOf(file)
    try {
      return new PartFile(part, await open(part, 'wx', 0o600), disk)
    } catch (cause) {
      throw new AppError({ kind: 'bad-file', file: part, problem: reasonOf(cause) }, { cause })
    }
  }

  /** Writes at a place, at most right behind what is there. Throws AppError bad-file. */
  async write(atByte: number, bytes: Uint8Array): Promise<void> {
    try {
      if (atByte > this.#size) throw new Error('lacks a part')
      await this.#look(bytes.length)
      for (let at = 0; at < bytes.length;) {
        const { bytesWritten } = await this.#handle.write(bytes, at, bytes.length - at, atByte + at)
        at += bytesWritten
      }
      this.#size = Math.max(this.#size, atByte + bytes.length)
    } catch (cause) {
      throw this.#problem(cause)
    }
  }

  /**
   * It is complete: hashes it as it lies on the disk and gives it a name nobody has, the one it was opened for or one with
   * a number. Throws AppError bad-file.
   */
  async finish(named: string): Promise<{ file: string; sha256: string; bytes: number }> {
    try {
      await this.#handle.sync()
      await this.#handle.close()
      const hash = createHash('sha256')
      await pipeline(createReadStream(this.#file), hash)
      const file = await this.#takeFreeName(named)
      return { file, sha256: hash.digest('hex'), bytes: this.#size }
    } catch (cause) {
      throw this.#problem(cause)
    }
  }

  /** Takes it away. */
  async drop(): Promise<void> {
    await this.#handle.close().catch(() => undefined) // it may be closed already
    await rm(this.#file, { force: true })
  }

  async #takeFreeName(named: string): Promise<string> {
    const { dir, name, ext } = path.parse(named)
    for (let count = 1; count <= MOST_ALIKE; count++) {
      const file = path.join(dir, `${name}${count === 1 ? '' : ` (${count})`}${ext}`)
      const isTaken = await takeName(this.#file, file).then(
        () => false,
        (error: unknown) => {
          if ((error as NodeJS.ErrnoException).code === 'EEXIST') return true
          throw error
        },
      )
      if (!isTaken) return file
    }
    throw new Error('a file of that name is there already')
  }

  /** A disk that others fill meanwhile is left some room. */
  async #look(bytes: number): Promise<void> {
    this.#sinceLook += bytes
    if (this.#sinceLook < LOOK_EVERY_BYTES) return
    if ((await this.#disk.freeBytes(path.dirname(this.#file))) < leastFreeBytes + LOOK_EVERY_BYTES)
      throw new Error('the disk is full')
    this.#sinceLook = 0
  }

  #problem(cause: unknown): AppError {
    return new AppError({ kind: 'bad-file', file: this.#file, problem: reasonOf(cause) }, { cause })
  }
}
