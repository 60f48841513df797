import type { Failure } from '../../src-preload/contract/failure.ts'
import type { Camera, CameraPage } from '../../src-preload/contract/models/camera.ts'
import type { CameraId } from '../../src-preload/contract/models/ids.ts'
import type { CameraListState } from '../../src-preload/contract/models/site.ts'

/** The server's cameras, page by page. `skipped` counts entries that made no sense. */
export type CameraSource = (signal: AbortSignal) => AsyncIterable<{ cameras: Camera[]; skipped: number }>

/**
 * The cameras of one site. A first load grows in steps; a later one replaces the list when it is whole. Whatever fails
 * midway takes nothing away that was there.
 */
export class CameraList {
  #state: CameraListState = { phase: 'none' }
  #shown: Camera[] = []
  #run = new AbortController()
  readonly #tell: (error: unknown) => Failure
  readonly #changed: () => void

  /** `tell` puts an error into words; `changed` is called after every step. */
  constructor(tell: (error: unknown) => Failure, changed: () => void) {
    this.#tell = tell
    this.#changed = changed
  }

  /** `loaded` counts the cameras that can be read now. */
  get state(): CameraListState {
    return this.#state
  }

  /** Loads anew, ending a load under way. Never rejects: the outcome is a state. */
  async load(source: CameraSource): Promise<void> {
    this.#run.abort()
    this.#run = new AbortController()
    const { signal } = this.#run
    const before = this.#shown
    const fresh = new Gathering()
    let skipped = 0
    // A first load is shown as it grows; a later one only when it is whole.
    const shown = before.length > 0 ? before : fresh.cameras
    this.#become(shown, { phase: 'loading', loaded: shown.length })
    try {
      for await (const page of source(signal)) {
        if (signal.aborted) return
        page.cameras.forEach((camera) => fresh.take(camera))
        skipped += page.skipped
        this.#become(shown, { phase: 'loading', loaded: shown.length })
      }
      if (signal.aborted) return
      this.#become(fresh.cameras, { phase: 'ready', total: fresh.cameras.length, skipped })
    } catch (error) {
      if (signal.aborted) return
      const kept = new Gathering()
      for (const camera of [...before, ...fresh.cameras]) kept.take(camera)
      this.#become(kept.cameras, { phase: 'failed', loaded: kept.cameras.length, because: this.#tell(error) })
    }
  }

  page(from: number, count: number): CameraPage {
    const end = from + count
    const total = this.#shown.length
    return { cameras: this.#shown.slice(from, end), total, ...(end < total && { next: end }) }
  }

  first(count: number): Camera[] {
    return this.#shown.slice(0, count)
  }

  nameOf(id: CameraId): string | undefined {
    return this.#shown.find((camera) => camera.id === id)?.name
  }

  /** Ends a load under way and forgets every camera. */
  clear(): void {
    this.#run.abort()
    this.#become([], { phase: 'none' })
  }

  #become(shown: Camera[], state: CameraListState): void {
    this.#shown = shown
    this.#state = state
    this.#changed()
  }
}

/** Cameras in the order they came, each once; later news of one takes the place of the earlier. */
class Gathering {
  readonly cameras: Camera[] = []
  readonly #places = new Map<CameraId, number>()

  take(camera: Camera): void {
    const place = this.#places.get(camera.id) ?? this.cameras.length
    this.#places.set(camera.id, place)
    this.cameras[place] = camera
  }
}
