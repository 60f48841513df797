import { failureOf } from '../../src-preload/contract/failure.ts'
import type { Camera, CameraPage } from '../../src-preload/contract/models/camera.ts'
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
  readonly #changed: () => void

  /** `changed` is called after every step. */
  constructor(changed: () => void) {
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
    const fresh = new Map<string, Camera>()
    let skipped = 0
    this.#become(before, { phase: 'loading', loaded: before.length })
    try {
      for await (const page of source(signal)) {
        if (signal.aborted) return
        for (const camera of page.cameras) fresh.set(camera.id, camera)
        skipped += page.skipped
        const shown = before.length > 0 ? before : [...fresh.values()]
        this.#become(shown, { phase: 'loading', loaded: shown.length })
      }
      if (signal.aborted) return
      this.#become([...fresh.values()], { phase: 'ready', total: fresh.size, skipped })
    } catch (error) {
      if (signal.aborted) return
      const shown = merged(before, fresh)
      this.#become(shown, { phase: 'failed', loaded: shown.length, because: failureOf(error) })
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

/** What was there, renewed where news came, and what is new behind it. */
function merged(before: Camera[], fresh: Map<string, Camera>): Camera[] {
  const all = new Map(before.map((camera) => [camera.id as string, camera]))
  for (const [id, camera] of fresh) all.set(id, camera)
  return [...all.values()]
}
