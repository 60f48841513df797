import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import { isSettled, type Command, type Job } from './job.ts'

/** The commands of one device, oldest first, without those that are over. */
export interface Lane {
  jobs: Job[]
  isSending: boolean
  isLooking: boolean
  callOff: () => void
}

const laneOf = ({ siteId, deviceId }: Command): string => `${siteId} ${deviceId}`

/** Whatever is open, device by device. */
export class Lanes {
  readonly #lanes = new Map<string, Lane>()

  get all(): Lane[] {
    return [...this.#lanes.values()]
  }

  /** How many commands are open. */
  get openCount(): number {
    return this.all.reduce((count, { jobs }) => count + jobs.length, 0)
  }

  ofSite(siteId: SiteId): Lane[] {
    return this.all.filter(({ jobs }) => jobs[0]?.siteId === siteId)
  }

  /** Puts a command into its place as it is now; one that is over has none. */
  place(job: Job): Lane {
    const key = laneOf(job)
    const lane = this.#lanes.get(key) ?? { jobs: [], isSending: false, isLooking: false, callOff: () => undefined }
    const at = lane.jobs.findIndex(({ id }) => id === job.id)
    if (isSettled(job)) lane.jobs = lane.jobs.filter(({ id }) => id !== job.id)
    else if (at === -1) lane.jobs.push(job)
    else lane.jobs[at] = job
    if (lane.jobs.length > 0) this.#lanes.set(key, lane)
    return lane
  }

  /** Forgets a lane in which nothing is left to do. */
  tidy(job: Job, lane: Lane): void {
    const isIdle = lane.jobs.length === 0 && !lane.isSending && !lane.isLooking
    if (isIdle && this.#lanes.get(laneOf(job)) === lane) this.#lanes.delete(laneOf(job))
  }
}
