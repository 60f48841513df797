import PQueue from 'p-queue'
import { failureOf } from '../../src-preload/contract/failure.ts'
import type { LockProgress } from '../../src-preload/contract/models/evidence-lock.ts'
import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import type { Job, JobId, JobSaid } from '../../src-preload/contract/models/job.ts'
import type { Clock } from '../xprotect/clock.ts'
import { heldBackAt, type ActionSites } from './action-site.ts'
import { isAnothersNow } from './as-asked.ts'
import { isToFollow, lockedCameras, lockStanding, type LockKnown } from './lock-standing.ts'
import { LockSaid, shownLock } from './lock-words.ts'
import { cameraOf } from './recording-performers.ts'

interface Needs {
  sites: ActionSites
  clock: Clock
  /** Keeps what became of a lock with its command. */
  conclude: (id: JobId, said: JobSaid) => Promise<void>
  changed: (progress: LockProgress) => void
  warn: (line: string) => void
}

/** A lock, and what is known of it. */
interface Followed extends LockKnown {
  jobId: JobId
  siteId: SiteId
  /** Who had it made. */
  user: string
  said: LockSaid
  seenMs: number
  looks: number
  isLooking: boolean
  callOff: () => void
}

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 60_000
/** Of the six connections to a gateway: nobody's picture is to wait for this. */
const AT_ONCE = 2

/**
 * Locks that this program had made, followed until the server has applied them: a recorder that was offline gets its part
 * later, and nobody is told but who asks (xprotect-api.md 7 [D]).
 */
export class LockFollowing {
  readonly #needs: Needs
  readonly #followed = new Map<JobId, Followed>()
  readonly #queue = new PQueue({ concurrency: AT_ONCE })
  readonly #closing = new AbortController()

  constructor(needs: Needs) {
    this.#needs = needs
  }

  progressAt(siteId: SiteId): LockProgress[] {
    return [...this.#followed.values()].filter((one) => one.siteId === siteId).map(progressOf)
  }

  /** A command stands otherwise than before, or stood so when the program started. */
  jobChanged(job: Job): void {
    if (job.state.phase !== 'done') return
    if (job.kind === 'evidence-lock') this.#follow(job)
    if (job.kind === 'unlock' || job.kind === 'extend-lock') this.#lookAgain(job.siteId, job.state.said)
  }

  /** A site can be reached again: what could not be asked is asked. */
  siteIsBack(siteId: SiteId): void {
    for (const one of this.#followed.values()) if (one.siteId === siteId) this.#look(one)
  }

  close(): void {
    this.#closing.abort()
    for (const { callOff } of this.#followed.values()) callOff()
  }

  #follow(job: Job): void {
    const said = job.state.phase === 'done' ? LockSaid.safeParse(job.state.said).data : undefined
    if (!said || this.#followed.has(job.id)) return
    const one: Followed = {
      jobId: job.id,
      siteId: job.siteId,
      user: job.user,
      said,
      cameraIds: [job.deviceId, ...(job.alsoDeviceIds ?? [])].map((deviceId) => cameraOf({ deviceId })),
      faults: said.faults,
      lock: null,
      isGone: false,
      seenMs: this.#needs.clock.now(),
      looks: 0,
      isLooking: false,
      callOff: () => undefined,
    }
    this.#followed.set(job.id, one)
    this.#needs.changed(progressOf(one))
    this.#look(one)
  }

  #lookAgain(siteId: SiteId, said: JobSaid): void {
    const { data } = LockSaid.pick({ lockId: true }).safeParse(said)
    for (const one of this.#followed.values())
      if (one.siteId === siteId && one.said.lockId === data?.lockId) this.#look(one)
  }

  #look(one: Followed): void {
    one.callOff()
    if (one.isLooking || one.isGone || this.#closing.signal.aborted) return
    one.isLooking = true
    // Never rejects: see `#read`.
    void this.#queue
      .add(() => this.#read(one))
      .then(() => {
        one.isLooking = false
        one.looks += 1
        if (!isToFollow(lockStanding(one)) || this.#closing.signal.aborted) return
        const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(one.looks - 1, 10), LONGEST_PAUSE_MS)
        one.callOff = this.#needs.clock.after(pauseMs, () => this.#look(one))
      })
  }

  /** Never rejects. */
  async #read(one: Followed): Promise<void> {
    const { sites, clock, warn } = this.#needs
    if (heldBackAt(sites, one.siteId)) return
    const before = JSON.stringify({ ...progressOf(one), seenAt: '' })
    try {
      one.lock = await sites.get(one.siteId).actions.evidenceLocks.get(one.said.lockId, this.#closing.signal)
      one.seenMs = clock.now()
    } catch (error) {
      const { kind } = failureOf(error)
      if (kind !== 'not-found') {
        warn(`an evidence lock could not be read: ${kind}`)
        return
      }
      if (isAnothersNow(sites, one.siteId, one.user)) return // this user may not see it
      one.isGone = true
      one.seenMs = clock.now()
    }
    if (JSON.stringify({ ...progressOf(one), seenAt: '' }) !== before) this.#needs.changed(progressOf(one))
    if (one.said.isFollowed && !isToFollow(lockStanding(one))) await this.#conclude(one)
  }

  /** Without it, the next start would only follow it once more. */
  async #conclude(one: Followed): Promise<void> {
    one.said = { ...one.said, isFollowed: false }
    const kept = this.#needs.conclude(one.jobId, one.said)
    await kept.catch((error: unknown) =>
      this.#needs.warn(`what became of an evidence lock was not kept: ${failureOf(error).kind}`),
    )
  }
}

const progressOf = (one: Followed): LockProgress => ({
  jobId: one.jobId,
  siteId: one.siteId,
  lockId: one.said.lockId,
  is: lockStanding(one),
  cameras: lockedCameras(one),
  lock: one.lock && shownLock(one.siteId, one.lock),
  differs: one.said.differs,
  seenAt: new Date(one.seenMs).toISOString(),
})
