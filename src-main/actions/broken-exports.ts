import { lstat, rm, rmdir } from 'node:fs/promises'
import path from 'node:path'
import type { BrokenExport, ExportId } from '../../src-preload/contract/models/export.ts'
import { reasonOf } from '../file-reason.ts'
import type { ExportRecord, ExportRecords } from '../storage/export-records.ts'
import { partOf } from '../storage/part-file.ts'
import { placeNew } from '../storage/verified-file.ts'
import { MANIFEST, manifestOf } from './export-papers.ts'
import type { TakeAway } from './take-away.ts'

interface Needs {
  /** Absent where nothing is written down. */
  records: Pick<ExportRecords, 'all' | 'put' | 'drop'> | undefined
  takeAway: Pick<TakeAway, 'saved' | 'record'>
  /** It is being written now. */
  isOpen: (id: ExportId) => boolean
  now: () => number
  warn: (line: string) => void
}

const WHY = 'Watchpost ended before it was there'

/**
 * Exports that were not over when the program ended. A half file is of no use to anybody, as what tells a player where its
 * pictures are comes last: it is taken away, by its record and not by its ending. What is complete stays, and is listed.
 */
export class BrokenExports {
  readonly #needs: Needs
  readonly #broken = new Map<ExportId, BrokenExport>()
  #looked: Promise<void> = Promise.resolve()

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** Once, when nobody else can be writing exports of this data folder: `mayLook` resolves then. Never rejects. */
  begin(mayLook: Promise<unknown>): void {
    this.#looked = mayLook.then(
      () =>
        this.#look().catch((error: unknown) =>
          this.#needs.warn(`exports that were broken off are not known: ${reasonOf(error)}`),
        ),
      () => undefined, // why not is told where that failed
    )
  }

  async list(): Promise<BrokenExport[]> {
    await this.#looked
    return [...this.#broken.values()]
  }

  /** It was seen: nothing is told of it any more, and what is there stays. */
  async dismiss(id: ExportId): Promise<void> {
    await this.#looked
    if (this.#broken.delete(id)) await this.#needs.records?.drop(id)
  }

  async #look(): Promise<void> {
    const { records, isOpen, warn } = this.#needs
    for (const record of (await records?.all(warn)) ?? []) {
      if (isOpen(record.id)) continue
      const problem = record.isTidied ? null : await this.#tidied(record)
      if (problem !== 'over') this.#broken.set(record.id, this.#shown(record, problem))
    }
  }

  /** Gives what is in the way, and then it is tried again at the next start; `over` where it had ended after all. */
  async #tidied(record: ExportRecord): Promise<string | null> {
    const { records, takeAway } = this.#needs
    try {
      if (!(await lstat(record.folder)).isDirectory()) throw new Error('its folder is none')
      for (const cameraId of record.parts) await removeOwn(partOf(path.join(record.folder, cameraId)))
      if (record.files.length === 0)
        await rmdir(record.folder).catch(() => undefined) // there is something else in it
      else await placeNew(path.join(record.folder, MANIFEST), this.#list(record))
    } catch (error) {
      // The list is written last of all.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return reasonOf(error)
      await records?.drop(record.id)
      return 'over'
    }
    await records?.put({ ...record, parts: [], isTidied: true })
    const outcome = `broken off: ${record.files.length} of ${record.cameras.length} cameras complete`
    const subject = path.basename(record.folder)
    await takeAway.record({ what: 'export-cancelled', who: '', subject, outcome })
    this.#needs.warn(`an export was broken off; what was half of it is taken away, ${record.files.length} files stay`)
    return null
  }

  #list(record: ExportRecord): Buffer {
    const missing = lacking(record).map(({ cameraId, name }) => ({ camera: { name, id: cameraId }, why: WHY }))
    const list = manifestOf(record, new Date(this.#needs.now()).toISOString(), missing)
    return Buffer.from(`${JSON.stringify(list, null, 2)}\n`)
  }

  #shown(record: ExportRecord, problem: string | null): BrokenExport {
    const { id, folder, from, to, files } = record
    return {
      id,
      folder,
      from,
      to,
      complete: files.length,
      missing: lacking(record).map(({ siteId, cameraId }) => ({ siteId, cameraId })),
      file: problem === null && files.length > 0 ? this.#needs.takeAway.saved(folder, MANIFEST) : null,
      problem,
    }
  }
}

const lacking = ({ cameras, files }: ExportRecord): ExportRecord['cameras'] =>
  cameras.filter((one) => !files.some(({ siteId, cameraId }) => siteId === one.siteId && cameraId === one.cameraId))

/** What stands there under the name of a file of ours and is none is somebody else's. */
async function removeOwn(file: string): Promise<void> {
  const facts = await lstat(file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  })
  if (facts?.isFile()) await rm(file)
}
