import type { Stream } from '../../src-preload/contract/models/camera.ts'
import type { CameraRef, SiteId } from '../../src-preload/contract/models/ids.ts'
import { chooseStream, type TileSize } from './choose-stream.ts'

/** What is known of one camera's streams. */
interface Known {
  siteId: SiteId
  streams: Promise<Stream[]> | null
  loaded: Stream[] | null
  /** Streams whose offer turned out to be unplayable, and the codec it named. */
  unplayable: Map<string, string>
}

/** What streams cameras have, asked once, and which of them this computer turned out not to play. */
export class StreamCatalogue {
  readonly #listStreams: (camera: CameraRef) => Promise<Stream[]>
  readonly #playable: ReadonlySet<string>
  readonly #cameras = new Map<string, Known>()

  constructor(listStreams: (camera: CameraRef) => Promise<Stream[]>, playable: ReadonlySet<string>) {
    this.#listStreams = listStreams
    this.#playable = playable
  }

  /** The streams if they are known already, from an older list perhaps. */
  known(camera: CameraRef): Stream[] | null {
    return this.#of(camera).loaded
  }

  /** Asks the server once per camera list; a failure is not remembered. */
  load(camera: CameraRef): Promise<Stream[]> {
    const known = this.#of(camera)
    known.streams ??= this.#ask(camera, known)
    return known.streams
  }

  /** The stream for a tile of this size; `undefined` if there is none, or none that plays. */
  choose(camera: CameraRef, size: TileSize): Stream | undefined {
    const { loaded, unplayable } = this.#of(camera)
    return chooseStream(loaded ?? [], { size, playable: this.#playable, excluded: new Set(unplayable.keys()) })
  }

  /** An offer for this stream named a codec that cannot be decoded here. */
  exclude(camera: CameraRef, streamId: string, codec: string): void {
    this.#of(camera).unplayable.set(streamId, codec)
  }

  /** The operator asks again: the camera may have been set up anew. */
  forget(camera: CameraRef): void {
    this.#cameras.delete(keyOf(camera))
  }

  /**
   * A site's cameras were read anew: the next `load` asks again, and what is known serves until then, as a view that comes
   * back shall not wait for it. A question still on its way is as new as the list, and somebody waits for it.
   */
  forgetSite(siteId: SiteId): void {
    for (const known of this.#cameras.values()) {
      if (known.siteId !== siteId || !known.loaded) continue
      known.streams = null
      known.unplayable.clear()
    }
  }

  async #ask(camera: CameraRef, known: Known): Promise<Stream[]> {
    try {
      known.loaded = await this.#listStreams({ siteId: camera.siteId, cameraId: camera.cameraId })
      return known.loaded
    } catch (error) {
      known.streams = null
      throw error
    }
  }

  #of(camera: CameraRef): Known {
    const key = keyOf(camera)
    const known = this.#cameras.get(key)
    if (known) return known
    const made: Known = { siteId: camera.siteId, streams: null, loaded: null, unplayable: new Map() }
    this.#cameras.set(key, made)
    return made
  }
}

const keyOf = ({ siteId, cameraId }: CameraRef): string => `${siteId} ${cameraId}`
