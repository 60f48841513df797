import { createHash } from 'node:crypto'
import path from 'node:path'
import { AppError } from '../../src-preload/contract/failure.ts'
import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import type { Site } from '../../src-preload/contract/models/site.ts'
import type { ProfileProblem } from '../storage/profiles.ts'
import { nothingKnown } from './site-facts.ts'
import type { ConfiguredSite } from './site.ts'

/** All sites this computer knows, and the files that should have been one. */
export class SiteList {
  readonly #sites: ConfiguredSite[]
  readonly #unusable: Site[]

  constructor(sites: ConfiguredSite[], problems: ProfileProblem[]) {
    this.#sites = sites
    this.#unusable = problems.map(unusable)
  }

  all(): Site[] {
    return [...this.#sites.map((site) => site.shown), ...this.#unusable]
  }

  /** Throws not-found, or what is wrong with the file that should have been this site. */
  get(id: SiteId): ConfiguredSite {
    const site = this.#sites.find((one) => one.id === id)
    if (site) return site
    const state = this.#unusable.find((one) => one.id === id)?.state
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
    for (const site of this.#sites) site.close()
  }
}

/** A file that was set aside is shown by its name with what is wrong: silence would look as if the site were gone. */
function unusable({ file, problem }: ProfileProblem): Site {
  return {
    id: idOf(file),
    name: path
      .basename(file)
      .replace(/\.watchpost\.json$/, '')
      .slice(0, 100),
    address: '',
    user: '',
    managed: false,
    state: { phase: 'signed-out', problem: { kind: 'bad-file', file, problem } },
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
