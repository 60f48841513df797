import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { AppError } from '../../src-preload/contract/failure.ts'
import type { CameraId, CameraRef, SiteId } from '../../src-preload/contract/models/ids.ts'
import type { Preferences } from '../../src-preload/contract/models/preferences.ts'
import type { Site } from '../../src-preload/contract/models/site.ts'
import type { SavedFile } from '../../src-preload/contract/models/snapshot.ts'
import type { AuditEntry } from '../journal/audit-entry.ts'
import type { TakeAwayFolder } from '../storage/picture-file.ts'
import { userAt } from './action-site.ts'

/** What is said of a site in what is taken away from it. */
export interface TakeAwaySites {
  /** Throws `not-found`. */
  get: (siteId: SiteId) => {
    readonly shown: Pick<Site, 'name' | 'state' | 'user' | 'clockOffsetMs' | 'timeZone'>
    readonly cameras: { nameOf: (id: CameraId) => string | undefined }
  }
}

export interface TakeAwayNeeds {
  sites: TakeAwaySites
  preferences: { read: () => Preferences; save: (change: Partial<Preferences>) => Preferences }
  preferencesChanged: (preferences: Preferences) => void
  /** This user's folder for pictures; without it nothing can be written. */
  pictures: string | undefined
  chooseFolder: () => Promise<string | null>
  /** Shows a file in the file manager. */
  show: (file: string) => void
  audit: (entry: AuditEntry) => Promise<void>
  /** A user of a server and the account of this computer, in words. */
  inWords: (user: string) => string
  /** As in `0.1.0`. */
  version: string
  /** Unix time in milliseconds, by this computer's clock. */
  now: () => number
}

/** Files of this run that can be shown: more than anybody looks back. */
const MOST_SHOWN = 200

/** Where operators take things away to, and what is said of whom and what in everything they take. */
export class TakeAway {
  readonly #needs: TakeAwayNeeds
  readonly #saved = new Map<string, string>()
  #isChoosing = false

  constructor(needs: TakeAwayNeeds) {
    this.#needs = needs
  }

  /** Throws AppError bad-file where there is none. */
  get place(): TakeAwayFolder {
    const { preferences, pictures } = this.#needs
    const chosen = preferences.read().takeAwayFolder
    if (chosen !== null) return { folder: chosen, isOurs: false }
    if (pictures !== undefined) return { folder: path.join(pictures, 'Watchpost'), isOurs: true }
    throw new AppError({ kind: 'bad-file', file: 'Pictures', problem: 'has no place' })
  }

  /** One dialog at a time. */
  async choose(): Promise<string | null> {
    if (this.#isChoosing) return null
    this.#isChoosing = true
    try {
      const { chooseFolder, preferences, preferencesChanged } = this.#needs
      const folder = await chooseFolder()
      if (folder !== null) preferencesChanged(preferences.save({ takeAwayFolder: folder }))
      return folder
    } finally {
      this.#isChoosing = false
    }
  }

  /** A file was written; it can be shown from now on. */
  saved(folder: string, fileName: string): SavedFile {
    const id = randomUUID()
    this.#saved.set(id, path.join(folder, fileName))
    const [oldest] = this.#saved.keys()
    if (this.#saved.size > MOST_SHOWN && oldest !== undefined) this.#saved.delete(oldest)
    return { id, fileName, folder }
  }

  show(id: string): void {
    const file = this.#saved.get(id)
    if (file === undefined) throw new AppError({ kind: 'not-found', what: 'file' })
    this.#needs.show(file)
  }

  /** Who takes what, in words for a file that leaves this computer. */
  about({ siteId, cameraId }: CameraRef) {
    const { shown, cameras } = this.#needs.sites.get(siteId)
    const { inWords, version, now } = this.#needs
    return {
      site: { name: shown.name, id: siteId },
      camera: { name: cameras.nameOf(cameraId) ?? '', id: cameraId },
      timeZone: shown.timeZone,
      clientTime: new Date(now()).toISOString(),
      /** Server clock minus this computer's; `null` where it is not known. */
      serverOffsetMs: shown.clockOffsetMs === undefined ? null : Math.round(shown.clockOffsetMs),
      user: inWords(userAt(shown)),
      client: `Watchpost ${version}`,
    }
  }

  record(entry: AuditEntry): Promise<void> {
    return this.#needs.audit(entry)
  }
}
