import path from 'node:path'
import type { CaptureDone, CaptureProbe } from '../../src-preload/contract/models/capture.ts'
import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import type { Site } from '../../src-preload/contract/models/site.ts'
import type { Scope } from '../log.ts'
import { acting } from '../xprotect/capture/probes.ts'
import type { Dialogs } from './dialogs.ts'
import type { SiteList } from './site-list.ts'
import { tell } from './tell.ts'

/** A capture to be made by itself, once, as soon as its site is open. */
export interface CaptureOrder {
  folder: string
  /** The id or the name of the site; not needed where there is only one. */
  site?: string
  probes: CaptureProbe[]
}

export interface CaptureDeskNeeds {
  sites: Pick<SiteList, 'get' | 'all'>
  dialogs: Pick<Dialogs, 'chooseFolder'>
  log: Scope
  /** Unix time in milliseconds. */
  now: () => number
  order?: CaptureOrder | undefined
}

/** Where captures of server facts are asked for: by a person at the screen, or on the command line. */
export class CaptureDesk {
  /** What a capture may do beyond reading. */
  readonly probes: CaptureProbe[] = acting.map(({ name }) => name)
  readonly #needs: CaptureDeskNeeds
  #order: CaptureOrder | undefined
  #isChoosing = false
  /** Those of the page that are not over. */
  readonly #running = new Set<{ siteId: SiteId; callingOff: AbortController }>()

  constructor(needs: CaptureDeskNeeds) {
    this.#needs = needs
    this.#order = needs.order
    if (this.#order && !needs.sites.all().some((site) => this.#isOrdered(site))) this.#needs.log.error(this.#waits())
  }

  /**
   * Asks for a folder and writes a capture into a new one inside it; `null` where the person chose none, or called it off
   * before the files were there.
   */
  async capture(siteId: SiteId, probes: CaptureProbe[]): Promise<CaptureDone | null> {
    const site = this.#needs.sites.get(siteId)
    const run = { siteId, callingOff: new AbortController() }
    const { signal } = run.callingOff
    this.#running.add(run)
    try {
      const parent = await this.#choose()
      if (parent === null || signal.aborted) return null
      const folder = path.join(parent, folderName(this.#needs.now()))
      const files = await site.capture(folder, probes, signal)
      this.#needs.log.info(`captured ${files} files into ${folder}`)
      return { folder, files }
    } catch (error) {
      if (error !== signal.reason) throw error
      this.#needs.log.info('a capture was called off: no file was left')
      return null
    } finally {
      this.#running.delete(run)
    }
  }

  /** Ends captures of a site that run for the page; each answers for itself. What a probe began is taken back first. */
  callOff(siteId: SiteId): void {
    for (const run of this.#running) if (run.siteId === siteId) run.callingOff.abort()
  }

  /** A site is not as it was: the one that was ordered may be open now. */
  siteChanged(site: Site): void {
    if (!this.#order || site.state.phase !== 'open' || !this.#isOrdered(site)) return
    const { folder, probes } = this.#order
    this.#order = undefined
    void this.#fulfil(site.id, folder, probes) // never rejects
  }

  async #fulfil(siteId: SiteId, folder: string, probes: CaptureProbe[]): Promise<void> {
    const { sites, log } = this.#needs
    try {
      log.info(`captured ${await sites.get(siteId).capture(folder, probes, never)} files into ${folder}`)
    } catch (error) {
      log.error(`--capture failed: ${JSON.stringify(tell(error, log))}`)
    }
  }

  #isOrdered({ id, name }: Site): boolean {
    const site = this.#order?.site
    return site === undefined ? this.#needs.sites.all().length === 1 : site === id || site === name
  }

  #waits(): string {
    const names = this.#needs.sites.all().map(({ name }) => name)
    const known = `this computer knows ${names.join(', ') || 'no site yet'}`
    const wanted = this.#order?.site
    if (wanted === undefined) return `--capture waits for the only site, but ${known}; say which by --site`
    return `--capture waits for the site ${wanted}, but ${known}`
  }

  /** One dialog at a time. */
  async #choose(): Promise<string | null> {
    if (this.#isChoosing) return null
    this.#isChoosing = true
    try {
      return await this.#needs.dialogs.chooseFolder('capture')
    } finally {
      this.#isChoosing = false
    }
  }
}

/** Nobody is there to call it off; the site's session may end it. */
const never = new AbortController().signal

/** Names no site: the folder is meant to be sent. */
const folderName = (nowMs: number): string =>
  `watchpost-capture-${new Date(nowMs)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:]/g, '')}`
