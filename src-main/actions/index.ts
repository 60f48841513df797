import type { Job, JobId, JobKind } from '../../src-preload/contract/models/job.ts'
import type { SiteRecordings } from '../../src-preload/contract/models/recording.ts'
import type { Journal } from '../journal/index.ts'
import type { Performer } from '../journal/performer.ts'
import type { Clock } from '../xprotect/clock.ts'
import { heldBack, type ActionSite, type ActionSites } from './action-site.ts'
import { BookmarkDesk } from './bookmark-desk.ts'
import { bookmarkPerformer } from './bookmark-performer.ts'
import { CommandDesk } from './command-desk.ts'
import { RecordingDesk } from './recording-desk.ts'
import { recordingPerformers } from './recording-performers.ts'

export interface ActionNeeds {
  sites: ActionSites
  /** Opened with our `performers`, and telling our `jobChanged`. Rejects where nothing can be kept. */
  journal: () => Promise<Journal>
  clock: Clock
  newId: () => JobId
  recordingsChanged: (recordings: SiteRecordings) => void
  warn: (line: string) => void
}

/** What operators have done at the servers of all sites, wired. */
export class Actions {
  readonly commands: CommandDesk
  readonly recordings: RecordingDesk
  readonly bookmarks: BookmarkDesk
  readonly performers: Partial<Record<JobKind, Performer>>
  readonly #needs: ActionNeeds
  /** Sites that something can be sent to. */
  readonly #up = new WeakSet<ActionSite>()

  constructor(needs: ActionNeeds) {
    const { sites, clock } = needs
    this.#needs = needs
    this.commands = new CommandDesk(needs)
    this.recordings = new RecordingDesk({
      sites,
      clock,
      submit: (command) => this.commands.submit(command),
      changed: needs.recordingsChanged,
      warn: needs.warn,
    })
    this.bookmarks = new BookmarkDesk({
      sites,
      now: () => clock.now(),
      newId: needs.newId,
      submit: (command) => this.commands.submit(command),
    })
    this.performers = {
      ...recordingPerformers({
        sites,
        now: () => clock.now(),
        oursAt: (siteId, cameraId) => this.recordings.plans.running({ siteId, cameraId }),
      }),
      bookmark: bookmarkPerformer(sites),
    }
  }

  /** Once the journal is open, or cannot be: what was recording when the program ended is known again. Never rejects. */
  async begin(): Promise<void> {
    const jobs = await this.#needs.journal().then(
      ({ outbox }) => outbox.jobs,
      () => [], // whoever opened it tells why
    )
    this.recordings.begin(jobs)
  }

  jobChanged(job: Job): void {
    if (isOfRecording(job)) this.recordings.jobChanged(job)
  }

  siteChanged(site: ActionSite): void {
    const isUp = heldBack(site.shown) === undefined
    const isBack = isUp && !this.#up.has(site)
    if (isUp) this.#up.add(site)
    else this.#up.delete(site)
    this.recordings.siteChanged(site)
    if (!isBack) return
    this.recordings.plans.siteIsBack(site.id)
    this.#needs.journal().then(
      ({ outbox }) => outbox.siteIsBack(site.id),
      () => undefined, // without a journal nothing waits
    )
  }

  close(): void {
    this.recordings.close()
  }
}

const isOfRecording = ({ kind }: Job): boolean =>
  kind === 'start-recording' || kind === 'extend-recording' || kind === 'stop-recording'
