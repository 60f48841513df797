import { AppError } from '../../src-preload/contract/failure.ts'
import type { IceCandidate } from '../../src-preload/contract/models/session.ts'
import type { Http } from './http.ts'
import { sdpOf } from './offer.ts'
import type { Farewell, Road, RoadSession, RoadWish } from './road.ts'
import { limitOffer, type CandidateRules } from './sdp-limits.ts'
import { playbackOfShot, ShotAnswer } from './wire/single-shot.ts'

export interface SingleShotDeps {
  http: Http
  farewell: Farewell
  rules: CandidateRules
  /** Where on the gateway, from its root. */
  path: string
}

/**
 * Signalling in one call: the page offers, and the server's answer comes in the reply, as a customer's report has it. No
 * XProtect known to us answers so (xprotect-api.md 3.1, 13): it is gone by only where a profile names its path.
 */
export class SingleShotRoad implements Road {
  readonly #deps: SingleShotDeps

  constructor(deps: SingleShotDeps) {
    this.#deps = deps
  }

  /** Nothing is asked of the server before there is an offer. */
  async open(wish: RoadWish): Promise<RoadSession> {
    return new SingleShotSession(this.#deps, wish)
  }
}

class SingleShotSession implements RoadSession {
  /** A server that gives it none hears of the end from the peer connection alone. */
  serverId: string | undefined
  /** Whether REST knows its sessions is [?]. */
  readonly overRest = false
  readonly sdp = null
  readonly iceServers = []
  readonly #deps: SingleShotDeps
  readonly #wish: RoadWish
  #isOver = false

  constructor(deps: SingleShotDeps, wish: RoadWish) {
    this.#deps = deps
    this.#wish = wish
  }

  async offer(sdp: string): Promise<string> {
    const { http, path, rules, farewell } = this.#deps
    const { cameraId, playback, withSound } = this.#wish
    this.#demandWanted()
    const body = {
      deviceId: cameraId,
      ...(playback && { playback: playbackOfShot(playback) }),
      // No report has it [?]: it is said only where somebody listens, and the offer then has a place for sound.
      ...(withSound && { includeAudio: true }),
      offer: { type: 'offer', sdp },
    }
    // Not given up half-way: what the server has made by then could not be ended by name.
    const { sessionId, answer } = await http.post(path, body, ShotAnswer)
    this.serverId = sessionId
    try {
      this.#demandWanted()
      return limitOffer(sdpOf(answer), rules).sdp
    } catch (error) {
      if (sessionId !== undefined) void farewell.say(sessionId) // never rejects
      throw error
    }
  }

  /** The server makes no offer that could be answered. */
  async answer(): Promise<void> {
    throw new AppError({ kind: 'not-found', what: 'offer' })
  }

  /** The offer holds ours, and the answer the server's. */
  async addCandidate(): Promise<void> {}

  async nextCandidates(): Promise<IceCandidate[]> {
    return []
  }

  async close(): Promise<void> {
    if (this.#isOver) return
    this.#isOver = true
    if (this.serverId !== undefined) await this.#deps.farewell.say(this.serverId)
  }

  /** Throws where the page went on to something else meanwhile. */
  #demandWanted(): void {
    if (this.#isOver) throw new AppError({ kind: 'not-found', what: 'session' })
  }
}
