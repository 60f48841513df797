import path from 'node:path'
import type { Disk, OpenFile } from '../../../../src-main/journal/disk.ts'

/** One file: what a program sees of it, and what would be left if the power went now. */
interface Content {
  seen: Buffer
  kept: Buffer
}

const failing = (code: string): Error => Object.assign(new Error(code), { code })

/**
 * A disk in memory that can be filled, broken and unplugged. What was not synced is lost with the power, new names too.
 */
export class FaultyDisk implements Disk {
  /** Bytes that fit; a write takes what fits of it, and the next takes nothing. */
  roomBytes = Infinity
  /** So many syncs fail from now on. What they should have kept is not kept. */
  failingSyncs = 0
  failingTruncates = 0
  failingOpens = 0
  /** Nothing is renamed and nothing gets a second name. */
  hasFixedNames = false
  syncs = 0
  /** Called as a sync begins, with its number. */
  onSync: (count: number) => void = () => undefined
  #names = new Map<string, Content>()
  #kept = new Map<string, Content>()
  #isPlugged = true
  readonly #isWrittenThrough: boolean

  /** Written through, every write is synced with it. */
  constructor({ isWrittenThrough = false } = {}) {
    this.#isWrittenThrough = isWrittenThrough
  }

  /** Every file as it is seen. */
  get files(): string[] {
    return [...this.#names.keys()].sort()
  }

  get(file: string): Buffer {
    const content = this.#names.get(file)
    if (!content) throw failing('ENOENT')
    return content.seen
  }

  put(file: string, bytes: Uint8Array): void {
    const content = { seen: Buffer.from(bytes), kept: Buffer.from(bytes) }
    this.#names.set(file, content)
    this.#kept.set(file, content)
  }

  /**
   * The power goes: whoever has this disk can do nothing more with it, and what comes back is a disk with what was
   * synced. `torn` says how much of each file's unsynced end had reached the disk by chance, and what of it.
   */
  cutPower(torn: (kept: Buffer, seen: Buffer) => Buffer = (kept) => kept): FaultyDisk {
    this.#isPlugged = false
    const after = new FaultyDisk({ isWrittenThrough: this.#isWrittenThrough })
    for (const [file, { kept, seen }] of this.#kept) after.put(file, torn(kept, seen))
    return after
  }

  /** The program dies and the computer lives: everything that was written is there. */
  killProgram(): FaultyDisk {
    this.#isPlugged = false
    const after = new FaultyDisk({ isWrittenThrough: this.#isWrittenThrough })
    for (const [file, { seen }] of this.#names) after.put(file, seen)
    return after
  }

  async open(file: string): Promise<OpenFile> {
    await this.#turn()
    if (this.failingOpens > 0) {
      this.failingOpens -= 1
      throw failing('EIO')
    }
    const content = this.#names.get(file) ?? { seen: Buffer.alloc(0), kept: Buffer.alloc(0) }
    this.#names.set(file, content)
    const sync = (): void => {
      this.syncs += 1
      this.onSync(this.syncs)
      if (this.failingSyncs > 0) {
        this.failingSyncs -= 1
        throw failing('EIO')
      }
      content.kept = Buffer.from(content.seen)
    }
    return {
      isWrittenThrough: this.#isWrittenThrough,
      read: async () => {
        await this.#turn()
        return Buffer.from(content.seen)
      },
      write: async (bytes, atByte) => {
        await this.#turn()
        const grows = Math.max(0, atByte + bytes.length - content.seen.length)
        const taken = bytes.length - Math.max(0, grows - Math.max(0, this.roomBytes))
        if (taken <= 0) throw failing('ENOSPC')
        this.roomBytes -= Math.min(grows, Math.max(0, this.roomBytes))
        const end = Buffer.alloc(Math.max(content.seen.length, atByte + taken))
        content.seen.copy(end)
        end.set(bytes.subarray(0, taken), atByte)
        content.seen = end
        if (this.#isWrittenThrough) sync()
        return taken
      },
      truncate: async (toBytes) => {
        await this.#turn()
        if (this.failingTruncates > 0) {
          this.failingTruncates -= 1
          throw failing('EIO')
        }
        this.roomBytes += content.seen.length - toBytes
        content.seen = Buffer.from(content.seen.subarray(0, toBytes))
      },
      sync: async () => {
        await this.#turn()
        sync()
      },
      close: () => this.#turn(),
    }
  }

  async duplicate(from: string, to: string): Promise<void> {
    await this.#turn()
    if (this.hasFixedNames) throw failing('EROFS')
    this.#names.set(to, { seen: this.get(from), kept: this.get(from) })
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#turn()
    if (this.hasFixedNames) throw failing('EROFS')
    const content = this.#names.get(from)
    if (!content) throw failing('ENOENT')
    this.#names.set(to, content)
    this.#names.delete(from)
  }

  async remove(file: string): Promise<void> {
    await this.#turn()
    this.#names.delete(file)
  }

  async syncFolder(folder: string): Promise<void> {
    await this.#turn()
    const isIn = (file: string): boolean => path.dirname(file) === folder
    for (const file of this.#kept.keys()) if (isIn(file) && !this.#names.has(file)) this.#kept.delete(file)
    for (const [file, content] of this.#names) if (isIn(file)) this.#kept.set(file, content)
  }

  async #turn(): Promise<void> {
    await Promise.resolve()
    if (!this.#isPlugged) throw failing('EIO')
  }
}
