import { failureOf } from '../../src-preload/contract/failure.ts'
import type { JobId } from '../../src-preload/contract/models/job.ts'
import { ChainedLog } from './chained-log.ts'
import type { Clock } from './clock.ts'
import { realDisk, type Disk } from './disk.ts'
import { pauseAfter } from './job-course.ts'
import { courseOf, intentOf, type Job } from './job.ts'
import { isMostlyPast, replay, worthKeeping, type Replayed } from './replay.ts'

export interface JobStoreNeeds {
  file: string
  key: Uint8Array
  clock: Clock
  warn: (line: string) => void
  disk?: Disk
}

/** So many more lines before it is asked again whether the journal is mostly past. */
const TIDY_EVERY_LINES = 1_000

/** The commands that are known, and the journal they are written in. */
export class JobStore {
  readonly #needs: JobStoreNeeds
  readonly #log: ChainedLog
  readonly #jobs: Map<JobId, Job>
  readonly #foreign: object[]
  /** Commands of which a change is on its way to the disk. */
  readonly #writing = new Set<JobId>()
  #tidyAtLines = 0

  private constructor(needs: JobStoreNeeds, log: ChainedLog, { jobs, foreign }: Replayed) {
    this.#needs = needs
    this.#log = log
    this.#jobs = jobs
    this.#foreign = foreign
  }

  /** Throws AppError bad-file where the file cannot be used. */
  static async open(needs: JobStoreNeeds): Promise<JobStore> {
    const { file, key, clock, disk = realDisk, warn } = needs
    const opened = await ChainedLog.open({ file, key, kind: 'outbox', disk, now: () => clock.now() })
    const { log, entries, damagedLines, cutBytes } = opened
    const replayed = replay(entries, clock.now())
    if (cutBytes > 0) warn(`${cutBytes} bytes at the end of the journal were never finished and are set aside`)
    if (damagedLines.length > 0) warn(`the journal is damaged in line ${damagedLines.slice(0, 20).join(', ')}`)
    if (replayed.orphans > 0) warn(`${replayed.orphans} records of the journal belong to commands that are lost`)
    const store = new JobStore(needs, log, replayed)
    if (damagedLines.length > 0) await store.#writeAnew(store.worthKeeping())
    else await store.tidy()
    return store
  }

  get(id: JobId): Job | undefined {
    return this.#jobs.get(id)
  }

  all(): Job[] {
    return [...this.#jobs.values()]
  }

  /** What is open, and what was over lately; oldest first. */
  worthKeeping(): Job[] {
    return worthKeeping(this.#jobs.values(), this.#needs.clock.now())
  }

  isWriting(id: JobId): boolean {
    return this.#writing.has(id)
  }

  /** As it is known here; what the journal says of it may be older. */
  know(job: Job): void {
    this.#jobs.set(job.id, job)
  }

  /**
   * Writes a command down, or what became of it, and knows it from then on, as one: meanwhile nothing else is begun with
   * it. Throws AppError bad-file.
   */
  async write(job: Job): Promise<void> {
    const isNew = !this.#jobs.has(job.id)
    this.#writing.add(job.id)
    try {
      await this.#log.append(isNew ? intentOf(job) : courseOf(job))
      this.#jobs.set(job.id, job)
    } finally {
      this.#writing.delete(job.id)
    }
  }

  /**
   * Knows it at once, and writes it down as soon as that works. False if the program ended before: then the next start
   * looks it up.
   */
  async persist(job: Job, ending: AbortSignal): Promise<boolean> {
    this.#writing.add(job.id)
    this.#jobs.set(job.id, job)
    try {
      for (let tries = 0; ; tries++) {
        if (await this.#isWritten(job)) return true
        if (ending.aborted) return false
        await this.#pause(pauseAfter(tries), ending)
      }
    } finally {
      this.#writing.delete(job.id)
    }
  }

  /** Writes the journal anew where it is mostly past. */
  async tidy(): Promise<void> {
    const { lines } = this.#log
    // What is on its way to the disk would be lost to a journal written from what is known here.
    if (lines < this.#tidyAtLines || this.#writing.size > 0) return
    this.#tidyAtLines = lines + TIDY_EVERY_LINES
    const kept = this.worthKeeping()
    if (isMostlyPast(lines, kept.length)) await this.#writeAnew(kept)
  }

  close(): Promise<void> {
    return this.#log.close()
  }

  async #isWritten(job: Job): Promise<boolean> {
    try {
      await this.#log.append(courseOf(job))
      return true
    } catch (error) {
      this.#needs.warn(`${job.reference} (${job.kind}) could not be written down: ${reasonIn(error)}`)
      return false
    }
  }

  #pause(ms: number, ending: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const callOff = this.#needs.clock.after(ms, resolve)
      const stop = (): void => {
        callOff()
        resolve()
      }
      ending.addEventListener('abort', stop, { once: true })
    })
  }

  async #writeAnew(kept: readonly Job[]): Promise<void> {
    const ids = new Set(kept.map(({ id }) => id))
    for (const id of this.#jobs.keys()) if (!ids.has(id)) this.#jobs.delete(id)
    try {
      await this.#log.replace([...this.#foreign, ...kept.map(intentOf)])
      this.#tidyAtLines = this.#log.lines + TIDY_EVERY_LINES
    } catch (error) {
      this.#needs.warn(reasonIn(error)) // the old one goes on
    }
  }
}

/** What went wrong, in words for a log line. */
export function reasonIn(error: unknown): string {
  const failure = failureOf(error)
  if (failure.kind === 'bad-file') return `${failure.file} ${failure.problem}`
  return failure.kind === 'bug' ? failure.message : failure.kind
}
