import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { readClip, type Clip } from './file.ts'
import type { ClipSpec } from './spec.ts'
import { Workshop } from './workshop.ts'

const mediaFolder = path.join(import.meta.dirname, '..')

/** What decides how a clip looks: a change in any of these files is a new clip. */
const drawnBy = ['draw', 'scenes', 'clips/draw.ts', 'clips/encode.ts', 'clips/file.ts']

/** Where clips are kept from run to run. */
export function defaultCacheDir(): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? ''
  return path.join(cache === '' ? path.join(homedir(), '.cache') : cache, 'watchpost', 'clips')
}

/** The clips of all cameras: each made once per machine, read once per process, shared by all sessions. */
export class ClipLibrary {
  readonly #cacheDir: string
  readonly #onProgress: (made: number, wanted: number) => void
  readonly #clips = new Map<string, Promise<Clip>>()
  readonly #workshop = new Workshop()
  #version: Promise<string> | undefined
  #wanted = 0
  #made = 0

  constructor(library: { cacheDir: string; onProgress: (made: number, wanted: number) => void }) {
    this.#cacheDir = library.cacheDir
    this.#onProgress = library.onProgress
  }

  /** The clip, made now if this machine never made it. Rejects where ffmpeg is missing or fails. */
  async clip(spec: ClipSpec): Promise<Clip> {
    const name = JSON.stringify(spec)
    let clip = this.#clips.get(name)
    if (!clip) {
      clip = this.#readOrMake(spec)
      this.#clips.set(name, clip)
      clip.catch(() => this.#clips.delete(name)) // the next who asks tries again
    }
    return clip
  }

  async close(): Promise<void> {
    await this.#workshop.close()
  }

  async #readOrMake(spec: ClipSpec): Promise<Clip> {
    const file = await this.#fileOf(spec)
    const known = await readClip(file, spec.widthPx)
    if (known) return known
    this.#onProgress(this.#made, ++this.#wanted)
    await this.#workshop.make({ spec, file })
    this.#onProgress(++this.#made, this.#wanted)
    const made = await readClip(file, spec.widthPx)
    if (!made) throw new Error(`the clip was made and is gone: ${file}`)
    return made
  }

  async #fileOf(spec: ClipSpec): Promise<string> {
    this.#version ??= versionOfDrawing()
    const key = createHash('sha256')
      .update(await this.#version)
      .update(JSON.stringify(spec))
      .digest('hex')
      .slice(0, 20)
    return path.join(this.#cacheDir, `${spec.scene}-${spec.variant}-${spec.widthPx}x${spec.heightPx}-${key}.clip`)
  }
}

async function versionOfDrawing(): Promise<string> {
  const hash = createHash('sha256')
  for (const place of drawnBy) {
    const full = path.join(mediaFolder, place)
    const files = place.endsWith('.ts') ? [full] : (await readdir(full)).sort().map((name) => path.join(full, name))
    for (const file of files) hash.update(await readFile(file))
  }
  return hash.digest('hex')
}
