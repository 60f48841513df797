import type { ServerClock } from '../clock.ts'
import type { Commands } from '../commands.ts'
import type { EventLog } from '../events/event-log.ts'
import type { Site, SiteCamera } from '../site/site.ts'
import type { RecordingOptions } from './options.ts'
import type { Sequence } from './schedule.ts'

/** `soap` by the recorder's service, `rule` by a rule on an event, `integration` by the customer's own form of event. */
export type RecordingMethod = 'soap' | 'rule' | 'integration' | 'another client'

/** Why a camera records. A rule's recording and a manual one are two things: each is stopped in its own way. [3P] */
export interface Cause {
  method: RecordingMethod
  /** Who asked, or the name of the rule. */
  by: string
  /** Same camera, same key: the same recording. Manual ones have one key, whoever starts them. */
  key: string
  /** How long it was asked to last; undefined: until stopped. */
  forMs?: number | undefined
}

export const manual = (method: RecordingMethod, by: string, forMs?: number): Cause => ({
  method,
  by,
  key: 'manual',
  forMs,
})

/** One recording of one camera that is or was, as `GET /state` tells it. */
export interface RecordingState {
  camera: { id: string; number: number; name: string }
  method: RecordingMethod
  startedBy: string
  startedAt: string
  /** Where its pictures begin: the pre-buffer is kept too. */
  recordedFrom: string
  /** When it ends by itself; null: never. */
  until: string | null
  endedAt: string | null
  /** A user, a rule, `time-out` or `recorder stopped`. */
  endedBy: string | null
}

export type StartResult = 'started' | 'already' | 'unknown device' | 'not recordable' | 'recorder stopped'

interface Recording {
  camera: SiteCamera
  cause: Cause
  startedAtMs: number
  recordedFromMs: number
  untilMs: number | null
  endedAtMs: number | null
  endedBy: string | null
}

interface RecordingsDeps {
  site: Site
  log: EventLog
  clock: ServerClock
  commands: Commands
  options: (camera: SiteCamera) => RecordingOptions
  /** Whether the recorder of that id runs. */
  isRunning: (recorderId: string) => boolean
}

/** Timers of Node cannot wait longer. */
const LONGEST_WAIT_MS = 2 ** 31 - 1

/** What every camera records beside its schedule, and the ledger of it. A recorder that stops forgets what it did. */
export class Recordings {
  readonly #deps: RecordingsDeps
  readonly #cameras: Map<string, SiteCamera>
  readonly #recorderOf: Map<string, string>
  readonly #running = new Map<string, Recording>()
  readonly #timers = new Map<string, NodeJS.Timeout>()
  readonly #ledger: Recording[] = []

  constructor(deps: RecordingsDeps) {
    this.#deps = deps
    this.#cameras = new Map(deps.site.cameras.map((camera) => [camera.id, camera]))
    const recorderOfHardware = new Map(deps.site.hardware.map(({ id, recorderId }) => [id, recorderId]))
    this.#recorderOf = new Map(
      deps.site.cameras.map(({ id, hardwareId }) => [id, recorderOfHardware.get(hardwareId) ?? '']),
    )
  }

  recorderOf(cameraId: string): string | undefined {
    return this.#recorderOf.get(cameraId)
  }

  isManual(cameraId: string): boolean {
    return this.#running.has(`${cameraId} manual`)
  }

  isRecording(cameraId: string): boolean {
    return [...this.#running.values()].some(({ camera }) => camera.id === cameraId)
  }

  /** What was recorded of a camera beside its schedule, the pre-buffer included; what still is ends now. */
  spansOf(cameraId: string): Sequence[] {
    const nowMs = this.#deps.clock.now()
    return this.#ledger
      .filter(({ camera }) => camera.id === cameraId)
      .map(({ recordedFromMs, startedAtMs, endedAtMs }) => ({
        beginMs: recordedFromMs,
        endMs: endedAtMs ?? nowMs,
        triggeredMs: startedAtMs,
      }))
  }

  /** A second manual start is a success that changes nothing, the end of the first included. [3P] */
  start(cameraId: string, cause: Cause): StartResult {
    const camera = this.#cameras.get(cameraId)
    if (!camera) return 'unknown device'
    const options = this.#deps.options(camera)
    if (camera.purpose === 'disabled' || !options.recordingEnabled) return 'not recordable'
    if (!this.#deps.isRunning(this.#recorderOf.get(cameraId)!)) return 'recorder stopped'
    const key = `${cameraId} ${cause.key}`
    if (this.#running.has(key)) return 'already'
    const wasRecording = this.isRecording(cameraId)
    const now = this.#deps.clock.now()
    const recording: Recording = {
      camera,
      cause,
      startedAtMs: now,
      recordedFromMs: options.prebufferEnabled ? now - options.prebufferSeconds * 1000 : now,
      untilMs: endOf(now, cause, options),
      endedAtMs: null,
      endedBy: null,
    }
    this.#running.set(key, recording)
    this.#ledger.push(recording)
    this.#arm(key, recording)
    if (!wasRecording) this.#tell('Recording Started', cameraId)
    return 'started'
  }

  /** Whether there was something to stop. */
  stop(cameraId: string, causeKey: string, by: string): boolean {
    const stopped = this.#end(`${cameraId} ${causeKey}`, by)
    if (stopped && !this.isRecording(cameraId)) this.#tell('Recording Stopped', cameraId)
    return stopped
  }

  /** The service is gone, and with it what it was told. [?] that nobody hears of it before it is back */
  recorderStopped(recorderId: string): void {
    for (const [key, { camera }] of this.#running) {
      if (this.#recorderOf.get(camera.id) === recorderId) this.#end(key, 'recorder stopped')
    }
  }

  /** Its first word is the state of its cameras; to those that still count as recording it is news. [?] */
  recorderStarted(recorderId: string): void {
    const stopped = this.#deps.log.typeOf('Recording Stopped')!
    const recording = this.#deps.log.typeOf('Recording Started')!
    const stale = [...this.#deps.log.states()].filter(({ type }) => type === recording.id)
    for (const { source } of stale) {
      const cameraId = source.split('/')[1]!
      const isOurs = this.#recorderOf.get(cameraId) === recorderId && !this.isRecording(cameraId)
      if (isOurs) this.#deps.log.fire(stopped, source)
    }
  }

  /** After a step of the clock. */
  rearm(): void {
    for (const [key, recording] of this.#running) this.#arm(key, recording)
  }

  /** Nothing is to happen any more. */
  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
  }

  states(): RecordingState[] {
    return this.#ledger.map(({ camera, cause, startedAtMs, recordedFromMs, untilMs, endedAtMs, endedBy }) => ({
      camera: { id: camera.id, number: camera.number, name: camera.name },
      method: cause.method,
      startedBy: cause.by,
      startedAt: new Date(startedAtMs).toISOString(),
      recordedFrom: new Date(recordedFromMs).toISOString(),
      until: untilMs === null ? null : new Date(untilMs).toISOString(),
      endedAt: endedAtMs === null ? null : new Date(endedAtMs).toISOString(),
      endedBy,
    }))
  }

  #end(key: string, by: string): boolean {
    const recording = this.#running.get(key)
    if (!recording) return false
    clearTimeout(this.#timers.get(key))
    this.#timers.delete(key)
    this.#running.delete(key)
    recording.endedAtMs = this.#deps.clock.now()
    recording.endedBy = by
    return true
  }

  #arm(key: string, { camera, cause, untilMs }: Recording): void {
    clearTimeout(this.#timers.get(key))
    if (untilMs === null) return
    const leftMs = untilMs - this.#deps.clock.now()
    const timer = setTimeout(
      () => {
        if (this.#deps.clock.now() < untilMs) return this.rearm()
        this.stop(camera.id, cause.key, 'time-out')
        this.#deps.commands.settled(`cameras/${camera.id}`)
      },
      Math.min(Math.max(0, leftMs), LONGEST_WAIT_MS),
    )
    timer.unref()
    this.#timers.set(key, timer)
  }

  #tell(type: 'Recording Started' | 'Recording Stopped', cameraId: string): void {
    this.#deps.log.fire(this.#deps.log.typeOf(type)!, `cameras/${cameraId}`)
  }
}

/** The camera's time-out bounds manual recordings (xprotect-api.md 9.2); that a longer wish is cut to it is [?]. */
function endOf(now: number, { key, forMs }: Cause, options: RecordingOptions): number | null {
  const { manualRecordingTimeoutEnabled, manualRecordingTimeoutMinutes } = options
  const boundMs = key === 'manual' && manualRecordingTimeoutEnabled ? manualRecordingTimeoutMinutes * 60_000 : undefined
  const lengths = [forMs, boundMs].filter((ms) => ms !== undefined)
  return lengths.length === 0 ? null : now + Math.min(...lengths)
}
