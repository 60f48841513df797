import { AppError } from '../../src-preload/contract/failure.ts'
import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import type { Job as ShownJob, JobId, JobKind, JobSaid } from '../../src-preload/contract/models/job.ts'
import type { AuditEntry } from './audit-entry.ts'
import { JobAudit } from './job-audit.ts'
import { hurried, next, rewound, type JobEvent } from './job-course.ts'
import { JobStore, reasonIn, type JobStoreNeeds } from './job-store.ts'
import { Ages } from './ages.ts'
import { Carrier, type Act } from './carrier.ts'
import { isSettled, newJob, shownOf, type Command, type Job } from './job.ts'
import { nextStep } from './lane.ts'
import { isIdle, Lanes, type Lane } from './lanes.ts'
import type { Performer } from './performer.ts'
import { Presses } from './presses.ts'

export interface OutboxNeeds extends JobStoreNeeds {
  newId: () => JobId
  performers: Partial<Record<JobKind, Performer>>
  /** Every change of a command, as the screen shows it. */
  changed: (job: ShownJob) => void
  /** Writes into the audit trail. */
  audit: (entry: AuditEntry) => Promise<void>
}

/** More than this and something is wrong that a person has to look at (security.md 4.7). */
const MOST_OPEN = 10_000
/** What is under way when the program ends may still finish this long. */
const LAST_ANSWERS_MS = 1_500

/**
 * Carries out what operators ask for, and loses none of it: the wish is on the disk before anything leaves, and what
 * nobody can vouch for is looked up before it is sent again (security.md 4.4, rules 1 to 6).
 */
export class Outbox {
  readonly #needs: OutboxNeeds
  readonly #store: JobStore
  readonly #lanes = new Lanes()
  readonly #ages: Ages
  readonly #presses: Presses<ShownJob>
  readonly #carrier: Carrier
  readonly #trail: JobAudit
  readonly #work = new Set<Promise<void>>()
  readonly #ending = new AbortController()
  #isClosing = false

  private constructor(needs: OutboxNeeds, store: JobStore) {
    this.#needs = needs
    this.#store = store
    this.#ages = new Ages(needs.clock)
    this.#presses = new Presses(() => needs.clock.monotonic())
    this.#trail = new JobAudit(needs)
    this.#carrier = new Carrier({
      clock: needs.clock,
      performers: needs.performers,
      store,
      ages: this.#ages,
      ending: this.#ending.signal,
      changed: (job) => needs.changed(shownOf(job)),
      proceed: (job) => this.#proceed(job),
      note: (job) => this.#trail.note(job, 'command-outcome'),
    })
  }

  /** Reads what is left to do, and begins. Throws AppError bad-file where the file cannot be used. */
  static async open(needs: OutboxNeeds): Promise<Outbox> {
    const outbox = new Outbox(needs, await JobStore.open(needs))
    for (const job of outbox.#store.all()) outbox.#lanes.place(job)
    for (const lane of outbox.#lanes.all) outbox.#advance(lane)
    return outbox
  }

  /** What is open, and what was over lately; oldest first. */
  get jobs(): ShownJob[] {
    return this.#store.worthKeeping().map(shownOf)
  }

  /** One of them, as it stands now. */
  find(id: JobId): ShownJob | undefined {
    const job = this.#store.get(id)
    return job && shownOf(job)
  }

  /**
   * Resolves when the wish is safe on the disk, which is not to say that it was carried out. The same press twice is one
   * command. Throws AppError bad-file where it cannot be kept; then nothing will be done.
   */
  submit(command: Command): Promise<ShownJob> {
    return this.#presses.once(command.dedupeKey, () => this.#accept(command))
  }

  /** A person wants the server asked once more. */
  check(id: JobId, by: string): Promise<void> {
    return this.#decide(id, by, 'command-check', { type: 'check' })
  }

  /** A person wants it sent, though it may have been done already: from now on in their name. */
  sendAgain(id: JobId, by: string): Promise<void> {
    return this.#decide(id, by, 'command-send-again', { type: 'send-again', by })
  }

  /** A person gives it up. Stands in the audit trail before it takes effect. */
  drop(id: JobId, by: string): Promise<void> {
    return this.#decide(id, by, 'command-drop', { type: 'drop', by })
  }

  /** Keeps what the server said of a command after it was done. Throws AppError bad-file where that cannot be kept. */
  async conclude(id: JobId, said: JobSaid): Promise<void> {
    const job = this.#store.get(id)
    if (!job) throw new AppError({ kind: 'not-found', what: 'command' })
    const concluded = next(job, { type: 'concluded', said }, this.#needs.clock.now())
    if (concluded === job) return
    await this.#store.write(concluded)
    this.#needs.changed(shownOf(concluded))
  }

  /** The site can be reached again: what waits for it need not wait longer. */
  siteIsBack(siteId: SiteId): void {
    for (const lane of this.#lanes.ofSite(siteId)) {
      lane.jobs = lane.jobs.map((job) => this.#amend(job, hurried(job)))
      this.#advance(lane)
    }
  }

  /** Begins nothing more. What is under way has a moment to finish; what does not is looked up at the next start. */
  async close(): Promise<void> {
    this.#isClosing = true
    for (const lane of this.#lanes.all) lane.callOff()
    const callOff = this.#needs.clock.after(LAST_ANSWERS_MS, () => this.#ending.abort())
    while (this.#work.size > 0) await Promise.all(this.#work)
    await this.#trail.settled()
    callOff()
    await this.#store.close()
  }

  async #accept(command: Command): Promise<ShownJob> {
    const { clock, newId, performers, file } = this.#needs
    if (!performers[command.kind]) throw new AppError({ kind: 'bug', message: `nothing performs ${command.kind}` })
    if (this.#lanes.openCount >= MOST_OPEN)
      throw new AppError({ kind: 'bad-file', file, problem: `holds ${MOST_OPEN} commands that are still open` })
    const pressedMs = clock.monotonic()
    const job = newJob(command, newId(), clock.now())
    const lane = this.#lanes.of(job)
    const begun = isIdle(lane) && !this.#isClosing ? this.#carrier.begun(job) : undefined
    // Nothing else of this device begins while it is written.
    if (begun) lane.isSending = true
    try {
      await this.#keep(job, begun)
    } catch (error) {
      if (begun) lane.isSending = false
      this.#advance(lane)
      this.#lanes.tidy(job, lane)
      throw error
    }
    this.#ages.pressed(job.id, pressedMs)
    if (!begun) this.#become(job)
    else this.#goOn(lane, job, begun)
    return shownOf(job)
  }

  /** From accepted to begun without a word to the disk between. */
  #goOn(lane: Lane, job: Job, begun: Job): void {
    this.#needs.changed(shownOf(job))
    this.#lanes.place(begun)
    this.#needs.changed(shownOf(begun))
    if (this.#isClosing) lane.isSending = false
    else this.#undertake(lane, 'send', begun, () => this.#carrier.sendBegun(begun))
  }

  /** What needs a reason is not done before the reason stands in the trail; nothing else is held up by it. */
  async #keep(job: Job, begun: Job = job): Promise<void> {
    if (job.reason === undefined) {
      await this.#store.write(begun)
      this.#trail.noteSoon(job, 'command-accepted')
      return
    }
    await this.#trail.record(job, 'command-accepted', job.user)
    try {
      await this.#store.write(begun)
    } catch (error) {
      this.#trail.note({ ...job, state: { is: 'dropped', by: '' } }, 'command-outcome')
      throw error
    }
  }

  async #decide(id: JobId, by: string, what: AuditEntry['what'], event: JobEvent): Promise<void> {
    const after = (): Job => {
      const before = this.#store.get(id)
      const then = before && next(before, event, this.#needs.clock.now())
      if (then && then !== before && !this.#store.isWriting(id)) return then
      throw new AppError({ kind: 'not-found', what: 'command' })
    }
    await this.#trail.record(after(), what, by)
    const job = after() // it may have moved on while that was written
    await this.#store.write(job)
    if (event.type === 'send-again') this.#ages.pressed(id)
    this.#become(job)
  }

  /** Changes when a command is to go on, which the journal need not know. */
  #amend(job: Job, amended: Job): Job {
    if (amended === job || this.#store.isWriting(job.id)) return job
    this.#store.know(amended)
    return amended
  }

  /** Tells what a command has become, and goes on from there. */
  #become(job: Job): void {
    this.#needs.changed(shownOf(job))
    this.#proceed(job)
  }

  #proceed(job: Job): void {
    const lane = this.#lanes.place(job)
    if (isSettled(job)) this.#ages.forget(job.id)
    this.#advance(lane)
  }

  /** Begins whatever a device's commands have come to. */
  #advance(lane: Lane): void {
    lane.callOff()
    while (!this.#isClosing) {
      const nowMs = this.#needs.clock.now()
      lane.jobs = lane.jobs.map((job) => this.#amend(job, rewound(job, nowMs)))
      const step = nextStep(lane.jobs, {
        nowMs,
        isSending: lane.isSending,
        isLooking: lane.isLooking,
        isWriting: ({ id }) => this.#store.isWriting(id),
        ageMs: (job) => this.#ages.of(job),
        canLookUp: ({ kind }) => this.#needs.performers[kind]?.lookUp !== undefined,
      })
      if (step.do !== 'wait') {
        const { do: act, job } = step
        this.#undertake(lane, act, job, () => this.#carrier.carryOut(act, job))
        continue
      }
      if (step.ms !== undefined) lane.callOff = this.#needs.clock.after(step.ms, () => this.#advance(lane))
      return
    }
  }

  #undertake(lane: Lane, act: Act, job: Job, carryOut: () => Promise<void>): void {
    if (act === 'send') lane.isSending = true
    if (act === 'look-up') lane.isLooking = true
    const work = carryOut()
      .catch((error: unknown) => this.#needs.warn(`${job.reference} (${job.kind}): ${reasonIn(error)}`))
      .then(() => {
        if (act === 'send') lane.isSending = false
        if (act === 'look-up') lane.isLooking = false
        this.#work.delete(work)
        this.#advance(lane)
        this.#lanes.tidy(job, lane)
      })
    this.#work.add(work)
  }
}
