import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import type { ServerEvent } from '../wire/event.ts'
import { HeardRecordings } from './heard-recordings.ts'
import type { LineDeps } from './line.ts'
import { EventStream } from './stream.ts'

/** Recording started and stopped, on a device (xprotect-api.md 4.5 [V PROTO]). */
const STARTED = '4577f552-765a-438c-bc7d-e5ff1f754bc3'
const STOPPED = '79a94f89-92de-4fca-8a43-5561d407423d'

/** What the server's events say of one camera. */
export type CameraRecording =
  /** The socket is away, or was never there. */
  | { is: 'unknown' }
  | { is: 'idle' }
  /**
   * `since` to the letter of the server; empty where it does not say. `by` is this program where it asked for a recording
   * and has not stopped it since; events name nobody, so whoever else it is, a rule or a person, is not known.
   */
  | { is: 'recording'; since: string; by: 'this-program' | 'not-known' }

export interface RecordingWatchListener {
  /** Cameras that are not as they were. */
  onChanged: (cameraIds: CameraId[]) => void
  /** Nothing is known of any camera until `onKnown`. */
  onUnknown: (because: Failure) => void
  onKnown: () => void
}

/** Which cameras record, by the server's own word and never by our wish. Watches while somebody listens. */
export class RecordingWatch {
  /** What was heard of recordings while somebody listened. */
  readonly heard: HeardRecordings
  readonly #stream: EventStream
  readonly #listeners = new Set<RecordingWatchListener>()
  /** Cameras that record, since when. */
  readonly #recording = new Map<CameraId, string>()
  readonly #ours = new Set<CameraId>()
  #isKnown = false
  /** Why nothing is known, as it was told last. */
  #because: Failure['kind'] | undefined
  #maySign = false

  /** `serverNow`: the server's clock, epoch milliseconds. */
  constructor(deps: LineDeps, serverNow: () => number) {
    this.heard = new HeardRecordings(serverNow)
    this.#stream = new EventStream(
      deps,
      { resourceTypes: ['cameras'], eventTypes: [STARTED, STOPPED] },
      {
        onAway: (because) => this.#lose(because),
        onStates: (states) => this.#replace(states),
        onResumed: () => this.#know(),
        onEvents: (events) => this.#change(events),
      },
    )
  }

  of(cameraId: CameraId): CameraRecording {
    if (!this.#isKnown) return { is: 'unknown' }
    const since = this.#recording.get(cameraId)
    if (since === undefined) return { is: 'idle' }
    return { is: 'recording', since, by: this.#ours.has(cameraId) ? 'this-program' : 'not-known' }
  }

  /** Every camera that records, as far as is known. */
  get recording(): CameraId[] {
    return this.#isKnown ? [...this.#recording.keys()] : []
  }

  /** The returned function ends it. */
  listen(listener: RecordingWatchListener): () => void {
    this.#listeners.add(listener)
    if (this.#listeners.size === 1 && this.#maySign) this.#stream.start()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#forget()
    }
  }

  /** Somebody is signed in. */
  signedIn(): void {
    this.#maySign = true
    if (this.#listeners.size > 0) this.#stream.start()
  }

  signedOut(because: Failure): void {
    if (!this.#maySign) return
    this.#maySign = false
    this.#ours.clear()
    this.#lose(because)
    this.#forget()
  }

  reconnect(): void {
    this.#stream.reconnect()
  }

  /** This program asked for a recording, or for its end. */
  asked(cameraId: CameraId, forWhat: 'start' | 'stop'): void {
    if (forWhat === 'stop') this.#ours.delete(cameraId)
    else this.#ours.add(cameraId)
    if (this.#recording.has(cameraId)) this.#tell([cameraId])
  }

  #forget(): void {
    this.#stream.stop()
    this.#isKnown = false
    this.#because = undefined
    this.#recording.clear()
    this.heard.forget()
  }

  /** Told once for each reason: a server that stays away is tried again and again. */
  #lose(because: Failure): void {
    this.#isKnown = false
    if (this.#because === because.kind) return
    this.#because = because.kind
    for (const { onUnknown } of this.#listeners) onUnknown(because)
  }

  #know(): void {
    this.#isKnown = true
    this.#because = undefined
    for (const { onKnown } of this.#listeners) onKnown()
  }

  #replace(states: ServerEvent[]): void {
    this.#recording.clear()
    this.heard.begin()
    for (const event of states) this.#apply(event)
    for (const cameraId of this.#ours) if (!this.#recording.has(cameraId)) this.#ours.delete(cameraId)
    this.#know()
  }

  #change(events: ServerEvent[]): void {
    const changed = events.flatMap((event) => this.#apply(event) ?? [])
    // Events that come before the states they belong to are counted and not told of.
    if (this.#isKnown && changed.length > 0) this.#tell([...new Set(changed)])
  }

  /** The camera it was about. */
  #apply({ type, cameraId, time }: ServerEvent): CameraId | undefined {
    if (cameraId === undefined || (type !== STARTED && type !== STOPPED)) return undefined
    if (type === STARTED) {
      this.#recording.set(cameraId, time)
      this.heard.started(cameraId, time)
      return cameraId
    }
    this.#recording.delete(cameraId)
    this.#ours.delete(cameraId)
    this.heard.stopped(cameraId, time)
    return cameraId
  }

  #tell(cameraIds: CameraId[]): void {
    for (const { onChanged } of this.#listeners) onChanged(cameraIds)
  }
}
