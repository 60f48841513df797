import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { CameraId, SiteId } from '../../src-preload/contract/models/ids.ts'
import { ExportId } from '../../src-preload/contract/models/export.ts'
import { readRegular, realDisk, writeVerified } from './verified-file.ts'

const device = { siteId: SiteId, cameraId: CameraId }
/** What stands in a file that goes with a copy. */
const Paper = z.record(z.string(), z.unknown())

/** What is written down of an export while it is made, so that the next start knows what is its own. */
export const ExportRecord = z.strictObject({
  version: z.literal(1),
  id: ExportId,
  folder: z.string().max(4_000),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** Who asked for it, and which program made it, in the words of its papers. */
  user: z.string(),
  client: z.string(),
  cameras: z.array(z.strictObject({ ...device, name: z.string() })),
  /** Cameras whose half file was made there by us. */
  parts: z.array(CameraId),
  /** Cameras whose file is complete, with what its paper says. */
  files: z.array(z.strictObject({ ...device, paper: Paper })),
  /** It was broken off, and what was half has been taken away since. */
  isTidied: z.boolean(),
})
export type ExportRecord = z.infer<typeof ExportRecord>

/** Where what is written of exports is written down. */
export interface ExportNotes {
  /** Safe on the disk when it resolves. Throws AppError bad-file. */
  put: (record: ExportRecord) => Promise<void>
  drop: (id: ExportId) => Promise<void>
}

/** Nothing is written down where there is no place for it. */
export const noNotes: ExportNotes = { put: async () => undefined, drop: async () => undefined }

const ENDING = '.json'
const MOST_BYTES = 4 * 1024 * 1024

/** Records of exports, each in a file of its own in the program's data folder. */
export class ExportRecords implements ExportNotes {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  put(record: ExportRecord): Promise<void> {
    return writeVerified(this.#file(record.id), JSON.stringify(record), realDisk, () => false)
  }

  async drop(id: ExportId): Promise<void> {
    await rm(this.#file(id), { force: true })
  }

  /** Those there are. What makes no sense is left as it is, and told to `warn`. */
  async all(warn: (line: string) => void): Promise<ExportRecord[]> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith(ENDING)).sort()
    const found: ExportRecord[] = []
    for (const name of names) {
      try {
        const text = await readRegular(path.join(this.#folder, name), MOST_BYTES)
        found.push(ExportRecord.parse(JSON.parse(text.toString())))
      } catch {
        warn(`the record ${name} of an export makes no sense`)
      }
    }
    return found
  }

  #file(id: ExportId): string {
    return path.join(this.#folder, `${id}${ENDING}`)
  }
}
