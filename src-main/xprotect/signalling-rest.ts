import { failureOf, type AppError } from '../../src-preload/contract/failure.ts'
import type { IceCandidate } from '../../src-preload/contract/models/session.ts'
import { Candidates } from './candidates.ts'
import { pause, type Clock } from './clock.ts'
import type { Http } from './http.ts'
import { answerText, iceServersOf, sdpOf } from './offer.ts'
import { Outbox } from './outbox.ts'
import type { Farewell, Road, RoadSession, RoadWish } from './road.ts'
import { limitOffer, type CandidateRules } from './sdp-limits.ts'
import { CandidateList, playbackNode, SessionAnswer } from './wire/webrtc.ts'

export interface RestRoadDeps {
  http: Http
  farewell: Farewell
  clock: Clock
  rules: CandidateRules
}

/** Candidates are asked for fast at first, then more slowly, and never once they cannot matter any more. */
const FIRST_POLL_MS = 50
const SLOWEST_POLL_MS = 250
const POLL_FOR_MS = 12_000
const MAX_POLL_FAILURES = 3

/** Signalling by REST calls: works on every gateway that has WebRTC (xprotect-api.md 3.2 [V]). */
export class RestRoad implements Road {
  readonly #deps: RestRoadDeps
  /** The name before 2025 R2 was `cameraId` (xprotect-api.md 3.2); which one this server took last. */
  #idField: 'deviceId' | 'cameraId' | undefined

  constructor(deps: RestRoadDeps) {
    this.#deps = deps
  }

  async open(wish: RoadWish): Promise<RoadSession> {
    const answer = await this.#post(wish)
    const session = new RestSession(this.#deps, answer, wish)
    try {
      return session.admit()
    } catch (error) {
      void session.close() // never rejects
      throw error
    }
  }

  async #post(wish: RoadWish): Promise<SessionAnswer> {
    const field = this.#idField ?? 'deviceId'
    try {
      const answer = await this.#postAs(field, wish)
      this.#idField = field
      return answer
    } catch (error) {
      if (!isRefused400(error)) throw error
      // Either the name is too new for this server, or two sessions came too close together (FORUM-13914): once more.
      await pause(this.#deps.clock, 100 + Math.random() * 300, wish.signal)
      const second = this.#idField ?? 'cameraId'
      const answer = await this.#postAs(second, wish)
      this.#idField = second
      return answer
    }
  }

  #postAs(
    field: 'deviceId' | 'cameraId',
    { cameraId, streamId, playback, withSound }: RoadWish,
  ): Promise<SessionAnswer> {
    const body = {
      [field]: cameraId,
      ...(streamId === null ? {} : { streamId }),
      ...(playback && { playbackTimeNode: playbackNode(playback) }),
      // Unused, but the sample sends it (xprotect-api.md 3.2 [V PROTO]).
      resolution: 'notInUse',
      // Of servers before 2025 R2 nobody knows it; they leave it alone (xprotect-api.md 3.2 [?]).
      includeAudio: withSound ?? false,
    }
    // Not given up half-way: what the server has made by then could not be ended by name.
    return this.#deps.http.post('WebRTC/Session', body, SessionAnswer)
  }
}

const isRefused400 = (error: unknown): error is AppError => {
  const failure = failureOf(error)
  return failure.kind === 'refused' && failure.status === 400
}

class RestSession implements RoadSession {
  readonly serverId: string
  readonly overRest = true
  readonly iceServers: RoadSession['iceServers']
  sdp = ''
  readonly #deps: RestRoadDeps
  readonly #offer: unknown
  readonly #onEnded: RoadWish['onEnded']
  readonly #outbox = new Outbox((candidates) => this.#post(candidates))
  readonly #over = new AbortController()
  #candidates: Candidates | undefined
  #pollMs = FIRST_POLL_MS
  #pollUntilMs: number

  constructor(deps: RestRoadDeps, answer: SessionAnswer, wish: RoadWish) {
    this.#deps = deps
    this.serverId = answer.sessionId
    this.iceServers = iceServersOf(answer.iceServers)
    this.#offer = answer.offerSDP
    this.#onEnded = wish.onEnded
    this.#pollUntilMs = deps.clock.monotonic() + POLL_FOR_MS
  }

  /** Reads the offer; throws where it breaks the limits. */
  admit(): this {
    const offer = limitOffer(sdpOf(this.#offer), this.#deps.rules)
    this.sdp = offer.sdp
    this.#candidates = new Candidates(offer, this.#deps.rules)
    return this
  }

  async answer(sdp: string): Promise<void> {
    await this.#telling(this.#deps.http.send('PATCH', this.#path('Session'), { answerSDP: answerText(sdp) }))
    this.#outbox.open()
  }

  addCandidate(candidate: IceCandidate): Promise<void> {
    return this.#outbox.add(candidate)
  }

  async nextCandidates(signal: AbortSignal): Promise<IceCandidate[]> {
    const candidates = this.#candidates
    if (!candidates) return []
    const stop = AbortSignal.any([signal, this.#over.signal])
    for (let failures = 0; failures < MAX_POLL_FAILURES && this.#mayStillCome(stop);) {
      const arrived = await this.#poll(candidates, stop)
      failures = arrived ? 0 : failures + 1
      const fresh = candidates.drain()
      if (fresh.length > 0) return fresh
      if (this.#mayStillCome(stop)) await this.#pauseBetweenPolls(stop)
    }
    return candidates.drain()
  }

  #mayStillCome(stop: AbortSignal): boolean {
    return !this.#candidates?.ended && !stop.aborted && this.#deps.clock.monotonic() < this.#pollUntilMs
  }

  async close(): Promise<void> {
    if (this.#over.signal.aborted) return
    this.#over.abort()
    this.#candidates?.end()
    this.#outbox.close()
    await this.#deps.farewell.say(this.serverId)
  }

  /** The list is cumulative: what was seen before is dropped by `Candidates`. */
  async #poll(candidates: Candidates, signal: AbortSignal): Promise<boolean> {
    try {
      const list = await this.#deps.http.get(this.#path('IceCandidates'), CandidateList, { signal, timeoutMs: 5000 })
      for (const wire of list) candidates.take(wire)
      return true
    } catch (error) {
      if (failureOf(error).kind === 'not-found') this.#onEnded(failureOf(error))
      return false
    }
  }

  async #pauseBetweenPolls(stop: AbortSignal): Promise<void> {
    await pause(this.#deps.clock, this.#pollMs, stop).catch(() => undefined) // stopped: the loop sees it
    this.#pollMs = Math.min(this.#pollMs * 1.5, SLOWEST_POLL_MS)
  }

  async #post(candidates: IceCandidate[]): Promise<void> {
    const body = { sessionId: this.serverId, candidates: candidates.map((candidate) => JSON.stringify(candidate)) }
    await this.#telling(this.#deps.http.send('POST', this.#path('IceCandidates'), body))
  }

  /** A session the server does not know any more is over, whoever noticed. */
  async #telling(call: Promise<void>): Promise<void> {
    try {
      await call
    } catch (error) {
      if (failureOf(error).kind === 'not-found') this.#onEnded(failureOf(error))
      throw error
    }
  }

  #path(what: 'Session' | 'IceCandidates'): string {
    return `WebRTC/${what}/${this.serverId}`
  }
}
