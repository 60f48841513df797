import { AppError } from '../../../src-preload/contract/failure.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import { badAnswer } from '../body.ts'
import type { Http } from '../http.ts'
import type { Transport } from '../transport.ts'
import { RecorderWire } from '../wire/recorder.ts'
import { HardwareParentWire, RecordingFactsWire } from '../wire/recording.ts'
import { ListAnswer } from '../wire/tolerant.ts'

/** The recorders of a site, each on its own origin and under its own agreement. */
export interface RecorderRoads {
  /** Those the profile names, `https://host:port`. */
  known: readonly string[]
  /** The way to one of them, or to one the server told of: that one may be refused as `not-pinned`. */
  transport: (origin: string) => Transport
}

/** Which recorder a camera is recorded by: through its device (xprotect-api.md 9.1 and 9.2). */
export class Recorders {
  readonly #http: Http
  readonly #roads: RecorderRoads
  /** By camera. Devices are moved now and then; a new sign-in forgets. */
  readonly #origins = new Map<CameraId, string>()

  constructor(http: Http, roads: RecorderRoads) {
    this.#http = http
    this.#roads = roads
  }

  async of(cameraId: CameraId, signal: AbortSignal): Promise<Transport> {
    const known = this.#origins.get(cameraId)
    if (known !== undefined) return this.#roads.transport(known)
    const origin = await this.#find(cameraId, signal)
    this.#origins.set(cameraId, origin)
    return this.#roads.transport(origin)
  }

  forget(): void {
    this.#origins.clear()
  }

  async #find(cameraId: CameraId, signal: AbortSignal): Promise<string> {
    const { hardwareId } = await this.#http.get(`cameras/${cameraId}`, RecordingFactsWire, { signal })
    if (hardwareId === undefined) throw badAnswer('cameras/{id}', 'shape')
    const recorderId = await this.#http.get(`hardware/${hardwareId}`, HardwareParentWire, { signal })
    const items = await this.#http.get('recordingServers', ListAnswer, { signal })
    const recorders = items.flatMap((item) => RecorderWire.safeParse(item).data ?? [])
    const recorder = recorders.find(({ id }) => id === recorderId)
    const told = recorder ? [...recorder.origins, ...(recorder.guess ? [recorder.guess] : [])] : []
    const { known } = this.#roads
    const agreed = told.find((origin) => known.includes(origin))
    // An administrator may know the only recorder by another name than the server does.
    const only = recorders.length === 1 && known.length === 1 ? known[0] : undefined
    const origin = agreed ?? only ?? told[0]
    if (origin !== undefined) return origin
    throw new AppError({ kind: 'not-found', what: 'recorder' }, { unsent: true })
  }
}
