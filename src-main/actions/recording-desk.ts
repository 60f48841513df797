import { AppError } from '../../src-preload/contract/failure.ts'
import type { CameraRef, SiteId } from '../../src-preload/contract/models/ids.ts'
import type { Job, JobKind } from '../../src-preload/contract/models/job.ts'
import type { RecordingLimits, RecordingNow, SiteRecordings } from '../../src-preload/contract/models/recording.ts'
import type { Command } from '../journal/job.ts'
import type { Clock } from '../xprotect/clock.ts'
import { recordingLength } from '../xprotect/recording/facts.ts'
import { userAt, type ActionSite, type ActionSites } from './action-site.ts'
import { recordingNow } from './recording-plan.ts'
import { RecordingPlans, type EndedRecording } from './recording-plans.ts'

interface Needs {
  sites: ActionSites
  submit: (command: Command) => Promise<Job>
  clock: Clock
  changed: (recordings: SiteRecordings) => void
  /** A recording of ours has ended. */
  ended: (recording: EndedRecording) => void
  warn: (line: string) => void
}

/** Recordings by hand: what operators ask for, what is recorded by the server's word, and the end of ours. */
export class RecordingDesk {
  readonly #needs: Needs
  readonly plans: RecordingPlans
  /** Sites whose server's word is listened to. */
  readonly #heard = new Map<SiteId, { site: ActionSite; leave: () => void }>()
  readonly #known = new Set<SiteId>()
  /** What was told last, so that the same is not told twice. */
  readonly #told = new Map<SiteId, string>()
  /** The last kind of command asked for at a camera, and how often that changed: another is never the same press. */
  readonly #turns = new Map<string, { kind: JobKind; turn: number }>()

  /** What was ours before this start is known, or never will be: until then nothing is said of anybody's recordings. */
  readonly #ready = Promise.withResolvers<void>()
  #isReady = false

  constructor(needs: Needs) {
    const { sites, clock, warn } = needs
    this.#needs = needs
    this.plans = new RecordingPlans({
      sites,
      clock,
      warn,
      stop: (camera) => this.#submit('stop-recording', camera, '', null),
      changed: (siteId) => this.#tell(siteId),
      ended: (recording) => this.#needs.ended(recording),
    })
  }

  async start(camera: CameraRef, seconds?: number): Promise<Job> {
    const order = seconds === undefined ? {} : { seconds }
    return this.#submit('start-recording', camera, this.#userAt(camera), order)
  }

  async stop(camera: CameraRef): Promise<Job> {
    return this.#submit('stop-recording', camera, this.#userAt(camera), null)
  }

  /** Throws `not-found` where nothing of ours records, or is known to. */
  async extend(camera: CameraRef, seconds: number): Promise<Job> {
    const untilMs = this.plans.lengthened(camera, seconds)
    if (untilMs === undefined) throw new AppError({ kind: 'not-found', what: 'recording' })
    return this.#submit('extend-recording', camera, this.#userAt(camera), { untilMs })
  }

  async limits({ siteId, cameraId }: CameraRef): Promise<RecordingLimits> {
    const { actions, recordingLimits } = this.#needs.sites.get(siteId)
    const { facts } = await actions.recordings.plan(cameraId, undefined, new AbortController().signal)
    const most = (seconds: number): number => recordingLength(seconds, recordingLimits, facts).seconds
    return {
      defaultSeconds: most(recordingLimits.defaultSeconds),
      minSeconds: most(recordingLimits.minSeconds),
      maxSeconds: most(recordingLimits.maxSeconds),
      stopsAfterSeconds: facts.stopsAfterSeconds,
      preBufferSeconds: facts.preBufferSeconds,
    }
  }

  async list(siteId: SiteId): Promise<SiteRecordings> {
    await this.#ready.promise
    return this.#at(this.#needs.sites.get(siteId))
  }

  #at({ id: siteId, actions, standing }: ActionSite): SiteRecordings {
    const { clock } = this.#needs
    const moment = { monotonicMs: clock.monotonic(), wallMs: clock.now(), offsetMs: standing.clockOffsetMs ?? 0 }
    const all = [...new Set([...actions.recordingNow.recording, ...this.plans.camerasOf(siteId)])].flatMap(
      (cameraId): RecordingNow[] => {
        const camera = { siteId, cameraId }
        const word = actions.recordingNow.of(cameraId)
        const now = recordingNow(camera, { plan: this.plans.get(camera), word, ...moment })
        return now ? [now] : []
      },
    )
    return { siteId, isKnown: this.#known.has(siteId), cameras: all }
  }

  /** What the journal held when the program started; nothing where it cannot be read. */
  begin(jobs: readonly Job[]): void {
    this.#isReady = true
    this.plans.restore(jobs)
    for (const siteId of this.#heard.keys()) this.plans.heard(siteId, this.plans.camerasOf(siteId))
    for (const siteId of this.#heard.keys()) this.#tell(siteId)
    this.#ready.resolve()
  }

  /** A site is not as it was, or is there for the first time: its server's word is listened to. */
  siteChanged(site: ActionSite): void {
    const heard = this.#heard.get(site.id)
    if (heard?.site !== site) {
      heard?.leave()
      this.#known.delete(site.id)
      this.#heard.set(site.id, { site, leave: this.#listen(site) })
    }
    this.#tell(site.id)
  }

  /** A command for a recording stands otherwise than before. */
  jobChanged(job: Job): void {
    this.plans.jobChanged(job)
  }

  close(): void {
    this.plans.close()
    for (const { leave } of this.#heard.values()) leave()
    this.#heard.clear()
  }

  #listen({ id, actions }: ActionSite): () => void {
    return actions.recordingNow.listen({
      onChanged: (cameraIds) => {
        this.plans.heard(id, cameraIds)
        this.#tell(id)
      },
      onKnown: () => {
        this.#known.add(id)
        this.plans.heard(id, this.plans.camerasOf(id))
        this.#tell(id)
      },
      onUnknown: () => {
        this.#known.delete(id)
        this.#tell(id)
      },
    })
  }

  #tell(siteId: SiteId): void {
    const site = this.#heard.get(siteId)?.site
    if (!site || !this.#isReady) return
    const recordings = this.#at(site)
    const text = JSON.stringify({ ...recordings, cameras: recordings.cameras.map(comparable) })
    if (text === (this.#told.get(siteId) ?? nothingOf(siteId))) return
    this.#told.set(siteId, text)
    this.#needs.changed(recordings)
  }

  #userAt({ siteId }: CameraRef): string {
    return userAt(this.#needs.sites.get(siteId).standing)
  }

  #submit(kind: JobKind, camera: CameraRef, user: string, order: Command['order']): Promise<Job> {
    const key = `${camera.siteId} ${camera.cameraId}`
    const before = this.#turns.get(key)
    const turn = before?.kind === kind ? before.turn : (before?.turn ?? 0) + 1
    this.#turns.set(key, { kind, turn })
    const dedupeKey = `${key} ${turn}`
    return this.#needs.submit({ kind, siteId: camera.siteId, deviceId: camera.cameraId, user, order, dedupeKey })
  }
}

/** An end is worked out anew each time; a few milliseconds are no news. */
const comparable = (now: RecordingNow): RecordingNow => ({
  ...now,
  endsAt: roundedIso(now.endsAt),
  startedAt: roundedIso(now.startedAt),
})

const roundedIso = (moment: string | null): string | null =>
  moment === null ? null : new Date(Math.round(Date.parse(moment) / 1000) * 1000).toISOString()

const nothingOf = (siteId: SiteId): string => JSON.stringify({ siteId, isKnown: false, cameras: [] })
