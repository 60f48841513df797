import { AppError, failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { IceCandidate } from '../../src-preload/contract/models/session.ts'
import { Candidates } from './candidates.ts'
import type { Clock } from './clock.ts'
import { answerText, iceServersOf, sdpOf } from './offer.ts'
import { Outbox } from './outbox.ts'
import type { Farewell, RoadSession, RoadWish } from './road.ts'
import type { RpcSocket } from './rpc-socket.ts'
import { limitOffer, MAX_CANDIDATES, type CandidateRules } from './sdp-limits.ts'
import type { RpcId } from './wire/rpc.ts'
import type { ConnectResult } from './wire/webrtc.ts'

/** The server may take a moment to reach the camera before it invites. */
const INVITE_TIMEOUT_MS = 10_000

export interface SessionDeps {
  farewell: Farewell
  clock: Clock
  rules: CandidateRules
}

/** One video session on a shared signalling socket. */
export class SocketSession implements RoadSession {
  readonly serverId: string
  readonly overRest = false
  readonly iceServers: RoadSession['iceServers']
  sdp = ''
  readonly #deps: SessionDeps
  readonly #rpc: RpcSocket
  readonly #wish: RoadWish
  readonly #leave: () => void
  readonly #outbox = new Outbox((batch) => this.#send(batch))
  readonly #early: unknown[] = []
  #candidates: Candidates | undefined
  #inviteId: RpcId | undefined
  #settle: (error?: unknown) => void = () => undefined
  #refusal: AppError | undefined
  #answered = false
  #over = false

  constructor(deps: SessionDeps, rpc: RpcSocket, result: ConnectResult, wish: RoadWish, leave: () => void) {
    this.#deps = deps
    this.#rpc = rpc
    this.#wish = wish
    this.#leave = leave
    this.serverId = result.session
    this.iceServers = iceServersOf(result.iceServers)
  }

  /** Waits for the server's offer. */
  async invited(): Promise<this> {
    const { signal } = this.#wish
    const onAbort = (): void => this.#settle(signal.reason)
    const timeout = new AppError({ kind: 'unreachable', what: 'server', how: 'timeout' })
    const callOff = this.#deps.clock.after(INVITE_TIMEOUT_MS, () => this.#settle(timeout))
    try {
      if (this.#refusal) throw this.#refusal
      signal.throwIfAborted()
      signal.addEventListener('abort', onAbort, { once: true })
      if (this.#inviteId === undefined) await this.#untilSettled()
      return this
    } catch (error) {
      void this.close() // never rejects
      throw error
    } finally {
      callOff()
      signal.removeEventListener('abort', onAbort)
    }
  }

  /** The offer. A second one is not answered: a session is agreed on once. */
  onInvite(id: RpcId, offer: unknown): void {
    if (this.#over || this.#inviteId !== undefined) return
    try {
      const limited = limitOffer(sdpOf(offer), this.#deps.rules)
      this.#inviteId = id
      this.sdp = limited.sdp
      this.#candidates = new Candidates(limited, this.#deps.rules)
      for (const wire of this.#early.splice(0)) this.#candidates.take(wire)
      this.#settle()
    } catch (error) {
      this.#refusal = error instanceof AppError ? error : new AppError(failureOf(error), { cause: error })
      this.#settle(this.#refusal)
    }
  }

  onTrickle(wire: unknown): void {
    if (this.#candidates) return this.#candidates.take(wire)
    if (this.#early.length < MAX_CANDIDATES) this.#early.push(wire)
  }

  /** The socket is gone. Pictures do not run over it: what is agreed on plays on, what is not never will. */
  cutOff(because: Failure): void {
    if (!this.#answered) return this.end(because)
    this.#candidates?.end()
    this.#outbox.close()
  }

  /** The server ended it, or it can never begin. */
  end(because: Failure): void {
    if (this.#over) return
    const wasOffered = this.#inviteId !== undefined
    this.#leaveBehind()
    this.#refusal = new AppError(because)
    this.#settle(this.#refusal)
    if (wasOffered) this.#wish.onEnded(because)
  }

  async answer(sdp: string): Promise<void> {
    if (this.#over || this.#inviteId === undefined) throw new AppError({ kind: 'not-found', what: 'session' })
    this.#rpc.reply(this.#inviteId, { answer: answerText(sdp) })
    this.#answered = true
    this.#outbox.open()
  }

  addCandidate(candidate: IceCandidate): Promise<void> {
    return this.#outbox.add(candidate)
  }

  async nextCandidates(signal: AbortSignal): Promise<IceCandidate[]> {
    return (await this.#candidates?.next(signal)) ?? []
  }

  /** No message on the socket is known for this [?]; the server also notices that the peer hung up. */
  async close(): Promise<void> {
    if (this.#over) return
    this.#leaveBehind()
    await this.#deps.farewell.say(this.serverId)
  }

  #leaveBehind(): void {
    if (this.#over) return
    this.#over = true
    this.#candidates?.end()
    this.#outbox.close()
    this.#leave()
  }

  #untilSettled(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settle = (error) => {
        if (error === undefined) resolve()
        else reject(error instanceof Error ? error : new Error('given up', { cause: error }))
      }
    })
  }

  async #send(batch: IceCandidate[]): Promise<void> {
    for (const candidate of batch) {
      this.#rpc.notify('trickle', { session: this.serverId, candidate: JSON.stringify(candidate) })
    }
  }
}
