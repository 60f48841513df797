import { randomUUID } from 'node:crypto'
import { AppError, failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { SessionId, SiteId } from '../../src-preload/contract/models/ids.ts'
import type { IceCandidate, SessionOffer } from '../../src-preload/contract/models/session.ts'
import type { SessionWish, VideoSession } from '../xprotect/server.ts'

/** How a site opens a session, once it knows which camera. */
export type OpenSession = (wish: Pick<SessionWish, 'signal' | 'onEnded'>) => Promise<VideoSession>

interface Entry {
  siteId: SiteId
  ending: AbortController
  /** Absent while the server has not offered yet. */
  session?: VideoSession
}

/** Four full views. More is a page that forgets to close. */
const most = 256

/** Every video session the page holds, by the id main made up for it. The only place they are opened and closed. */
export class Sessions {
  readonly #entries = new Map<SessionId, Entry>()
  readonly #ended: (sessionId: SessionId, because: Failure) => void
  readonly #warn: (line: string) => void

  constructor(ended: (sessionId: SessionId, because: Failure) => void, warn: (line: string) => void) {
    this.#ended = ended
    this.#warn = warn
  }

  async open(siteId: SiteId, openSession: OpenSession): Promise<SessionOffer> {
    if (this.#entries.size >= most) throw new AppError({ kind: 'busy', status: 429 })
    const sessionId = randomUUID() as string as SessionId
    const entry: Entry = { siteId, ending: new AbortController() }
    this.#entries.set(sessionId, entry)
    try {
      const { signal } = entry.ending
      const session = await openSession({ signal, onEnded: (because) => this.#lost(sessionId, because) })
      if (!this.#entries.has(sessionId)) {
        await this.#hangUp(session)
        throw new AppError({ kind: 'not-found', what: 'session' })
      }
      entry.session = session
      return { sessionId, sdp: session.sdp, iceServers: session.iceServers }
    } catch (error) {
      this.#entries.delete(sessionId)
      // The page went, or the site was left, while the server was still thinking: not worth a line.
      if (entry.ending.signal.aborted) throw new AppError({ kind: 'not-found', what: 'session' }, { cause: error })
      throw error
    }
  }

  async answer(sessionId: SessionId, sdp: string): Promise<void> {
    await this.#running(sessionId).session.answer(sdp)
  }

  /** For a session whose offer the page makes: gives the server's answer. */
  async offer(sessionId: SessionId, sdp: string): Promise<string> {
    const { session } = this.#running(sessionId)
    if (!session.offer) throw new AppError({ kind: 'not-found', what: 'offer' })
    return session.offer(sdp)
  }

  async addCandidate(sessionId: SessionId, candidate: IceCandidate): Promise<void> {
    await this.#running(sessionId).session.addCandidate(candidate)
  }

  async nextCandidates(sessionId: SessionId): Promise<IceCandidate[]> {
    const { session, ending } = this.#running(sessionId)
    try {
      return await session.nextCandidates(ending.signal)
    } catch (error) {
      if (ending.signal.aborted) return []
      // The server's identity changed: nothing more is asked of it, but a picture that is running may run on.
      if (['untrusted-certificate', 'unusable-certificate'].includes(failureOf(error).kind)) return []
      throw error
    }
  }

  /** Closing what is closed is no fault. */
  async close(sessionId: SessionId): Promise<void> {
    const entry = this.#entries.get(sessionId)
    if (entry) await this.#end(sessionId, entry)
  }

  /** Ends a site's sessions, or all: the page is gone, or somebody signed out. */
  async closeAll(siteId?: SiteId): Promise<void> {
    const all = [...this.#entries].filter(([, entry]) => siteId === undefined || entry.siteId === siteId)
    await Promise.all(all.map(([sessionId, entry]) => this.#end(sessionId, entry)))
  }

  /** Ends a site's sessions and tells the page so, which did not ask for it: the site is no more what it was. */
  async leave(siteId: SiteId, because: Failure): Promise<void> {
    const all = [...this.#entries].filter(([, entry]) => entry.siteId === siteId)
    const ended = all.map(([sessionId, entry]) => this.#end(sessionId, entry))
    for (const [sessionId] of all) this.#ended(sessionId, because)
    await Promise.all(ended)
  }

  async #end(sessionId: SessionId, { ending, session }: Entry): Promise<void> {
    this.#entries.delete(sessionId)
    ending.abort()
    if (session) await this.#hangUp(session)
  }

  async #hangUp(session: VideoSession): Promise<void> {
    try {
      await session.close()
    } catch (error) {
      // The page is done with it either way, and the server forgets an abandoned session by itself.
      this.#warn(`a video session was not closed properly: ${failureOf(error).kind}`)
    }
  }

  #lost(sessionId: SessionId, because: Failure): void {
    const entry = this.#entries.get(sessionId)
    if (!entry?.session) return // before the offer, opening it fails instead
    this.#entries.delete(sessionId)
    entry.ending.abort()
    this.#ended(sessionId, because)
  }

  #running(sessionId: SessionId): Required<Entry> {
    const entry = this.#entries.get(sessionId)
    if (!entry?.session) throw new AppError({ kind: 'not-found', what: 'session' })
    return entry as Required<Entry>
  }
}
