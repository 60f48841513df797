import { ClipCache } from './cache.ts'
import { readClip, type Clip } from './file.ts'
import type { ClipSpec } from './spec.ts'
import { Workshop, type Hurry } from './workshop.ts'

/** The clips of all cameras: each made once per machine, read once per process, shared by all sessions. */
export class ClipLibrary {
  readonly #cache: ClipCache
  readonly #workshop = new Workshop()
  readonly #clips = new Map<string, Promise<Clip>>()
  readonly #making = new Map<string, Promise<void>>()

  constructor(cacheDir: string) {
    this.#cache = new ClipCache(cacheDir)
  }

  /** The clip, made now if this machine never made it. Rejects where ffmpeg is missing or fails. */
  async clip(spec: ClipSpec): Promise<Clip> {
    const file = await this.#cache.fileOf(spec)
    let clip = this.#clips.get(file)
    if (!clip) {
      clip = this.#readOrMake(file, spec)
      this.#clips.set(file, clip)
      clip.catch(() => this.#clips.delete(file)) // the next who asks tries again
    }
    return clip
  }

  /**
   * Makes those clips that this machine never made; `onMade` hears of each of them, and of none that was there. Those
   * wanted now are also read, so that the first session with one finds it in memory.
   */
  async prepare(
    specs: readonly ClipSpec[],
    hurry: Hurry,
    onMade: (made: number, wanted: number) => void = () => {},
  ): Promise<void> {
    const missing = new Map<string, ClipSpec>()
    for (const spec of specs) {
      const file = await this.#cache.fileOf(spec)
      if (!(await this.#cache.has(file))) missing.set(file, spec)
    }
    let made = 0
    const each = [...missing].map(async ([file, spec]) => {
      await this.#make(file, spec, hurry)
      onMade(++made, missing.size)
    })
    await Promise.all(each)
    if (hurry === 'now') await Promise.all(specs.map((spec) => this.clip(spec)))
  }

  async close(): Promise<void> {
    await this.#workshop.close()
  }

  async #readOrMake(file: string, spec: ClipSpec): Promise<Clip> {
    const known = await readClip(file, spec.widthPx)
    if (known) return known
    await this.#make(file, spec, 'now')
    const made = await readClip(file, spec.widthPx)
    if (!made) throw new Error(`the clip was made and is gone: ${file}`)
    return made
  }

  async #make(file: string, spec: ClipSpec, hurry: Hurry): Promise<void> {
    const known = this.#making.get(file)
    if (known && hurry === 'now') this.#workshop.hasten(file)
    if (known) return known
    const making = this.#cache
      .open()
      .then(() => this.#workshop.make({ spec, file }, hurry))
      .finally(() => this.#making.delete(file))
    this.#making.set(file, making)
    return making
  }
}
