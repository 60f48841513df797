import { failureOf } from '../../src-preload/contract/failure.ts'
import type { CameraId, CameraRef, SiteId } from '../../src-preload/contract/models/ids.ts'
import type { Job } from '../../src-preload/contract/models/job.ts'
import type { CameraRecording } from '../xprotect/events/recording-watch.ts'
import type { Clock } from '../xprotect/clock.ts'
import { heldBackAt, type ActionSites } from './action-site.ts'
import { CONFIRM_MS, type RecordingPlan } from './recording-plan.ts'
import { cameraOf } from './recording-performers.ts'
import { RecordingSaid } from './recording-words.ts'

interface Needs {
  sites: ActionSites
  clock: Clock
  /** Takes down that a camera is to stop. */
  stop: (camera: CameraRef) => Promise<Job>
  changed: (siteId: SiteId) => void
  ended: (recording: EndedRecording) => void
  warn: (line: string) => void
}

/** A recording of ours that is over. Milliseconds since 1970, by this computer's clock. */
export interface EndedRecording {
  camera: CameraRef
  user: string
  /** What the command for it was called. */
  reference: string
  fromMs: number
  toMs: number
  /** It ended before this start of the program. */
  isOld: boolean
}

const keyOf = ({ siteId, cameraId }: CameraRef): string => `${siteId} ${cameraId}`

/**
 * Our recordings, by what the journal says of our commands, and the end of each: this program stops what it started, also
 * where it was away when the time came, and says so where it could not.
 */
export class RecordingPlans {
  readonly #needs: Needs
  readonly #plans = new Map<string, RecordingPlan>()
  /** Ends that were asked for and are not taken by the server yet, milliseconds since 1970. */
  readonly #wished = new Map<string, number>()
  #callOff = (): void => undefined

  constructor(needs: Needs) {
    this.#needs = needs
  }

  get(camera: CameraRef): RecordingPlan | undefined {
    return this.#plans.get(keyOf(camera))
  }

  /** What the server took, while it is to go on. */
  running(camera: CameraRef): RecordingSaid | undefined {
    const plan = this.get(camera)
    return plan?.end === 'running' ? plan.said : undefined
  }

  camerasOf(siteId: SiteId): CameraId[] {
    return [...this.#plans.values()].flatMap((plan) => (plan.siteId === siteId ? [plan.cameraId] : []))
  }

  /** When a recording is to end that is lengthened now, milliseconds since 1970; undefined where none of ours runs. */
  lengthened(camera: CameraRef, seconds: number): number | undefined {
    const said = this.running(camera)
    if (!said || said.isAnothers) return undefined
    const key = keyOf(camera)
    const untilMs = Math.max(this.#wallEnd(this.get(camera)!), this.#wished.get(key) ?? 0) + seconds * 1000
    this.#wished.set(key, untilMs)
    return untilMs
  }

  /** What the journal held when the program started: what was recording then may have ended since. */
  restore(jobs: readonly Job[]): void {
    const before = new Set(this.#plans.keys())
    for (const job of jobs) {
      if (job.state.phase !== 'done' || before.has(keyOf(cameraIn(job)))) continue
      if (job.kind === 'stop-recording') this.#endOld(job)
      else this.#take(job, 'restored')
    }
    this.#schedule()
  }

  /** A command stands otherwise than before. */
  jobChanged(job: Job): void {
    const { phase } = job.state
    const plan = this.get(cameraIn(job))
    if (phase === 'accepted' || phase === 'sending' || phase === 'unknown') return
    if (job.kind === 'extend-recording') this.#wished.delete(keyOf(cameraIn(job)))
    if (job.kind === 'stop-recording') this.#stopped(plan, phase)
    else if (phase === 'done') this.#take(job, 'now')
    this.#schedule()
    this.#needs.changed(job.siteId)
  }

  /** The server said something of these cameras. */
  heard(siteId: SiteId, cameraIds: readonly CameraId[]): void {
    for (const cameraId of cameraIds) {
      const plan = this.get({ siteId, cameraId })
      if (plan) this.#hear(plan, this.#wordOf(plan))
    }
    this.#schedule()
  }

  /** A site can be reached again: what should have ended meanwhile is looked at, as far as its server's word is there. */
  siteIsBack(siteId: SiteId): void {
    this.heard(siteId, this.camerasOf(siteId))
  }

  close(): void {
    this.#callOff()
  }

  #hear(plan: RecordingPlan, word: CameraRecording): void {
    if (word.is === 'unknown') return
    if (word.is === 'idle') {
      // The stop of an earlier recording may be told of after this one was asked for.
      const isFresh = plan.end === 'running' && this.#nowMs < plan.confirmByMs
      if (isFresh) plan.isConfirmed = false
      else if (plan.isConfirmed || plan.end !== 'running') this.#over(plan)
      return
    }
    plan.isConfirmed = true
    if (plan.end === 'passed') this.#endOverdue(plan, word.since)
  }

  #take(job: Job, when: 'now' | 'restored'): void {
    if ((job.kind !== 'start-recording' && job.kind !== 'extend-recording') || job.state.phase !== 'done') return
    const { data: said } = RecordingSaid.safeParse(job.state.said)
    if (!said) return
    const camera = cameraIn(job)
    const { clock } = this.#needs
    const nowMs = this.#nowMs
    const running = this.get(camera)
    const before = running?.said.startedAt === said.startedAt ? running : undefined
    const plan: RecordingPlan = {
      ...camera,
      said,
      // What is lengthened is still the recording of whoever began it.
      user: before?.user ?? job.user,
      reference: before?.reference ?? job.reference,
      endAtMs: nowMs + Date.parse(said.endsAt) - clock.now(),
      confirmByMs: when === 'now' ? nowMs + CONFIRM_MS : nowMs,
      isConfirmed: when === 'restored' || this.#wordOf(camera).is === 'recording',
      end: 'running',
    }
    this.#plans.set(keyOf(camera), plan)
  }

  #stopped(plan: RecordingPlan | undefined, phase: Job['state']['phase']): void {
    if (!plan) return
    if (phase !== 'done') {
      if (plan.end === 'stopping') plan.end = 'passed'
      return
    }
    if (this.#wordOf(plan).is === 'idle') {
      this.#over(plan)
      return
    }
    plan.end = 'stopped'
    plan.confirmByMs = this.#nowMs + CONFIRM_MS
  }

  /** Looks at every plan whose moment has come. */
  #look(): void {
    const nowMs = this.#nowMs
    for (const plan of [...this.#plans.values()]) {
      const isOver = plan.end === 'stopped' && nowMs >= plan.confirmByMs
      const isDue = plan.end === 'running' && nowMs >= plan.endAtMs
      // What still records after it was stopped is recorded by somebody else.
      if (isOver || (isDue && plan.said.isAnothers)) this.#over(plan)
      else if (isDue) this.#endNow(plan)
      this.#needs.changed(plan.siteId)
    }
    this.#schedule()
  }

  #endNow(plan: RecordingPlan): void {
    if (heldBackAt(this.#needs.sites, plan.siteId)) {
      plan.end = 'passed' // it is stopped when the site is back
      return
    }
    plan.end = 'stopping'
    this.#needs.stop({ siteId: plan.siteId, cameraId: plan.cameraId }).catch((error: unknown) => {
      this.#needs.warn(`a recording could not be stopped at its end: ${failureOf(error).kind}`)
      if (plan.end === 'stopping') plan.end = 'passed'
      this.#needs.changed(plan.siteId)
    })
  }

  /** What began after our end is not ours to stop. */
  #endOverdue(plan: RecordingPlan, since: string): void {
    const offsetMs = this.#needs.sites.get(plan.siteId).standing.clockOffsetMs ?? 0
    if (Date.parse(since) - offsetMs > Date.parse(plan.said.endsAt)) this.#over(plan)
    else this.#endNow(plan)
  }

  /** It ends now, or has ended when it was to. */
  #over(plan: RecordingPlan): void {
    this.#plans.delete(keyOf(plan))
    const isLate = plan.end === 'passed' || this.#nowMs > plan.endAtMs
    this.#tellEnd(plan, isLate ? this.#wallEnd(plan) : this.#needs.clock.now(), false)
  }

  /** Of one that was stopped before this start, the command to stop it says when. */
  #endOld(stop: Job): void {
    const plan = this.get(cameraIn(stop))
    if (!plan) return
    this.#plans.delete(keyOf(plan))
    this.#tellEnd(plan, Math.min(Date.parse(stop.acceptedAt), Date.parse(plan.said.endsAt)), true)
  }

  #tellEnd({ siteId, cameraId, user, reference, said }: RecordingPlan, toMs: number, isOld: boolean): void {
    if (said.isAnothers) return
    const fromMs = Date.parse(said.startedAt)
    this.#needs.ended({ camera: { siteId, cameraId }, user, reference, fromMs, toMs: Math.max(fromMs, toMs), isOld })
  }

  #schedule(): void {
    this.#callOff()
    const nowMs = this.#nowMs
    const moments = [...this.#plans.values()].flatMap(({ end, endAtMs, confirmByMs, isConfirmed }) => {
      if (end === 'running') return isConfirmed || confirmByMs <= nowMs ? [endAtMs] : [endAtMs, confirmByMs]
      return end === 'stopped' ? [confirmByMs] : []
    })
    if (moments.length === 0) return
    const waitMs = Math.max(0, Math.min(...moments) - nowMs)
    this.#callOff = this.#needs.clock.after(waitMs, () => this.#look())
  }

  #wallEnd({ endAtMs }: RecordingPlan): number {
    return this.#needs.clock.now() + endAtMs - this.#nowMs
  }

  #wordOf({ siteId, cameraId }: CameraRef): CameraRecording {
    try {
      return this.#needs.sites.get(siteId).actions.recordingNow.of(cameraId)
    } catch {
      return { is: 'unknown' } // the site was taken away
    }
  }

  get #nowMs(): number {
    return this.#needs.clock.monotonic()
  }
}

const cameraIn = ({ siteId, deviceId }: Job): CameraRef => ({ siteId, cameraId: cameraOf({ deviceId }) })
