import { AppError, type Failure } from '../../src-preload/contract/failure.ts'
import type { Input } from '../../src-preload/contract/calls.ts'
import type { SessionId } from '../../src-preload/contract/models/ids.ts'
import type { IceCandidate } from '../../src-preload/contract/models/session.ts'
import type { NewSignalling, Offer, Signalling } from '../media/signalling.ts'
import { ask } from './ask.ts'
import { on } from './facts.ts'

/** Ends that came before the session they belong to was known are kept, up to this many. */
const EARLY_ENDS = 64
const CLOSED = new AppError({ kind: 'unreachable', what: 'server', how: 'closed' })

/** Makes roads to the server that run through main. Listens to main once, for all of them. */
export function bridgeSignalling(): NewSignalling {
  const ends = new SessionEnds()
  return ({ siteId, cameraId }, streamId, playback, withSound) => {
    const how = { ...(playback && { playback }), ...(withSound && { withSound }) }
    return new BridgeSignalling({ siteId, cameraId, streamId, ...how }, ends)
  }
}

class BridgeSignalling implements Signalling {
  readonly ended: Promise<Failure>
  readonly #wish: Input<'openSession'>
  readonly #ends: SessionEnds
  #resolveEnded: (because: Failure) => void = () => {}
  #sessionId: SessionId | null = null
  #isClosed = false

  constructor(wish: Input<'openSession'>, ends: SessionEnds) {
    this.#wish = wish
    this.#ends = ends
    this.ended = new Promise((resolve) => (this.#resolveEnded = resolve))
  }

  async open(signal: AbortSignal): Promise<Offer> {
    const offer = await ask('openSession', this.#wish)
    this.#sessionId = offer.sessionId
    if (this.#isClosed) await this.#end(offer.sessionId)
    signal.throwIfAborted()
    this.#ends.expect(offer.sessionId, this.#resolveEnded)
    return offer
  }

  async answer(sdp: string): Promise<void> {
    await ask('answerSession', { sessionId: this.#opened(), sdp })
  }

  offer(sdp: string): Promise<string> {
    return ask('offerSession', { sessionId: this.#opened(), sdp })
  }

  async addCandidate(candidate: IceCandidate): Promise<void> {
    await ask('addCandidate', { sessionId: this.#opened(), candidate })
  }

  async *candidates(signal: AbortSignal): AsyncGenerator<IceCandidate> {
    const sessionId = this.#opened()
    while (!signal.aborted) {
      const found = await ask('nextCandidates', { sessionId })
      if (found.length === 0) return
      yield* found
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    if (this.#sessionId) await this.#end(this.#sessionId)
  }

  async #end(sessionId: SessionId): Promise<void> {
    this.#ends.forget(sessionId)
    await ask('closeSession', { sessionId })
  }

  #opened(): SessionId {
    if (!this.#sessionId || this.#isClosed) throw CLOSED
    return this.#sessionId
  }
}

/** Hands each `sessionEnded` to the road it belongs to, also when it overtook the answer that names the session. */
class SessionEnds {
  readonly #waiting = new Map<SessionId, (because: Failure) => void>()
  readonly #early = new Map<SessionId, Failure>()

  constructor() {
    on('sessionEnded', ({ sessionId, because }) => {
      const tell = this.#waiting.get(sessionId)
      this.#waiting.delete(sessionId)
      if (tell) return tell(because)
      this.#early.set(sessionId, because)
      const [oldest] = this.#early.keys()
      if (this.#early.size > EARLY_ENDS && oldest) this.#early.delete(oldest)
    })
  }

  expect(sessionId: SessionId, tell: (because: Failure) => void): void {
    const early = this.#early.get(sessionId)
    if (early) return tell(early)
    this.#waiting.set(sessionId, tell)
  }

  forget(sessionId: SessionId): void {
    this.#waiting.delete(sessionId)
  }
}
