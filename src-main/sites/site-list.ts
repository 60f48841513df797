import { createHash } from 'node:crypto'
import path from 'node:path'
import { AppError } from '../../src-preload/contract/failure.ts'
import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import type { Site } from '../../src-preload/contract/models/site.ts'
import type { ProfileProblem, StoredProfile } from '../storage/profiles.ts'
import { nothingKnown } from './site-facts.ts'
import type { ConfiguredSite } from './site.ts'

export interface SiteListNeeds {
  make: (stored: StoredProfile) => ConfiguredSite
  /** Ends the video of a site that is no more what it was. Never rejects. */
  leave: (siteId: SiteId) => Promise<void>
  /** There are other sites than before, or one of them was made anew. */
  changed: (all: Site[]) => void
}

/** All sites this computer knows, and the files that should have been one. */
export class SiteList {
  readonly #needs: SiteListNeeds
  #sites: ConfiguredSite[]
  #unusable: { shown: Site; file: ProfileProblem }[]
  /** Taken off the list, and still telling their servers. */
  readonly #leaving = new Set<ConfiguredSite>()

  constructor(profiles: StoredProfile[], problems: ProfileProblem[], needs: SiteListNeeds) {
    this.#needs = needs
    this.#sites = profiles.map(needs.make)
    this.#unusable = problems.map((file) => ({ shown: unusable(file), file }))
  }

  all(): Site[] {
    return [...this.#sites.map((site) => site.shown), ...this.#unusable.map(({ shown }) => shown)]
  }

  holds(site: ConfiguredSite): boolean {
    return this.#sites.includes(site)
  }

  has(id: SiteId): boolean {
    return this.#sites.some((site) => site.id === id)
  }

  /** A site as its profile now says it. One that was there is signed out and made anew; no other is touched. */
  async put(stored: StoredProfile): Promise<void> {
    const site = this.#needs.make(stored)
    const old = this.#sites.find(({ id }) => id === site.id)
    this.#sites = old ? this.#sites.map((one) => (one === old ? site : one)) : [...this.#sites, site]
    this.#needs.changed(this.all())
    if (old) {
      // What it sealed was for the servers of the old profile, and must be gone before anything is sealed anew.
      await old.forgetStay()
      void this.#retire(old) // never rejects
    }
    void site.start() // never rejects
  }

  remove(id: SiteId): void {
    const old = this.#sites.find((site) => site.id === id)
    this.#sites = this.#sites.filter((site) => site !== old)
    if (old) void this.#retire(old) // never rejects
    this.#needs.changed(this.all())
  }

  /** The file that should have been this site. */
  unusable(id: SiteId): ProfileProblem | undefined {
    return this.#unusable.find(({ shown }) => shown.id === id)?.file
  }

  /** Such a file is no longer there. */
  forget(id: SiteId): void {
    this.#unusable = this.#unusable.filter(({ shown }) => shown.id !== id)
    this.#needs.changed(this.all())
  }

  /** Such a file is there again. */
  remember(file: ProfileProblem): void {
    this.#unusable = [...this.#unusable, { shown: unusable(file), file }]
    this.#needs.changed(this.all())
  }

  /** Throws not-found, or what is wrong with the file that should have been this site. */
  get(id: SiteId): ConfiguredSite {
    const site = this.#sites.find((one) => one.id === id)
    if (site) return site
    const state = this.#unusable.find(({ shown }) => shown.id === id)?.shown.state
    if (state?.phase === 'signed-out' && state.problem) throw new AppError(state.problem)
    throw new AppError({ kind: 'not-found', what: 'site' })
  }

  /** Looks who stayed signed in. Never rejects. */
  async start(): Promise<void> {
    await Promise.all(this.#sites.map((site) => site.start()))
  }

  renew(): void {
    for (const site of this.#sites) site.renew()
  }

  close(): void {
    for (const site of [...this.#sites, ...this.#leaving]) site.close()
  }

  async #retire(site: ConfiguredSite): Promise<void> {
    this.#leaving.add(site)
    await this.#needs.leave(site.id)
    await site.signOut()
    site.close()
    this.#leaving.delete(site)
  }
}

/** A file that was set aside is shown by its name with what is wrong: silence would look as if the site were gone. */
function unusable({ file, problem, managed }: ProfileProblem): Site {
  return {
    id: idOf(file),
    name: path
      .basename(file)
      .replace(/\.watchpost\.json$/, '')
      .slice(0, 100),
    address: '',
    user: '',
    managed,
    state: { phase: 'signed-out', problem: { kind: 'bad-file', file, problem } },
    origins: [],
    cameras: { phase: 'none' },
    staySignedIn: { may: false, why: 'unavailable' },
    capabilities: nothingKnown,
    children: [],
    masterAddress: '',
  }
}

/** The same file has the same id at every start. */
function idOf(file: string): SiteId {
  const hex = createHash('sha256').update(file).digest('hex')
  const id = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)]
  return id.join('-') as SiteId
}
