import { AppError, type Failure } from '../../src-preload/contract/failure.ts'
import { writeCapture } from '../storage/capture-folder.ts'
import type { SiteProfile } from '../storage/profile.ts'
import type { Server } from '../xprotect/server.ts'
import { captureOf } from './capture-wish.ts'

interface Needs {
  ask: Server['capture']
  profile: () => SiteProfile
  /** Who is signed in. */
  user: () => string
}

/** What the server of one site says, written down fit to be read by an administrator and sent. */
export class SiteCapture {
  readonly #needs: Needs
  #running = new AbortController()

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /**
   * Writes the answers to the probes into a folder; `probes` names those that do more than read. Gives the number of
   * files. Throws where a probe is not known, the folder cannot be written to, or the session ends; or the reason of
   * `signal`. Then no file is left.
   */
  async write(folder: string, probes: string[], signal: AbortSignal): Promise<number> {
    const { ask, profile, user } = this.#needs
    const either = AbortSignal.any([signal, this.#running.signal])
    const files = await ask(captureOf(profile(), user(), probes), either)
    await writeCapture(folder, files, either)
    return files.length
  }

  /** Nobody is signed in any more. */
  end(because: Failure): void {
    this.#running.abort(new AppError(because))
    this.#running = new AbortController()
  }
}
