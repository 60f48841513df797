import PQueue from 'p-queue'
import { AppError, failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import { pause } from './clock.ts'
import type { Http } from './http.ts'
import { Pace } from './pace.ts'
import { Farewell, type Road, type RoadSession } from './road.ts'
import type { SessionWish, VideoSession } from './server.ts'
import type { Token } from './sign-in.ts'
import { RestRoad } from './signalling-rest.ts'
import { SingleShotRoad } from './signalling-single-shot.ts'
import { SocketRoad } from './signalling-ws.ts'
import type { SocketRoadDeps } from './ws-line.ts'

/** How long a socket that broke, rather than being refused, is not tried again. */
const AVOID_MS = 10 * 60_000
const BUSY_MS = 5000
/** A server without a socket may be updated while we run. */
const REFUSED_MS = 6 * 3_600_000
/** A session that does not get its next token is cut off at the end of the old one, so it is tried a few times. */
const RENEWAL_TRIES = 4
const RENEWAL_PAUSE_MS = 5000
const RENEWALS_AT_ONCE = 4

export interface SignallingDeps extends Omit<SocketRoadDeps, 'farewell'> {
  http: Http
  /** Where the profile says that the page makes the offer: then no other road is taken. */
  singleShotPath?: string
}

interface Open {
  session: RoadSession
  /** Sessions of the socket may be unknown to the REST service [?]; then its "not found" says nothing. */
  isKnownToRest: boolean
  end: (because: Failure) => void
}

/**
 * Opens video sessions: over the signalling socket where the server has one, by REST where it has not, and remembers
 * which (xprotect-api.md 3.2 and 3.3: feature-detected, never by version); in a single shot where the profile wants that. Keeps every session alive over a token's
 * end, and knows them all, so that signing out ends them all.
 */
export class Signalling {
  readonly #deps: SignallingDeps
  readonly #socket: SocketRoad
  readonly #rest: Road
  readonly #singleShot: Road | undefined
  readonly #pace: Pace
  readonly #open = new Set<Open>()
  readonly #renewals = new PQueue({ concurrency: RENEWALS_AT_ONCE })
  #avoidSocketUntilMs = 0
  /** The socket was refused for good, not only out of reach. */
  #refused = false
  /** What sessions were handed last; a session opened meanwhile with the one before gets it too. */
  #latest: Token | undefined
  /** Changes with every sign-out: a session that comes from before is nobody's. */
  #era = Symbol()

  constructor(deps: SignallingDeps) {
    this.#deps = deps
    const farewell = new Farewell(deps.http)
    this.#socket = new SocketRoad({ ...deps, farewell })
    this.#rest = new RestRoad({ ...deps, farewell })
    const { singleShotPath: path } = deps
    if (path !== undefined) this.#singleShot = new SingleShotRoad({ ...deps, farewell, path })
    this.#pace = new Pace(deps.clock)
  }

  /** Forgets what was learnt of the roads: a person signed in anew. */
  reset(): void {
    this.#avoidSocketUntilMs = 0
  }

  /** Sockets opened before sleep or on another network are stale, and what was learnt of the roads may be too. */
  reconnect(): void {
    this.#socket.close()
    this.reset()
  }

  /** Finds out which road there is before the first tile needs it. */
  async warm(): Promise<void> {
    if (!this.#singleShot) await this.#tryOut()
  }

  /** Whether the server has a signalling socket. Throws where that could not be found out. */
  async hasSocket(): Promise<boolean> {
    await this.#tryOut()
    if (!this.#avoidsSocket()) return true
    if (this.#refused) return false
    throw new AppError({ kind: 'unreachable', what: 'server' })
  }

  async #tryOut(): Promise<void> {
    if (this.#avoidsSocket()) return
    await this.#socket.warm().catch((error: unknown) => this.#socketFailed(error))
  }

  async open(wish: SessionWish): Promise<VideoSession> {
    const era = this.#era
    const token = this.#latest
    const ending: { early?: Failure; open?: Open } = {}
    const onEnded = (because: Failure): void => {
      ending.early ??= because
      ending.open?.end(because)
    }
    const session = await this.#pace.run(() => this.#byOneRoad({ ...wish, onEnded }), wish.signal)
    if (era !== this.#era) ending.early ??= { kind: 'signed-out' }
    if (wish.signal.aborted || ending.early) {
      void session.close() // never rejects
      wish.signal.throwIfAborted()
      throw new AppError(ending.early ?? { kind: 'signed-out' })
    }
    const open: Open = {
      session,
      isKnownToRest: session.overRest,
      end: (because) => {
        if (this.#open.delete(open)) wish.onEnded(because)
      },
    }
    ending.open = open
    this.#open.add(open)
    if (this.#latest && this.#latest !== token) void this.#renewOne(open, this.#latest) // never rejects
    return kept(session, {
      forget: () => this.#open.delete(open),
      paced: (work) => this.#pace.run(work, wish.signal),
    })
  }

  /** Hands the next token to every session, a few at a time (security.md 4.5). */
  async renew(token: Token): Promise<void> {
    this.#latest = token
    await Promise.all([...this.#open].map((open) => this.#renewals.add(() => this.#renewOne(open, token))))
  }

  /** Never rejects: what cannot be renewed is told to the session's owner, or noticed when the picture stops. */
  async #renewOne(open: Open, token: Token): Promise<void> {
    const { serverId } = open.session
    if (serverId === undefined) return
    const path = `WebRTC/Session/${serverId}`
    for (let tries = 1; this.#open.has(open) && this.#latest === token; tries++) {
      try {
        await this.#deps.http.send('PATCH', path, { token: token.value })
        open.isKnownToRest = true
        return
      } catch (error) {
        const because = failureOf(error)
        if (because.kind === 'not-found' && open.isKnownToRest) {
          open.end(because)
          return
        }
        this.#deps.log.debug(`a video session did not take the new token: ${because.kind}`)
        const mayPass = because.kind === 'unreachable' || because.kind === 'busy'
        if (!mayPass || tries >= RENEWAL_TRIES) return
        await pause(this.#deps.clock, RENEWAL_PAUSE_MS)
      }
    }
  }

  /** Tells every session's owner why it ended, and the server, as far as it listens. */
  async endAll(because: Failure): Promise<void> {
    this.#era = Symbol()
    const all = [...this.#open]
    for (const { end } of all) end(because)
    const farewells = all.map(({ session }) => session.close())
    // At once, not after the farewells: a socket opened meanwhile belongs to whoever signs in next.
    this.#socket.close()
    await Promise.allSettled(farewells)
  }

  async #byOneRoad(wish: SessionWish): Promise<RoadSession> {
    if (this.#singleShot) return this.#singleShot.open(wish)
    if (this.#avoidsSocket()) return this.#rest.open(wish)
    try {
      await this.#socket.warm()
    } catch (error) {
      this.#socketFailed(error)
      return this.#rest.open(wish)
    }
    return this.#socket.open(wish)
  }

  #avoidsSocket(): boolean {
    return this.#deps.clock.monotonic() < this.#avoidSocketUntilMs
  }

  /** Decides whether REST is worth trying; throws on where it is not. */
  #socketFailed(error: unknown): void {
    const because = failureOf(error)
    const patienceMs = avoidSocketFor(because)
    if (patienceMs === undefined) throw error
    this.#refused = patienceMs === REFUSED_MS
    this.#avoidSocketUntilMs = Math.max(this.#avoidSocketUntilMs, this.#deps.clock.monotonic() + patienceMs)
    this.#deps.log.info(`no signalling socket (${because.kind}): sessions go by REST`)
  }
}

/**
 * How long to go by REST after the socket could not be had; undefined where REST would fare no better.
 * An upgrade refused for good is a server without one, or a network that lets no socket through (3.3).
 */
function avoidSocketFor(because: Failure): number | undefined {
  // `signed-out` is a 401 at the upgrade; were we signed out, REST would say so too.
  if (['not-found', 'refused', 'bad-answer', 'forbidden', 'signed-out'].includes(because.kind)) return REFUSED_MS
  if (because.kind === 'busy') return BUSY_MS
  if (because.kind !== 'unreachable') return undefined
  return ['refused', 'no-such-host', 'no-route'].includes(because.how ?? '') ? undefined : AVOID_MS
}

interface Keeper {
  forget: () => void
  /** Runs what asks something of the server when there is room. */
  paced: <T>(work: () => Promise<T>) => Promise<T>
}

/** The session as the page's side may use it: closed once, and forgotten by its keeper. */
function kept(session: RoadSession, by: Keeper): VideoSession {
  const offer = session.offer && ((sdp: string) => by.paced(() => session.offer!(sdp)))
  return {
    ...(offer && { offer }),
    sdp: session.sdp,
    iceServers: session.iceServers,
    answer: (sdp) => session.answer(sdp),
    addCandidate: (candidate) => session.addCandidate(candidate),
    nextCandidates: (signal) => session.nextCandidates(signal),
    close: () => {
      by.forget()
      return session.close()
    },
  }
}
