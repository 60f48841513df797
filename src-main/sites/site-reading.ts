import type { Failure } from '../../src-preload/contract/failure.ts'
import type { Scope } from '../log.ts'
import type { Clock } from '../xprotect/clock.ts'
import type { ServerFacts } from '../xprotect/server-facts.ts'
import type { Server } from '../xprotect/server.ts'
import { CameraList } from './camera-list.ts'
import { CameraReader } from './camera-reader.ts'
import { SiteFacts } from './site-facts.ts'
import { SiteRecorders } from './site-recorders.ts'

interface Needs {
  server: () => Pick<Server, 'cameras' | 'facts' | 'recorders'>
  /** Somebody is signed in; `isUp` also says that the server answers. */
  isOpen: () => boolean
  isUp: () => boolean
  clock: Pick<Clock, 'after'>
  log: Scope
  tell: (error: unknown) => Failure
  changed: (what: 'site' | 'cameras') => void
  /** Addresses of recorders the server told of. */
  learnt: (origins: string[]) => void
}

/** What is read of a server once somebody is signed in: its cameras first, then what it can do, then its recorders. */
export class SiteReading {
  readonly cameras: CameraList
  readonly #needs: Needs
  readonly #reader: CameraReader
  readonly #facts: SiteFacts
  readonly #recorders: SiteRecorders

  constructor(needs: Needs) {
    const { server, isUp, clock, log, tell, changed, learnt } = needs
    this.#needs = needs
    this.cameras = new CameraList(tell, () => changed('cameras'))
    this.#reader = new CameraReader({
      list: this.cameras,
      source: (signal) => server().cameras(signal),
      mayAsk: isUp,
      clock,
      log,
    })
    this.#facts = new SiteFacts({
      ask: (camera, signal) => server().facts(camera, signal),
      cameras: () => this.cameras.first(500),
      log,
      changed: () => changed('site'),
    })
    this.#recorders = new SiteRecorders({ ask: (signal) => server().recorders(signal), log, learnt })
  }

  get facts(): ServerFacts {
    return this.#facts.shown
  }

  /** Never rejects: what came of it is in the list's state and in the facts. */
  async read(): Promise<void> {
    await this.#reader.read()
    await this.#askOn()
  }

  /** The server answers again. */
  linkUp(): void {
    this.#reader.again()
    if (this.cameras.state.phase === 'ready') void this.#askOn() // never rejects
  }

  /** Whoever signs in next is told anew. */
  forget(): void {
    this.#facts.forget()
    this.#recorders.forget()
  }

  /** Also the cameras are not for the next. */
  stop(): void {
    this.#reader.stop()
    this.forget()
  }

  async #askOn(): Promise<void> {
    if (this.#needs.isOpen()) await this.#facts.ask()
    if (this.#needs.isOpen()) await this.#recorders.ask()
  }
}
