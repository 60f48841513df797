import type { EventName, Events } from '../../../src-preload/contract/events.ts'
import { failureOf } from '../../../src-preload/contract/failure.ts'
import type { CameraRef, SiteId } from '../../../src-preload/contract/models/ids.ts'
import type { Job, JobId, JobState } from '../../../src-preload/contract/models/job.ts'
import type { Preferences } from '../../../src-preload/contract/models/preferences.ts'
import type { SiteRecordings } from '../../../src-preload/contract/models/recording.ts'
import type { Site } from '../../../src-preload/contract/models/site.ts'
import { faceOf, type TrayFace } from './face.ts'
import { cameraKey, cameraName, quickCameras, shutBecause, type TrayKnown } from './known.ts'
import type { TrayWish } from './menu.ts'
import { newsOfBookmark, newsOfJob, newsOfRecordings, newsOfRefusal, nothingTold, type News } from './news.ts'
import { Notices, type Notice } from './notices.ts'
import { listed } from './words.ts'

/** What the tray has others do, and what it is told of the computer. */
export interface TrayNeeds {
  startRecording: (camera: CameraRef) => Promise<Job>
  stopRecording: (camera: CameraRef) => Promise<Job>
  /** One at each camera, around this moment. */
  addBookmarks: (cameras: CameraRef[], headline: string) => Promise<Job[]>
  signOut: (siteId: SiteId) => Promise<void>
  savePreferences: (change: Partial<Preferences>) => Promise<void>
  cameraName: (camera: CameraRef) => string | undefined
  clock: { now: () => number; monotonic: () => number; after: (ms: number, run: () => void) => void }
  show: (face: TrayFace) => void
  notify: (notice: Notice) => void
  /** Takes the key that records for this program, and gives back the one before; false where another program has it. */
  bindKey: (keys: string | null) => boolean
  /** Has the program started at log-on, or not any more; null where the system has no such thing. */
  startAtLogOn: ((isOn: boolean) => void) | null
  openWindow: () => void
  quit: () => void
  warn: (line: string) => void
}

interface TrayStart {
  sites: Site[]
  recordings: SiteRecordings[]
  /** What is open from before, and was told of then. */
  jobs: Job[]
  preferences: Preferences
  /** Some profile wants the program started at log-on. */
  profilesStartAtLogOn: boolean
}

const FORGET_JOBS_MS = 10 * 60_000

/** The tray without its picture: hears what main announces, carries out what is pressed, with or without a window. */
export class TrayDesk {
  readonly #needs: TrayNeeds
  readonly #notices: Notices
  readonly #profilesStartAtLogOn: boolean
  readonly #recordings = new Map<SiteId, SiteRecordings>()
  readonly #jobs = new Map<JobId, Job>()
  /** How bookmarks stand, and which of them were wished here: those of the page are shown by the page. */
  readonly #bookmarks = new Map<JobId, Job>()
  readonly #bookmarksHere = new Set<JobId>()
  /** Names as they were heard last: a notice names a camera also when nobody is signed in any more. */
  readonly #names = new Map<string, string>()
  #sites: readonly Site[]
  #preferences: Preferences
  #told = nothingTold
  #isKeyTaken = false

  constructor(needs: TrayNeeds, { sites, recordings, jobs, preferences, profilesStartAtLogOn }: TrayStart) {
    this.#needs = needs
    this.#sites = sites
    this.#preferences = preferences
    this.#profilesStartAtLogOn = profilesStartAtLogOn
    this.#notices = new Notices({
      ...needs.clock,
      cameraName: (camera) => cameraName({ nameOf: (one) => this.#nameOf(one) }, camera),
      siteName: ({ siteId }) => this.#site(siteId)?.name ?? '',
      show: needs.notify,
    })
    for (const job of jobs) if (isOfRecording(job)) this.#jobs.set(job.id, job)
    for (const one of recordings) this.#recordingsChanged(one)
    this.#applyLogOn()
    this.#bindKey()
    this.refresh()
  }

  /** One fact main announced. */
  hear<K extends EventName>(name: K, fact: Events[K]): void {
    if (!this.#take({ name, fact } as Heard)) return
    this.refresh()
  }

  /** Shows what is known at this moment; called every second too, for the time that is left. */
  refresh(): void {
    this.#needs.show(faceOf(this.#known, this.#needs.clock.now()))
  }

  /** One click or the key: records the cameras meant for it, at once. */
  press(): void {
    const cameras = quickCameras(this.#known)
    if (cameras.length > 0) this.wish({ wish: 'record', cameras })
    else this.#needs.notify({ title: 'NOT recording', body: 'No camera is chosen. Point at one in Watchpost.' })
  }

  wish(wanted: TrayWish): void {
    switch (wanted.wish) {
      case 'record':
        for (const camera of wanted.cameras) void this.#command('start', camera) // never rejects
        return
      case 'stop':
        void this.#command('stop', wanted.camera) // never rejects
        return
      case 'bookmark':
        void this.#bookmark(wanted.cameras) // never rejects
        return
      case 'sign-out':
        this.#owned(this.#needs.signOut(wanted.siteId))
        return
      case 'start-at-log-on':
        this.#owned(this.#needs.savePreferences({ startAtLogOn: wanted.isOn }))
        return
      case 'record-shortcut':
        this.#owned(this.#needs.savePreferences({ recordShortcut: wanted.keys }))
        return
      case 'open-window':
        this.#needs.openWindow()
        return
      case 'quit':
        this.#needs.quit()
    }
  }

  async #command(what: 'start' | 'stop', camera: CameraRef): Promise<void> {
    const shut = shutBecause(this.#site(camera.siteId))
    if (shut) {
      this.#notices.tell([newsOfRefusal(camera, what, shut)])
      return
    }
    const { startRecording, stopRecording } = this.#needs
    try {
      await (what === 'start' ? startRecording(camera) : stopRecording(camera))
    } catch (error) {
      this.#notices.tell([newsOfRefusal(camera, what, failureOf(error))])
    }
  }

  async #bookmark(cameras: CameraRef[]): Promise<void> {
    const shutAt = ({ siteId }: CameraRef) => shutBecause(this.#site(siteId))
    const open = cameras.filter((camera) => !shutAt(camera))
    const refuse = (camera: CameraRef, because = shutAt(camera)): News[] =>
      because ? [newsOfRefusal(camera, 'bookmark', because)] : []
    this.#notices.tell(cameras.flatMap((camera) => refuse(camera)))
    if (open.length === 0) return
    const names = listed(open.map((camera) => cameraName(this.#known, camera)))
    try {
      const jobs = await this.#needs.addBookmarks(open, names.slice(0, 200))
      for (const job of jobs) {
        this.#bookmarksHere.add(job.id)
        // It may have come further while its answer was on the way.
        this.#notices.tell(newsOfBookmark(this.#bookmarks.get(job.id) ?? job))
      }
    } catch (error) {
      this.#notices.tell(open.flatMap((camera) => refuse(camera, failureOf(error))))
    }
  }

  /** Whether it changes what the tray shows. */
  #take(heard: Heard): boolean {
    switch (heard.name) {
      case 'siteListChanged':
        this.#sites = heard.fact
        return true
      case 'siteChanged':
        this.#sites = this.#sites.map((site) => (site.id === heard.fact.id ? heard.fact : site))
        return true
      case 'cameraListChanged':
        return heard.fact.cameras.phase === 'ready'
      case 'preferencesChanged':
        this.#prefer(heard.fact)
        return true
      case 'recordingsChanged':
        this.#recordingsChanged(heard.fact)
        return true
      case 'jobChanged':
        this.#notices.tell(this.#jobNews(heard.fact))
        return true
      case 'lockProgressed':
      case 'bookmarkOffered':
      case 'menuChosen':
      case 'sessionEnded':
      case 'networkChanged':
        return false
    }
  }

  #recordingsChanged(now: SiteRecordings): void {
    this.#recordings.set(now.siteId, now)
    const { news, told } = newsOfRecordings(this.#told, now, this.#needs.clock.now())
    this.#told = told
    this.#notices.tell(news)
  }

  #jobNews(job: Job): News[] {
    if (job.kind === 'bookmark') return this.#bookmarkNews(job)
    if (!isOfRecording(job)) return []
    const news = newsOfJob(this.#jobs.get(job.id), job)
    this.#jobs.set(job.id, job)
    const oldMs = this.#needs.clock.now() - FORGET_JOBS_MS
    for (const [id, { state, acceptedAt }] of this.#jobs) {
      if (isOver(state) && Date.parse(acceptedAt) < oldMs) this.#jobs.delete(id)
    }
    return news
  }

  #bookmarkNews(job: Job): News[] {
    const before = this.#bookmarks.get(job.id)
    const oldMs = this.#needs.clock.now() - FORGET_JOBS_MS
    for (const [id, { state, acceptedAt }] of this.#bookmarks) {
      if (!isOver(state) || Date.parse(acceptedAt) >= oldMs) continue
      this.#bookmarks.delete(id)
      this.#bookmarksHere.delete(id)
    }
    this.#bookmarks.set(job.id, job)
    return this.#bookmarksHere.has(job.id) && before?.state.phase !== job.state.phase ? newsOfBookmark(job) : []
  }

  #prefer(preferences: Preferences): void {
    const before = { keys: this.#preferences.recordShortcut, startsAtLogOn: this.#startsAtLogOn }
    this.#preferences = preferences
    if (preferences.recordShortcut !== before.keys) this.#bindKey()
    if (this.#startsAtLogOn !== before.startsAtLogOn) this.#applyLogOn()
  }

  /** A folder that cannot be written to takes nothing else away. */
  #applyLogOn(): void {
    try {
      this.#needs.startAtLogOn?.(this.#startsAtLogOn)
    } catch (error) {
      this.#needs.warn(`starting at log-on could not be set: ${String(error)}`)
      this.#needs.notify({ title: 'Start at log-on was not changed', body: 'The system did not let Watchpost set it.' })
    }
  }

  #bindKey(): void {
    const keys = this.#preferences.recordShortcut
    this.#isKeyTaken = !this.#needs.bindKey(keys)
    if (!this.#isKeyTaken) return
    this.#needs.warn(`the recording key ${keys} is taken by another program`)
    const body = 'Another program has it. Choose another key in the menu of the tray.'
    this.#needs.notify({ title: `The key ${keys} does not record`, body })
  }

  /** What a person chose counts for more than what a profile proposes. */
  get #startsAtLogOn(): boolean {
    return this.#preferences.startAtLogOn ?? this.#profilesStartAtLogOn
  }

  get #known(): TrayKnown {
    return {
      sites: this.#sites,
      recordings: this.#recordings,
      jobs: this.#jobs,
      preferences: this.#preferences,
      nameOf: (camera) => this.#nameOf(camera),
      isKeyTaken: this.#isKeyTaken,
      startsAtLogOn: this.#needs.startAtLogOn && this.#startsAtLogOn,
    }
  }

  #nameOf(camera: CameraRef): string | undefined {
    const name = this.#needs.cameraName(camera)
    if (name !== undefined) this.#names.set(cameraKey(camera), name)
    return name ?? this.#names.get(cameraKey(camera))
  }

  #site(id: SiteId): Site | undefined {
    return this.#sites.find((site) => site.id === id)
  }

  #owned(work: Promise<void>): void {
    work.catch((error: unknown) => this.#needs.warn(`the tray could not do it: ${failureOf(error).kind}`))
  }
}

const isOver = ({ phase }: JobState): boolean =>
  phase === 'done' || phase === 'refused' || phase === 'expired' || phase === 'dropped'

const isOfRecording = ({ kind }: Job): boolean => kind === 'start-recording' || kind === 'stop-recording'

/** A name and its fact, told apart by the name. */
type Heard = { [K in EventName]: { name: K; fact: Events[K] } }[EventName]
