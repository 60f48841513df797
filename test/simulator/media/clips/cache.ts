import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { BAND_HEIGHT_PX } from '../band/band.ts'
import type { ClipSpec } from './spec.ts'

const mediaFolder = path.join(import.meta.dirname, '..')

/** What decides how a clip looks: a change in any of these files is a new clip. */
const drawnBy = ['draw', 'scenes', 'clips/draw.ts', 'clips/encode.ts', 'clips/file.ts']

/** What a process was writing when it was killed: nobody else writes one file for so long. */
const LEFT_BEHIND = /\.clip\.[0-9a-f-]{36}$/
const LEFT_BEHIND_MS = 5 * 60_000

/** Where clips are kept from run to run: as the XDG base directories say, where a relative folder counts as none. */
export function defaultCacheDir(): string {
  const wished = process.env['XDG_CACHE_HOME'] ?? ''
  return path.join(path.isAbsolute(wished) ? wished : path.join(homedir(), '.cache'), 'watchpost', 'clips')
}

/** The folder of made clips. Its names change with the drawing, so that no clip of an older one is ever shown. */
export class ClipCache {
  readonly #folder: string
  #version: Promise<string> | undefined
  #opened: Promise<void> | undefined

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Where the clip is kept, once it is made. */
  async fileOf(spec: ClipSpec): Promise<string> {
    this.#version ??= versionOfDrawing()
    const key = createHash('sha256')
      .update(await this.#version)
      .update(JSON.stringify(spec))
      .digest('hex')
      .slice(0, 20)
    return path.join(this.#folder, `${spec.scene}-${spec.variant}-${spec.widthPx}x${spec.heightPx}-${key}.clip`)
  }

  async has(file: string): Promise<boolean> {
    return access(file).then(
      () => true,
      () => false,
    )
  }

  /** Makes room for a new clip. Rejects, with a sentence for a human, where the folder cannot be written. */
  async open(): Promise<void> {
    this.#opened ??= this.#open()
    return this.#opened
  }

  async #open(): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true })
      await access(this.#folder, constants.W_OK)
    } catch (error) {
      const why = error instanceof Error && 'code' in error ? String(error.code) : String(error)
      throw new Error(
        `The simulator's pictures cannot be kept in ${this.#folder} (${why}). Set XDG_CACHE_HOME to a folder that can be written.`,
        { cause: error },
      )
    }
    await this.#sweep()
  }

  async #sweep(): Promise<void> {
    const left = (await readdir(this.#folder)).filter((name) => LEFT_BEHIND.test(name))
    for (const name of left) {
      const file = path.join(this.#folder, name)
      const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Infinity })) // its writer took it away meanwhile
      if (Date.now() - mtimeMs > LEFT_BEHIND_MS) await rm(file, { force: true })
    }
  }
}

async function versionOfDrawing(): Promise<string> {
  const hash = createHash('sha256').update(`band ${BAND_HEIGHT_PX}`)
  for (const place of drawnBy) {
    const full = path.join(mediaFolder, place)
    const files = place.endsWith('.ts') ? [full] : (await readdir(full)).sort().map((name) => path.join(full, name))
    for (const file of files) hash.update(await readFile(file))
  }
  return hash.digest('hex')
}
