import type { LockProgress } from '../../src-preload/contract/models/evidence-lock.ts'
import type { Job, JobId, JobKind } from '../../src-preload/contract/models/job.ts'
import type { BookmarkOffer, SiteRecordings } from '../../src-preload/contract/models/recording.ts'
import type { Journal } from '../journal/index.ts'
import type { Performer } from '../journal/performer.ts'
import type { Clock } from '../xprotect/clock.ts'
import { heldBack, type ActionSite, type ActionSites } from './action-site.ts'
import { asAsked } from './as-asked.ts'
import { BookmarkDesk } from './bookmark-desk.ts'
import { bookmarkPerformers } from './bookmark-performers.ts'
import { CommandDesk } from './command-desk.ts'
import { markEnd } from './end-bookmark.ts'
import { LockDesk } from './lock-desk.ts'
import { LockFollowing } from './lock-following.ts'
import { lockPerformers } from './lock-performers.ts'
import { RecordingDesk } from './recording-desk.ts'
import { recordingPerformers } from './recording-performers.ts'

export interface ActionNeeds {
  sites: ActionSites
  /** Opened with our `performers`, and telling our `jobChanged`. Rejects where nothing can be kept. */
  journal: () => Promise<Journal>
  clock: Clock
  newId: () => JobId
  recordingsChanged: (recordings: SiteRecordings) => void
  lockProgressed: (progress: LockProgress) => void
  bookmarkOffered: (offer: BookmarkOffer) => void
  warn: (line: string) => void
}

/** What operators have done at the servers of all sites, wired. */
export class Actions {
  readonly commands: CommandDesk
  readonly recordings: RecordingDesk
  readonly bookmarks: BookmarkDesk
  readonly locks: LockDesk
  readonly following: LockFollowing
  readonly performers: Partial<Record<JobKind, Performer>>
  readonly #needs: ActionNeeds
  /** Sites that something can be sent to. */
  readonly #up = new WeakSet<ActionSite>()

  constructor(needs: ActionNeeds) {
    const { sites, clock, journal, warn } = needs
    this.#needs = needs
    this.commands = new CommandDesk(needs)
    const submit = this.commands.submit.bind(this.commands)
    this.recordings = new RecordingDesk({
      sites,
      clock,
      submit,
      changed: needs.recordingsChanged,
      ended: (recording) => {
        const jobs = () => this.commands.list()
        void markEnd(recording, { sites, submit, jobs, warn, offered: needs.bookmarkOffered }) // never rejects
      },
      warn,
    })
    this.bookmarks = new BookmarkDesk({ sites, now: () => clock.now(), newId: needs.newId, submit })
    this.locks = new LockDesk({ sites, submit })
    this.following = new LockFollowing({
      sites,
      clock,
      conclude: async (id, said) => (await journal()).outbox.conclude(id, said),
      changed: needs.lockProgressed,
      warn,
    })
    this.performers = this.#performers(needs)
  }

  /** Once the journal is open, or cannot be: what was under way when the program ended is known again. Never rejects. */
  async begin(): Promise<void> {
    const jobs = await this.#needs.journal().then(
      ({ outbox }) => outbox.jobs,
      () => [], // whoever opened it tells why
    )
    this.recordings.begin(jobs)
    for (const job of jobs) this.following.jobChanged(job)
  }

  jobChanged(job: Job): void {
    if (isOfRecording(job)) this.recordings.jobChanged(job)
    this.following.jobChanged(job)
  }

  siteChanged(site: ActionSite): void {
    const isUp = heldBack(site.standing) === undefined
    const isBack = isUp && !this.#up.has(site)
    if (isUp) this.#up.add(site)
    else this.#up.delete(site)
    this.recordings.siteChanged(site)
    if (!isBack) return
    this.recordings.plans.siteIsBack(site.id)
    this.following.siteIsBack(site.id)
    this.#needs.journal().then(
      ({ outbox }) => outbox.siteIsBack(site.id),
      () => undefined, // without a journal nothing waits
    )
  }

  close(): void {
    this.recordings.close()
    this.following.close()
  }

  #performers({ sites, clock }: ActionNeeds): Partial<Record<JobKind, Performer>> {
    const performers = {
      ...recordingPerformers({
        sites,
        now: () => clock.now(),
        oursAt: (siteId, cameraId) => this.recordings.plans.running({ siteId, cameraId }),
      }),
      ...bookmarkPerformers(sites),
      ...lockPerformers(sites),
    }
    return Object.fromEntries(Object.entries(performers).map(([kind, performer]) => [kind, asAsked(sites, performer)]))
  }
}

const isOfRecording = ({ kind }: Job): boolean =>
  kind === 'start-recording' || kind === 'extend-recording' || kind === 'stop-recording'
