import { AppError } from '../../src-preload/contract/failure.ts'
import type {
  EvidenceLockOrder,
  EvidenceLockPage,
  EvidenceLockRef,
  KeepFor,
  LockProfile,
  RelatedMicrophone,
} from '../../src-preload/contract/models/evidence-lock.ts'
import type { CameraId, SiteId } from '../../src-preload/contract/models/ids.ts'
import type { Job, JobKind } from '../../src-preload/contract/models/job.ts'
import type { SiteSearch } from '../../src-preload/contract/models/search.ts'
import type { Command } from '../journal/job.ts'
import { allCameras, userAt, type ActionSites } from './action-site.ts'
import { choiceOf, shownLock, type ExtendLockOrder, type LockOrder, type UnlockOrder } from './lock-words.ts'

interface Needs {
  sites: ActionSites
  submit: (command: Command) => Promise<Job>
}

/** As many times a server is asked for one page, where most of what it finds is somebody else's. */
const MOST_ASKS = 10

/** Evidence locks: made, lengthened and taken away by command, and found at the server. */
export class LockDesk {
  readonly #needs: Needs

  constructor(needs: Needs) {
    this.#needs = needs
  }

  async profiles(siteId: SiteId): Promise<LockProfile[]> {
    const profiles = await this.#locksAt(siteId).profiles(new AbortController().signal)
    return profiles.map(({ id, name, retentions }) => ({ id, name, choices: retentions.map(choiceOf) }))
  }

  microphones(siteId: SiteId, cameraIds: CameraId[]): Promise<RelatedMicrophone[]> {
    return this.#needs.sites.get(siteId).actions.microphones(cameraIds, new AbortController().signal)
  }

  /** Throws bad-field where it would end before it begins. */
  async add({ siteId, from, to, ...wish }: EvidenceLockOrder): Promise<Job> {
    if (Date.parse(from) >= Date.parse(to))
      throw new AppError({ kind: 'bad-field', field: 'to', problem: 'must be later than the beginning' })
    const cameraIds = [...new Set(wish.cameraIds)]
    const order: LockOrder = { ...wish, cameraIds, begin: from, end: to }
    const [first, ...others] = cameraIds
    return this.#submit('evidence-lock', siteId, first!, order, {
      headline: wish.headline,
      ...(others.length > 0 && { alsoDeviceIds: others }),
    })
  }

  async extend(lock: EvidenceLockRef, keepFor: KeepFor): Promise<Job> {
    const order: ExtendLockOrder = { lockId: lock.id, keepFor }
    return this.#submit('extend-lock', lock.camera.siteId, lock.camera.cameraId, order, namedAs(lock))
  }

  async unlock(lock: EvidenceLockRef, reason: string): Promise<Job> {
    const order: UnlockOrder = { lockId: lock.id }
    return this.#submit('unlock', lock.camera.siteId, lock.camera.cameraId, order, { ...namedAs(lock), reason })
  }

  /** The server knows pages of its own; who made a lock is looked at here, as its names for users are not ours. */
  async find({ siteId, cameraIds, from, to, text, user, after, count }: SiteSearch): Promise<EvidenceLockPage> {
    const site = this.#needs.sites.get(siteId)
    const wish = {
      cameraIds: cameraIds ?? allCameras(site),
      fromMs: Date.parse(from),
      toMs: Date.parse(to),
      text,
    }
    const { signal } = new AbortController()
    const { page: first, size } = pageIn(after, count)
    if (wish.cameraIds.length === 0) return { locks: [], next: null }
    for (let page = first; page < first + MOST_ASKS; page++) {
      const { found, isAll } = await site.actions.evidenceLocks.search({ ...wish, page, count: size }, signal)
      const locks = found.filter((lock) => lock.user.toLowerCase().includes(user.toLowerCase()))
      if (locks.length > 0 || isAll)
        return { locks: locks.map((lock) => shownLock(siteId, lock)), next: isAll ? null : `${page + 1} ${size}` }
    }
    return { locks: [], next: `${first + MOST_ASKS} ${size}` }
  }

  #locksAt(siteId: SiteId) {
    return this.#needs.sites.get(siteId).actions.evidenceLocks
  }

  #submit(
    kind: JobKind,
    siteId: SiteId,
    cameraId: CameraId,
    order: Command['order'],
    more: Partial<Command>,
  ): Promise<Job> {
    const { sites, submit } = this.#needs
    const user = userAt(sites.get(siteId).standing)
    const dedupeKey = `${kind} ${siteId} ${cameraId} ${JSON.stringify(order)}`
    return submit({ kind, siteId, deviceId: cameraId, user, order, dedupeKey, ...more })
  }
}

/** The command for a lock goes by the lock's own name. */
const namedAs = ({ reference }: EvidenceLockRef): Partial<Command> => (reference === '' ? {} : { reference })

/** Every page is as long as the first, or something would be skipped between them. */
function pageIn(after: string | null, count: number): { page: number; size: number } {
  const [page = '0', size = ''] = (after ?? '').split(' ')
  return { page: Math.floor(Number(page)) || 0, size: Math.min(Math.floor(Number(size)) || count, 200) }
}
