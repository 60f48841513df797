import type { Failure } from '../../src-preload/contract/failure.ts'
import { bookmarksOf } from './bookmarks.ts'
import { editionOf } from './capabilities.ts'
import type { Clock } from './clock.ts'
import { RecordingWatch } from './events/recording-watch.ts'
import { evidenceLocksOf } from './evidence-locks.ts'
import type { Http } from './http.ts'
import type { Log } from './log.ts'
import { microphonesOf } from './microphones.ts'
import type { OperatorActions } from './operator-actions.ts'
import { picturesOf } from './pictures.ts'
import { byEvent } from './recording/by-event.ts'
import { byOutput } from './recording/by-output.ts'
import { byRecorder } from './recording/by-recorder.ts'
import { recorderCommands } from './recording/recorder-commands.ts'
import { recordingLength, type LengthLimits } from './recording/facts.ts'
import { RecordingChoice, type Recordings } from './recording/recordings.ts'
import { Recorders, type RecorderRoads } from './recording/recorders.ts'
import type { RecordingWays } from './recording/ways.ts'
import { sequencesOf } from './sequences.ts'
import type { SignIn } from './sign-in.ts'
import { SoapLogin } from './soap-login.ts'
import type { Transport } from './transport.ts'
import { RecordingFactsWire } from './wire/recording.ts'

/** A site whose profile says nothing: whatever needs no administrator's events or outputs. */
export const usualWays: RecordingWays = {
  method: 'auto',
  events: [],
  outputs: [],
  limits: { defaultSeconds: 900, minSeconds: 60, maxSeconds: 7200 },
}

interface ActionDeps {
  http: Http
  /** The gateway's. */
  transport: Transport
  /** The management server's, where SOAP logins are. */
  management: Transport
  signIn: SignIn
  recorders: RecorderRoads
  ways: RecordingWays
  clock: Clock
  /** The server's clock, epoch milliseconds, as far as it is known. */
  serverNow: () => number
  log: Log
  keepSecret: (secret: string) => void
}

/** Everything operators do, wired; and what a sign-in, its end and a new network mean to it. */
export class Actions {
  readonly offered: OperatorActions
  /** Which recordings there are. */
  readonly sequences: ReturnType<typeof sequencesOf>
  /** The last picture recorded up to a moment. */
  readonly pictureBefore: ReturnType<typeof picturesOf>
  readonly #login: SoapLogin
  readonly #recorders: Recorders
  readonly #choice: RecordingChoice
  readonly #watch: RecordingWatch

  constructor(deps: ActionDeps) {
    const { http, transport, management, signIn, recorders, ways, clock, log, keepSecret } = deps
    const basic = () => signIn.credentials()
    this.#login = new SoapLogin({ transport: management, tokens: signIn, basic, clock, log, keepSecret })
    this.#recorders = new Recorders(http, recorders)
    const askRecorder = recorderCommands(this.#recorders, this.#login)
    this.#choice = new RecordingChoice(
      [byRecorder(askRecorder), byEvent(http, ways.events), byOutput(http, ways.outputs)],
      ways,
      log,
    )
    this.#watch = new RecordingWatch({ transport, tokens: signIn, clock, log }, deps.serverNow)
    this.sequences = sequencesOf({ askRecorder, heard: this.#watch.heard, log })
    this.pictureBefore = picturesOf(askRecorder)
    this.offered = {
      recordings: this.#recordings(http, ways.limits),
      bookmarks: bookmarksOf({ http, log }),
      evidenceLocks: evidenceLocksOf({ http, log, isLicensed: (signal) => hasEvidenceLocks(http, signal) }),
      microphones: (cameraIds, signal) => microphonesOf(http, cameraIds, signal),
      recordingNow: this.#watch,
    }
  }

  signedIn(): void {
    this.#watch.signedIn()
  }

  signedOut(because: Failure): void {
    this.#login.forget()
    this.#recorders.forget()
    this.#choice.forget()
    this.#watch.signedOut(because)
  }

  reconnect(): void {
    this.#watch.reconnect()
  }

  #recordings(http: Http, limits: LengthLimits): Recordings {
    return {
      plan: async (cameraId, askedSeconds, signal) => {
        const { facts } = await http.get(`cameras/${cameraId}`, RecordingFactsWire, { signal })
        return { facts, length: recordingLength(askedSeconds, limits, facts) }
      },
      state: (cameraId, signal) => this.#choice.state(cameraId, signal),
      start: async (wish, signal) => {
        const outcome = await this.#choice.start(wish, signal)
        if (outcome.is === 'done') this.#watch.asked(wish.cameraId, 'start')
        return outcome
      },
      stop: async (cameraId, signal) => {
        const outcome = await this.#choice.stop(cameraId, signal)
        if (outcome.is === 'done') this.#watch.asked(cameraId, 'stop')
        return outcome
      },
    }
  }
}

/** Corporate only, by Milestone's sample (xprotect-api.md 7 [D]); undefined where the licence does not say. */
async function hasEvidenceLocks(http: Http, signal: AbortSignal): Promise<boolean | undefined> {
  try {
    const { level } = await editionOf(http, { signal })
    return level === 'other' ? undefined : level === 'corporate'
  } catch {
    return undefined // the refusal stands as it is
  }
}
