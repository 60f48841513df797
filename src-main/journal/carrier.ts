import { failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { JobId, JobKind } from '../../src-preload/contract/models/job.ts'
import type { Ages } from './ages.ts'
import type { Clock } from './clock.ts'
import { isOutcome } from './job-audit.ts'
import { next, pauseAfter, type JobEvent } from './job-course.ts'
import type { JobStore } from './job-store.ts'
import type { Job } from './job.ts'
import { timeLeft, type Step } from './lane.ts'
import type { Outcome } from './outcome.ts'
import { lookUp, perform, type Performer } from './performer.ts'

interface Needs {
  clock: Clock
  store: JobStore
  ages: Ages
  performers: Partial<Record<JobKind, Performer>>
  /** Aborted when the program has no more time for an answer. */
  ending: AbortSignal
  /** A command stands otherwise than before. */
  changed: (job: Job) => void
  /** The same is on the disk, or need not be: what comes next may begin. */
  proceed: (job: Job) => void
  /** Tells the audit trail what became of one. */
  note: (job: Job) => void
}

/** What can be done with a command. */
export type Act = Exclude<Step['do'], 'wait'>

/**
 * Does one thing with one command and keeps what came of it: sends it, looks it up, or lets it expire. Which command's turn
 * it is, others know.
 */
export class Carrier {
  readonly #needs: Needs

  constructor(needs: Needs) {
    this.#needs = needs
  }

  async carryOut(act: Act, job: Job): Promise<void> {
    if (act === 'expire') return this.#happen(job.id, { type: 'deadline' })
    const performer = this.#needs.performers[job.kind]
    if (!performer) return this.#happen(job.id, { type: 'no-performer' })
    if (act === 'send') return this.#send(job, performer)
    const look = await lookUp(performer, job, this.#needs.ending)
    return this.#happen(job.id, { type: 'looked', look, isLate: this.#leftMs(job) <= 0 })
  }

  /**
   * The command as begun, where nothing is in its way and the server can be asked what became of it: then it is written
   * down once, accepted and begun, and what a crash leaves open costs a question. Otherwise undefined.
   */
  begun(job: Job): Job | undefined {
    const performer = this.#needs.performers[job.kind]
    if (!performer?.lookUp || performer.heldBack?.(job) || performer.isOfAnother?.(job)) return undefined
    return next(job, { type: 'begun' }, this.#needs.clock.now())
  }

  #leftMs(job: Job): number {
    return timeLeft(job, this.#needs.ages.of(job))
  }

  async #send(job: Job, performer: Performer): Promise<void> {
    const { clock, store } = this.#needs
    const heldBack = performer.heldBack?.(job)
    if (heldBack) {
      this.#postpone(job, heldBack)
      return
    }
    if (performer.isOfAnother?.(job)) return this.#happen(job.id, { type: 'other-user' })
    const begun = next(job, { type: 'begun' }, clock.now())
    try {
      await store.write(begun)
    } catch (error) {
      this.#postpone(job, failureOf(error)) // what cannot be written down is not sent
      return
    }
    this.#become(begun)
    await this.sendBegun(begun)
  }

  /** Sends what is written down as begun. */
  async sendBegun(begun: Job): Promise<void> {
    const { clock, ending, performers } = this.#needs
    const leftMs = this.#leftMs(begun)
    const performer = performers[begun.kind]!
    const outcome = leftMs <= 0 ? tooSlow : await perform(performer, begun, { clock, ending, leftMs })
    await this.#happen(begun.id, { type: 'sent', outcome })
  }

  /** Not in the journal, where it waits already. */
  #postpone(job: Job, because: Failure): void {
    const notBeforeMs = this.#needs.clock.now() + pauseAfter(job.refusals)
    const later: Job = { ...job, refusals: job.refusals + 1, state: { is: 'queued', notBeforeMs, because } }
    this.#needs.store.know(later)
    this.#become(later)
  }

  /** What happened cannot be undone by a full disk: it is told at once, and nothing follows from it until it is written. */
  async #happen(id: JobId, event: JobEvent): Promise<void> {
    const { clock, store, ending, changed, note, proceed } = this.#needs
    const before = store.get(id)!
    const after = next(before, event, clock.now())
    if (after === before) return
    const written = store.persist(after, ending)
    changed(after)
    if (isOutcome(after)) note(after)
    if (!(await written)) return
    proceed(after)
    await store.tidy()
  }

  #become(job: Job): void {
    this.#needs.changed(job)
    this.#needs.proceed(job)
  }
}

/** The disk took its time: it has not left, and it will not. */
const tooSlow: Outcome = { is: 'not-sent', because: { kind: 'unreachable', what: 'server', how: 'timeout' } }
