import { failureOf } from '../../src-preload/contract/failure.ts'
import { pause, type Clock } from './clock.ts'
import type { Http } from './http.ts'
import type { Log } from './log.ts'
import { pagesOf } from './pages.ts'
import { inPortions } from './portions.ts'
import { HardwareWire } from './wire/camera.ts'

/** How long cameras may be kept back, all pages together, for the names of the devices they belong to. */
const PATIENCE_MS = 5000

interface NameDeps {
  http: Http
  clock: Clock
  log: Log
  signal: AbortSignal
}

/**
 * Names of devices by id, read beside the camera list. A nicety: big sites answer `/hardware` slowly and many users may
 * not read it at all (xprotect-api.md 1.4), so cameras wait for it a little, in all, and then do without.
 */
export class HardwareNames {
  readonly #deps: NameDeps
  readonly #names = new Map<string, string>()
  readonly #signal: AbortSignal
  #patienceMs = PATIENCE_MS
  #ended = false
  #progress: Promise<void>
  #advance: () => void = () => undefined

  constructor(deps: NameDeps) {
    this.#deps = deps
    this.#signal = deps.signal
    this.#progress = this.#nextProgress()
    void this.#load() // never rejects
  }

  get(id: string): string {
    return this.#names.get(id) ?? ''
  }

  /** Waits until these devices are known, or there is no more hope, or no more patience. */
  async know(ids: Iterable<string>, atMostMs = Infinity): Promise<void> {
    const missing = new Set(ids)
    const startedMs = this.#deps.clock.monotonic()
    const patienceMs = Math.min(this.#patienceMs, atMostMs)
    const enough = new AbortController()
    const tired = pause(this.#deps.clock, patienceMs, enough.signal).catch(() => undefined) // known in time
    while (!this.#ended && this.#deps.clock.monotonic() - startedMs < patienceMs) {
      for (const id of missing) if (this.#names.has(id)) missing.delete(id)
      if (missing.size === 0) break
      await Promise.race([this.#progress, tired])
    }
    enough.abort()
    this.#patienceMs -= this.#deps.clock.monotonic() - startedMs
  }

  async #load(): Promise<void> {
    try {
      for await (const page of pagesOf('hardware', { ...this.#deps, signal: this.#signal, headFirst: true })) {
        for (const { id, name, displayName } of await inPortions(page, read)) this.#names.set(id, name || displayName)
        this.#advance()
        this.#progress = this.#nextProgress()
      }
    } catch (error) {
      if (!this.#signal.aborted) this.#deps.log.info(`device names are not to be had: ${failureOf(error).kind}`)
    }
    this.#ended = true
    this.#advance()
  }

  #nextProgress(): Promise<void> {
    return new Promise((resolve) => {
      this.#advance = resolve
    })
  }
}

const read = (items: unknown[]) => items.flatMap((item) => HardwareWire.safeParse(item).data ?? [])
