import { failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import { parsed } from './body.ts'
import { cleanText } from './clean-text.ts'
import type { Log } from './log.ts'
import type { RoadSession, RoadWish } from './road.ts'
import { RpcSocket, SIGNALLING } from './rpc-socket.ts'
import type { Token, Tokens } from './sign-in.ts'
import type { Transport } from './transport.ts'
import type { RpcId } from './wire/rpc.ts'
import { Complaint, ConnectResult, Invite, playbackParams, Trickle } from './wire/webrtc.ts'
import { SocketSession, type SessionDeps } from './ws-session.ts'

export interface SocketRoadDeps extends SessionDeps {
  transport: Transport
  tokens: Tokens
  log: Log
}

const PATH = '/api/ws/webrtc/v1'
/** Invitations and candidates that overtook the answer to `connect` wait here, and not without end. */
const MAX_EARLY = 64

/** The line is gone, or as good as gone: the question never arrived, or its answer will not. */
export const isDeadLine = (error: unknown): boolean => {
  const failure = failureOf(error)
  return failure.kind === 'unreachable' && (failure.how === 'closed' || failure.how === 'silent')
}

const CUT: Failure = { kind: 'unreachable', what: 'server', how: 'closed' }

interface LineListener {
  /** No new sessions over this line. */
  onRetired: () => void
  onClosed: () => void
}

/** One registered socket and the sessions it carries. */
export class Line {
  readonly #deps: SocketRoadDeps
  readonly #token: Token
  readonly #sessions = new Map<string, SocketSession>()
  readonly #early = new Map<string, ((session: SocketSession) => void)[]>()
  #rpc!: RpcSocket
  #connecting = 0
  #retired = false
  readonly #listener: LineListener

  private constructor(deps: SocketRoadDeps, token: Token, listener: LineListener) {
    this.#deps = deps
    this.#token = token
    this.#listener = listener
  }

  static async open(deps: SocketRoadDeps, token: Token, listener: LineListener): Promise<Line> {
    const line = new Line(deps, token, listener)
    line.#rpc = await RpcSocket.open(deps, PATH, {
      onRequest: (id, method, params) => line.#onRequest(id, method, params),
      onNotification: (method, params) => line.#onNotification(method, params),
      onClosed: () => line.#onEnd(),
    })
    try {
      await line.#rpc.call('register', { authorization: token.value })
    } catch (error) {
      line.#rpc.close()
      throw error
    }
    return line
  }

  /** Fails fast where the line is dead (`isDeadLine`), unless there was just proof of the contrary. */
  async connect(wish: RoadWish, isFresh = false): Promise<RoadSession> {
    wish.signal.throwIfAborted()
    this.#connecting++
    try {
      const params = {
        authorization: this.#token.value,
        peer: wish.cameraId,
        // Spelt as in the sample's code; its README writes `streamId` (xprotect-api.md 3.3 [?]).
        ...(wish.streamId === null ? {} : { streamID: wish.streamId }),
        ...(wish.playback && playbackParams(wish.playback)),
        includeAudio: wish.withSound ?? false,
      }
      const answer = await (isFresh ? this.#rpc.call('connect', params) : this.#rpc.callOnLiveLine('connect', params))
      const result = parsed(ConnectResult, answer, SIGNALLING)
      const session = new SocketSession(this.#deps, this.#rpc, result, wish, () => this.#drop(session))
      this.#sessions.set(session.serverId, session)
      this.#early.get(session.serverId)?.forEach((tell) => tell(session))
      this.#early.delete(session.serverId)
      return await session.invited()
    } catch (error) {
      if (isDeadLine(error)) this.retire()
      throw error
    } finally {
      this.#connecting--
      this.#closeIfIdle()
    }
  }

  /** No new sessions here; the line ends with the last one it carries. */
  retire(): void {
    this.#retired = true
    this.#listener.onRetired()
    this.#closeIfIdle()
  }

  close(): void {
    this.#rpc.close()
  }

  #drop(session: SocketSession): void {
    this.#sessions.delete(session.serverId)
    this.#closeIfIdle()
  }

  #closeIfIdle(): void {
    if (this.#retired && this.#connecting === 0 && this.#sessions.size === 0) this.#rpc.close()
  }

  #onRequest(id: RpcId, method: string, params: unknown): void {
    const invite = method === 'invite' ? Invite.safeParse(params).data : undefined
    if (!invite) return this.#deps.log.warn(`signalling socket: a request ${cleanText(method, 40)} was not understood`)
    this.#tell(invite.session, (session) => session.onInvite(id, invite.offer))
  }

  #onNotification(method: string, params: unknown): void {
    if (method === 'trickle') {
      const trickle = Trickle.safeParse(params).data
      if (trickle) this.#tell(trickle.session, (session) => session.onTrickle(trickle.candidate))
      return
    }
    this.#onComplaint(method, Complaint.safeParse(params).data ?? { message: '' })
  }

  /** An error of a session, of a question, or of neither; only the first can be told for sure. */
  #onComplaint(method: string, { session, message }: Complaint): void {
    const text = cleanText(message)
    this.#deps.log.warn(`signalling socket: ${cleanText(method, 40)}: ${text}`)
    const because: Failure = /authori[sz]/i.test(text)
      ? { kind: 'signed-out' }
      : { kind: 'refused', call: SIGNALLING, status: 400, text }
    const known = session === undefined ? undefined : this.#sessions.get(session)
    if (known) return known.end(because)
    // The words of a refused `connect` (xprotect-api.md 3.8), and of a token refused in any question [?].
    if (/cannot be initiated|authori[sz]/i.test(text)) return this.#rpc.pending.refuseOne(because)
    this.#rpc.pending.doubt(because)
  }

  #tell(serverId: string, tell: (session: SocketSession) => void): void {
    const session = this.#sessions.get(serverId)
    if (session) return tell(session)
    if (this.#connecting === 0) return
    const early = this.#early.get(serverId) ?? []
    if (this.#early.size >= MAX_EARLY || early.length >= MAX_EARLY) return
    this.#early.set(serverId, [...early, tell])
  }

  #onEnd(): void {
    this.#listener.onRetired()
    this.#listener.onClosed()
    for (const session of [...this.#sessions.values()]) session.cutOff(CUT)
    this.#sessions.clear()
    this.#early.clear()
  }
}
