import type { Scope } from '../log.ts'
import type { Clock } from '../xprotect/clock.ts'
import type { CameraList, CameraSource } from './camera-list.ts'

const AGAIN_MS = 10_000

interface Needs {
  list: CameraList
  source: CameraSource
  /** Somebody is signed in, and the server answers. */
  mayAsk: () => boolean
  clock: Pick<Clock, 'after'>
  log: Scope
}

/** Reads a site's camera list, and reads it again when the server it failed for want of is back. */
export class CameraReader {
  readonly #needs: Needs
  #callOff: () => void = () => undefined

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** Never rejects: the outcome is in the list's state. */
  async read(): Promise<void> {
    const { list, source, clock, log } = this.#needs
    this.#callOff()
    await list.load(source)
    const { state } = list
    if (state.phase === 'ready') log.info(`${state.total} cameras, ${state.skipped} entries skipped`)
    if (state.phase !== 'failed') return
    log.warn(`cameras: ${JSON.stringify(state.because)}`)
    // The link may be up although the list failed: it had company that fared better.
    this.#callOff()
    this.#callOff = clock.after(AGAIN_MS, () => this.again())
  }

  /** Only what failed for want of a server: whatever else went wrong would go wrong again. */
  again(): void {
    const { list, mayAsk } = this.#needs
    const { state } = list
    if (state.phase !== 'failed' || !mayAsk()) return
    if (state.because.kind !== 'unreachable' && state.because.kind !== 'busy') return
    void this.read() // never rejects
  }

  stop(): void {
    this.#callOff()
    this.#needs.list.clear()
  }
}
