import type { Stream } from '../../src-preload/contract/models/camera.ts'
import type { CameraId } from '../../src-preload/contract/models/ids.ts'
import { failureOf } from '../../src-preload/contract/failure.ts'
import type { Clock } from './clock.ts'
import type { Http } from './http.ts'
import type { Log } from './log.ts'
import { SettingsWire, StreamLists, streamOf, StreamWire } from './wire/stream.ts'

/** An administrator's change is seen after this long at the latest. */
const KEEP_MS = 5 * 60_000

interface Kept {
  streams: Promise<Stream[]>
  readMs: number
}

/** The streams of cameras, remembered for a while: every tile and every menu asks. */
export class Streams {
  readonly #deps: { http: Http; clock: Clock; log: Log }
  readonly #kept = new Map<CameraId, Kept>()

  constructor(deps: { http: Http; clock: Clock; log: Log }) {
    this.#deps = deps
  }

  of(cameraId: CameraId): Promise<Stream[]> {
    const now = this.#deps.clock.monotonic()
    const kept = this.#kept.get(cameraId)
    if (kept && now - kept.readMs < KEEP_MS) return kept.streams
    const fresh = { streams: this.#read(cameraId), readMs: now }
    this.#kept.set(cameraId, fresh)
    fresh.streams.catch(() => {
      if (this.#kept.get(cameraId) === fresh) this.#kept.delete(cameraId)
    })
    return fresh.streams
  }

  forget(): void {
    this.#kept.clear()
  }

  async #read(cameraId: CameraId): Promise<Stream[]> {
    const [wires, settings] = await Promise.all([
      this.#deps.http.get(`cameras/${cameraId}/streams`, StreamLists),
      this.#settings(cameraId),
    ])
    return wires
      .flatMap((item) => StreamWire.safeParse(item).data ?? [])
      .filter((wire) => wire.liveDefault || wire.liveMode !== 'Never')
      .map((wire) =>
        streamOf(
          wire,
          settings.find(({ streamReferenceId }) => streamReferenceId === wire.streamReferenceId),
        ),
      )
  }

  /** Without settings a stream can still be shown; its codec is then read from the offer. */
  async #settings(cameraId: CameraId): Promise<SettingsWire[]> {
    try {
      const items = await this.#deps.http.get(`cameras/${cameraId}/settings`, StreamLists)
      return items.flatMap((item) => SettingsWire.safeParse(item).data ?? [])
    } catch (error) {
      const { kind } = failureOf(error)
      if (kind === 'signed-out' || kind === 'unreachable') throw error
      this.#deps.log.info(`stream settings are not to be had: ${kind}`)
      return []
    }
  }
}
