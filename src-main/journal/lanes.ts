import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import { isSettled, type Command, type Job } from './job.ts'

/** The commands of one device, oldest first, without those that are over. */
export interface Lane {
  jobs: Job[]
  isSending: boolean
  isLooking: boolean
  callOff: () => void
}

/** Nothing of a device is open or under way. */
export const isIdle = ({ jobs, isSending, isLooking }: Lane): boolean => jobs.length === 0 && !isSending && !isLooking

const laneOf = ({ siteId, deviceId }: Command): string => `${siteId} ${deviceId}`

const emptyLane = (): Lane => ({ jobs: [], isSending: false, isLooking: false, callOff: () => undefined })

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

  /** Where a command belongs, made if need be; what holds it is called by `tidy`. */
  of(job: Job): Lane {
    const lane = this.#lanes.get(laneOf(job)) ?? emptyLane()
    this.#lanes.set(laneOf(job), lane)
    return lane
  }

  /** Puts a command into its place as it is now; one that is over has none. */
  place(job: Job): Lane {
    const key = laneOf(job)
    const lane = this.#lanes.get(key) ?? emptyLane()
    const at = lane.jobs.findIndex(({ id }) => id === job.id)
    if (isSettled(job)) lane.jobs = lane.jobs.filter(({ id }) => id !== job.id)
    else if (at === -1) lane.jobs.push(job)
    else lane.jobs[at] = job
    if (lane.jobs.length > 0) this.#lanes.set(key, lane)
    return lane
  }

  /** Forgets a lane in which nothing is left to do. */
  tidy(job: Job, lane: Lane): void {
    if (isIdle(lane) && this.#lanes.get(laneOf(job)) === lane) this.#lanes.delete(laneOf(job))
  }
}
