import path from 'node:path'
import { AppError } from '../../src-preload/contract/failure.ts'
import { reasonOf } from '../file-reason.ts'
import { GENESIS, hashOf, lineOf, readChain, ready, type Chain, type Entry, type Key } from './chain.ts'
import type { Disk, OpenFile } from './disk.ts'
import { isFull, writeAll, writeWhole } from './whole-write.ts'

/** The longest record, bytes (security.md 4.7). */
const MOST_BYTES = 65_536
const VERSION = 1

export interface LogNeeds {
  file: string
  key: Key
  /** What the file is for; its first line says so. */
  kind: 'outbox' | 'audit'
  disk: Disk
  now: () => number
}

/** What a log was found to be. */
export interface Opened {
  log: ChainedLog
  /** Everything that is as it was written, oldest first, without the first line. */
  entries: Entry[]
  damagedLines: number[]
  /** An unfinished end that was cut off, bytes: what a crash leaves. Nobody was ever told that it was written. */
  cutBytes: number
}

interface Waiting {
  body: string
  written: (hash: string) => void
  failed: (error: unknown) => void
}

/**
 * A file of records, one a line, each vouching for all before it; only ever added to. Whoever awaits `append` knows that
 * the record is on the disk itself. Records that wait together are written together.
 *
 * After a write that failed the file is as it was before; a disk that is full, or fails, costs the record and never the
 * file (security.md 4.4). Errors: AppError bad-file.
 */
export class ChainedLog {
  readonly #needs: LogNeeds
  /** Absent after a failure: nothing is known of the file until it has been opened and read again. */
  #open: OpenFile | undefined
  #head = GENESIS
  #lines = 0
  #bytes = 0
  #hasDamage = false
  #isClosed = false
  /** Records that are to be written together; closed as soon as its turn comes, or something else is to follow it. */
  #batch: Waiting[] | undefined
  #turn: Promise<void> = Promise.resolve()

  private constructor(needs: LogNeeds) {
    this.#needs = { ...needs, key: ready(needs.key) }
  }

  /** Opens and reads. Needs no room on the disk; where nothing in the file can be read it refuses, and never starts anew. */
  static async open(needs: LogNeeds): Promise<Opened> {
    const log = new ChainedLog(needs)
    try {
      return { log, ...(await log.#begin()) }
    } catch (cause) {
      await log.close()
      throw new AppError({ kind: 'bad-file', file: needs.file, problem: reasonOf(cause) }, { cause })
    }
  }

  /** The hash of the last line. */
  get head(): string {
    return this.#head
  }

  /** Lines in the file, its first one and damaged ones among them. */
  get lines(): number {
    return this.#lines
  }

  /** Resolves with the record's hash when it is on the disk. */
  append(record: object): Promise<string> {
    const body = JSON.stringify(record)
    if (Buffer.byteLength(body) > MOST_BYTES)
      return Promise.reject(new AppError({ kind: 'bug', message: 'a record is too large for the journal' }))
    return new Promise((written, failed) => {
      this.#batch ??= this.#newBatch()
      this.#batch.push({ body, written, failed })
    })
  }

  /**
   * Writes a new file with these records alone and puts it in the place of the old one. Where the old one was damaged it
   * is kept beside. After an error the old one is there as before.
   */
  replace(records: readonly object[]): Promise<void> {
    this.#batch = undefined
    return this.#inTurn(() => this.#replace(records)).catch((cause: unknown) => {
      throw this.#failure('was not written anew', cause)
    })
  }

  /** What waits is still written. */
  async close(): Promise<void> {
    await this.#inTurn(() => this.#letGo())
    this.#isClosed = true
  }

  async #begin(): Promise<Omit<Opened, 'log'>> {
    const { disk, file } = this.#needs
    this.#open = await disk.open(file)
    const bytes = await this.#open.read()
    const chain = readChain(this.#needs.key, bytes)
    if (chain.lines > 0 && chain.entries.length === 0)
      throw new Error('nothing in it can be read with the key there is')
    checkHeader(this.#needs.kind, chain.entries[0])
    const rest = bytes.subarray(chain.endBytes)
    if (rest.length > 0) {
      await this.#setAside(rest).catch(() => undefined) // a full disk must not keep the file from being opened
      await this.#open.truncate(chain.endBytes)
      await this.#open.sync()
    }
    this.#know(chain)
    const entries = chain.entries.filter(({ line }) => line > 1)
    return { entries, damagedLines: chain.damaged, cutBytes: rest.length }
  }

  #know(chain: Chain): void {
    this.#head = chain.head
    this.#lines = chain.lines
    this.#bytes = chain.endBytes
    this.#hasDamage = chain.damaged.length > 0
  }

  async #setAside(bytes: Uint8Array): Promise<void> {
    const { disk, file, now } = this.#needs
    const aside = await disk.open(`${file}.cut-${now()}`)
    try {
      await writeAll(aside, bytes, 0)
    } finally {
      await aside.close()
    }
  }

  /** One change to the file at a time, in the order they were asked for. */
  #inTurn(change: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(change)
    this.#turn = done.catch(() => undefined) // the caller hears of it
    return done
  }

  #newBatch(): Waiting[] {
    const batch: Waiting[] = []
    void this.#inTurn(() => this.#flush(batch)) // never rejects: whoever waits is told
    return batch
  }

  async #flush(batch: Waiting[]): Promise<void> {
    if (this.#batch === batch) this.#batch = undefined
    try {
      if (this.#isClosed) throw new Error('is closed')
      const hashes = await this.#write(batch.map(({ body }) => body))
      for (const [index, { written }] of batch.entries()) written(hashes[index]!)
    } catch (cause) {
      for (const { failed } of batch) failed(this.#failure('was not written', cause))
    }
  }

  async #write(bodies: readonly string[]): Promise<string[]> {
    const open = this.#open ?? (await this.#openAgain())
    const { text, hashes } = this.#chained(this.#lines === 0 ? [this.#header(), ...bodies] : bodies, this.#head)
    const bytes = Buffer.from(text)
    try {
      await writeAll(open, bytes, this.#bytes)
    } catch (error) {
      if (open.isWrittenThrough && !isFull(error)) await this.#lookAfresh()
      else await this.#cutOff(open).catch(() => this.#letGo())
      throw error
    }
    await this.#sync(open)
    this.#head = hashes.at(-1)!
    this.#bytes += bytes.length
    this.#lines += hashes.length
    return hashes.slice(-bodies.length)
  }

  async #sync(open: OpenFile): Promise<void> {
    try {
      if (!open.isWrittenThrough) await open.sync()
      if (this.#lines === 0) await this.#needs.disk.syncFolder(path.dirname(this.#needs.file))
    } catch (error) {
      await this.#lookAfresh()
      throw error
    }
  }

  /** What was refused must not come back with the next start. */
  async #cutOff(open: OpenFile): Promise<void> {
    await open.truncate(this.#bytes)
    if (open.isWrittenThrough) await open.sync() // that goes for what is written, not for what is cut off
  }

  /** What the system shows of a file whose sync failed need not be what the disk holds. */
  async #lookAfresh(): Promise<void> {
    await this.#letGo()
    await this.#openAgain().catch(() => undefined) // tried again with the next record
  }

  /** After a failure: what was vouched for must still be there, and what was not is cut off. */
  async #openAgain(): Promise<OpenFile> {
    const { disk, file, key } = this.#needs
    const open = await disk.open(file)
    try {
      const bytes = await open.read()
      const chain = readChain(key, bytes.subarray(0, this.#bytes))
      if (chain.head !== this.#head || chain.endBytes !== this.#bytes) throw new Error('has changed under our hands')
      if (bytes.length > this.#bytes) await open.truncate(this.#bytes)
      await open.sync()
    } catch (error) {
      await open.close().catch(() => undefined) // the first error is the one to tell
      throw error
    }
    this.#open = open
    return open
  }

  async #letGo(): Promise<void> {
    const open = this.#open
    this.#open = undefined
    await open?.close().catch(() => undefined) // of no use any more either way
  }

  async #replace(records: readonly object[]): Promise<void> {
    const { disk, file, key, now } = this.#needs
    const bodies = [this.#header(), ...records.map((record) => JSON.stringify(record))]
    const { text } = this.#chained(bodies, GENESIS)
    const bytes = Buffer.from(text)
    const beside = `${file}.new`
    await disk.remove(beside)
    try {
      await writeWhole(disk, beside, bytes)
      if (this.#hasDamage) await disk.duplicate(file, `${file}.damaged-${now()}`)
      await this.#letGo() // some systems do not rename onto an open file
      await disk.rename(beside, file)
    } catch (error) {
      await disk.remove(beside).catch(() => undefined) // the first error is the one to tell
      throw error
    }
    this.#know(readChain(key, bytes))
    await disk.syncFolder(path.dirname(file))
    await this.#openAgain()
  }

  #chained(bodies: readonly string[], after: string): { text: string; hashes: string[] } {
    const hashes: string[] = []
    let text = ''
    for (const body of bodies) {
      const hash = hashOf(this.#needs.key, hashes.at(-1) ?? after, body)
      hashes.push(hash)
      text += lineOf(hash, body)
    }
    return { text, hashes }
  }

  #header(): string {
    const { kind, now } = this.#needs
    return JSON.stringify({ journal: kind, version: VERSION, begun: new Date(now()).toISOString() })
  }

  #failure(what: string, cause: unknown): AppError {
    if (cause instanceof AppError) return cause
    return new AppError({ kind: 'bad-file', file: this.#needs.file, problem: `${what}: ${reasonOf(cause)}` }, { cause })
  }
}

/** A damaged first line says nothing; one that was written by another program says that this one must keep away. */
function checkHeader(kind: string, first: Entry | undefined): void {
  if (first?.line !== 1) return
  const header = JSON.parse(first.body) as { journal?: unknown; version?: unknown }
  if (header.journal !== kind) throw new Error('is something else')
  if (header.version !== VERSION) throw new Error('was written by another version of Watchpost')
}
