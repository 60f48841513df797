import { AppError, failureOf, type Failure } from '../../../src-preload/contract/failure.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import type { Log } from '../log.ts'
import { notDone, type Outcome } from '../outcome.ts'
import type { RecordingFacts, RecordingLength } from './facts.ts'
import type { Confirms, HandRecording, MethodName, RecordingMethod, StartWish } from './method.ts'
import type { RecordingWays } from './ways.ts'

/** How a recording was asked for, and what that way confirms. */
export interface Asked {
  method: MethodName
  confirms: Confirms
}

export interface HandRecordingState {
  is: HandRecording
  method: MethodName
  confirms: Confirms
}

export interface RecordingPlan {
  facts: RecordingFacts
  length: RecordingLength
}

/** Recording by hand, whichever way the site offers. Those that act never reject. */
export interface Recordings {
  /** What an administrator decided about one camera, and how long a recording of it will be; asked for or not. */
  plan(cameraId: CameraId, askedSeconds: number | undefined, signal: AbortSignal): Promise<RecordingPlan>
  start(wish: StartWish, signal: AbortSignal): Promise<Outcome<Asked>>
  stop(cameraId: CameraId, signal: AbortSignal): Promise<Outcome<Asked>>
  /** Rejects where no way is open, or the question failed. */
  state(cameraId: CameraId, signal: AbortSignal): Promise<HandRecordingState>
}

/** The recorder first: it confirms, and needs no administrator's rules. */
const AUTO: readonly MethodName[] = ['recorder', 'event', 'output']

/**
 * Chooses the way: the profile's, or the first that is open for the camera. A camera's way is kept while somebody is
 * signed in, so that a recording is stopped the way it was started.
 */
export class RecordingChoice {
  readonly #methods: readonly RecordingMethod[]
  readonly #log: Log
  readonly #chosen = new Map<CameraId, RecordingMethod>()

  constructor(methods: readonly RecordingMethod[], { method }: RecordingWays, log: Log) {
    const names = method === 'auto' ? AUTO : [method]
    this.#methods = names.flatMap((name) => methods.find((one) => one.name === name) ?? [])
    this.#log = log
  }

  async start(wish: StartWish, signal: AbortSignal): Promise<Outcome<Asked>> {
    return this.#by(wish.cameraId, signal, (method) => method.start(wish, signal))
  }

  async stop(cameraId: CameraId, signal: AbortSignal): Promise<Outcome<Asked>> {
    return this.#by(cameraId, signal, (method) => method.stop(cameraId, signal))
  }

  async state(cameraId: CameraId, signal: AbortSignal): Promise<HandRecordingState> {
    const method = await this.#choose(cameraId, signal)
    return { is: await method.state(cameraId, signal), ...askedBy(method) }
  }

  forget(): void {
    this.#chosen.clear()
  }

  async #by(
    cameraId: CameraId,
    signal: AbortSignal,
    act: (method: RecordingMethod) => Promise<Outcome<void>>,
  ): Promise<Outcome<Asked>> {
    let method: RecordingMethod
    try {
      method = await this.#choose(cameraId, signal)
    } catch (error) {
      return notDone(error, signal)
    }
    const outcome = await act(method)
    return outcome.is === 'done' ? { is: 'done', value: askedBy(method) } : outcome
  }

  /** Throws why the first way is closed where all are: it is the one that should have been open. */
  async #choose(cameraId: CameraId, signal: AbortSignal): Promise<RecordingMethod> {
    const chosen = this.#chosen.get(cameraId)
    if (chosen) return chosen
    const closed: Failure[] = []
    for (const method of this.#methods) {
      signal.throwIfAborted()
      try {
        await method.check(cameraId, signal)
        this.#chosen.set(cameraId, method)
        return method
      } catch (error) {
        signal.throwIfAborted()
        closed.push(failureOf(error))
        this.#log.info(`no recording by ${method.name}: ${failureOf(error).kind}`)
      }
    }
    throw new AppError(closed[0] ?? { kind: 'not-found', what: 'recording' }, { unsent: true })
  }
}

const askedBy = ({ name, confirms }: RecordingMethod): Asked => ({ method: name, confirms })
