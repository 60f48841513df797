import { failureOf } from '../../src-preload/contract/failure.ts'
import type { Camera } from '../../src-preload/contract/models/camera.ts'
import type { Capabilities, Fact } from '../../src-preload/contract/models/capabilities.ts'
import type { CameraId } from '../../src-preload/contract/models/ids.ts'
import type { Scope } from '../log.ts'
import type { ServerFacts } from '../xprotect/server-facts.ts'

interface Needs {
  ask: (camera: CameraId | undefined, signal: AbortSignal) => Promise<ServerFacts>
  /** The first cameras of the list. */
  cameras: () => readonly Camera[]
  log: Scope
  changed: () => void
}

const notAsked = { is: 'unknown', why: 'not-asked' } as const
const nothing: ServerFacts = {
  capabilities: {
    version: notAsked,
    edition: notAsked,
    cameraTasks: notAsked,
    outputTasks: notAsked,
    rights: notAsked,
    signallingSocket: notAsked,
    eventsSocket: notAsked,
  },
  children: [],
  masterAddress: '',
}

/** Nothing is known of a site that never was. */
export const nothingKnown: Capabilities = nothing.capabilities

/** What is known of a site's server and user: asked once at each sign-in, and again only what no answer came to. */
export class SiteFacts {
  readonly #needs: Needs
  #facts = nothing
  #run = new AbortController()
  #isAsked = false

  constructor(needs: Needs) {
    this.#needs = needs
  }

  get shown(): ServerFacts {
    return this.#facts
  }

  /** Once for each sign-in, and once more where a server that was away left a question open. Never rejects. */
  async ask(): Promise<void> {
    const told = Object.values<Fact<unknown>>({ ...this.#facts.capabilities })
    const isOpen = told.some((fact) => fact.is === 'unknown' && fact.why === 'no-answer')
    if (this.#isAsked && !isOpen) return
    this.#isAsked = true
    this.#run.abort()
    this.#run = new AbortController()
    const { signal } = this.#run
    const cameras = this.#needs.cameras()
    const example = cameras.find(({ ptzEnabled }) => ptzEnabled) ?? cameras[0]
    try {
      const facts = await this.#needs.ask(example?.id, signal)
      if (signal.aborted) return
      this.#facts = facts
      this.#needs.changed()
    } catch (error) {
      if (!signal.aborted) this.#needs.log.error(`what the server can do is not known: ${failureOf(error).kind}`)
    }
  }

  /** Whoever signs in next is asked about anew. */
  forget(): void {
    this.#run.abort()
    this.#isAsked = false
    this.#facts = nothing
  }
}
