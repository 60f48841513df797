import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../src-preload/contract/failure.ts'
import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import { reasonOf } from '../file-reason.ts'

/** Some thousand pictures of a recorder. */
const MOST_BYTES = 128 * 1024 * 1024

interface Kept {
  siteId: SiteId
  bytes: number
}

/**
 * Pictures of recordings, in a folder of their own that holds so many bytes at most: the one not looked at for longest goes
 * first. They are worth nothing to the next start and are nobody's to find: none outlives the run that fetched it.
 */
export class PictureStore {
  readonly #folder: string
  readonly #mostBytes: number
  /** By name, the one looked at last behind all others. */
  readonly #kept = new Map<string, Kept>()
  #bytes = 0

  constructor(folder: string, mostBytes = MOST_BYTES) {
    this.#folder = folder
    this.#mostBytes = mostBytes
  }

  /** Takes away what a run before left behind, as one that was killed does. */
  async open(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
  }

  /** Gives the name to ask for it by. Throws AppError bad-file. */
  async keep(siteId: SiteId, jpeg: Buffer): Promise<string> {
    const name = randomUUID()
    // Counted before it is written, so that leaving its site meanwhile takes it along.
    this.#kept.set(name, { siteId, bytes: jpeg.length })
    this.#bytes += jpeg.length
    try {
      await writeFile(this.#fileOf(name), jpeg, { flag: 'wx', mode: 0o600 })
    } catch (cause) {
      await this.#drop(name)
      throw new AppError(
        { kind: 'bad-file', file: this.#folder, problem: `was not saved: ${reasonOf(cause)}` },
        { cause },
      )
    }
    if (!this.#kept.has(name)) await this.#remove(name)
    await this.#shrink()
    return name
  }

  has(name: string): boolean {
    return this.#kept.has(name)
  }

  /** Undefined where it is not there, or not any more. Only names given out by `keep` lead to a file. */
  async read(name: string): Promise<Buffer | undefined> {
    const kept = this.#kept.get(name)
    if (!kept) return undefined
    this.#kept.delete(name)
    this.#kept.set(name, kept)
    try {
      return await readFile(this.#fileOf(name))
    } catch {
      await this.#drop(name)
      return undefined
    }
  }

  /** Nobody is signed in at a site any more: its pictures go. Never rejects. */
  async forget(siteId: SiteId): Promise<void> {
    const names = [...this.#kept].filter(([, kept]) => kept.siteId === siteId).map(([name]) => name)
    await Promise.all(names.map((name) => this.#drop(name)))
  }

  /** Never rejects. */
  async close(): Promise<void> {
    this.#kept.clear()
    await rm(this.#folder, { recursive: true, force: true }).catch(() => undefined) // the next start tries again
  }

  async #shrink(): Promise<void> {
    for (const [name] of this.#kept) {
      if (this.#bytes <= this.#mostBytes) return
      await this.#drop(name)
    }
  }

  async #drop(name: string): Promise<void> {
    const kept = this.#kept.get(name)
    if (!kept) return
    this.#kept.delete(name)
    this.#bytes -= kept.bytes
    await this.#remove(name)
  }

  async #remove(name: string): Promise<void> {
    await rm(this.#fileOf(name), { force: true }).catch(() => undefined) // it goes with the folder
  }

  #fileOf(name: string): string {
    return path.join(this.#folder, `${name}.jpg`)
  }
}
