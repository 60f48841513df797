import type { WebSocket } from 'ws'
import { jsonObject, property } from '../http/call.ts'
import type { WebSocketRoute } from '../http/web-sockets.ts'
import type { AccessToken, Tokens } from '../identity/tokens.ts'
import type { Profile } from '../options.ts'
import { answerSdp, offerJson, serverCandidates, takeCandidate } from './descriptions.ts'
import { readPlayback } from './playback-wish.ts'
import type { SessionList, VideoSession } from './session-list.ts'
import { readIncludeAudio } from './sound.ts'

export interface WebRtcSocketDeps {
  sessions: SessionList
  tokens: Tokens
  profile: Profile
}

/** Signalling by WebSocket, from 2025 R1 on (xprotect-api.md 3.3). No auth at the upgrade. [V PROTO] */
export const webRtcSocket = (deps: WebRtcSocketDeps): WebSocketRoute => ({
  name: 'webrtc',
  path: '/api/ws/webrtc/v1',
  admit: () => ({ ok: true }),
  open: (socket) => new SignallingSocket(deps, socket).listen(),
})

type Message = Record<string, unknown>

class SignallingSocket {
  readonly #deps: WebRtcSocketDeps
  readonly #socket: WebSocket
  /** Sessions asked for here. */
  readonly #own = new Map<string, VideoSession>()
  /** Our own requests that wait for the client: request id, session id. */
  readonly #invites = new Map<number, string>()
  #registered: AccessToken | null = null
  /** Far from the ids samples use for their own requests: they tell answers and requests apart by number. */
  #nextId = 101

  constructor(deps: WebRtcSocketDeps, socket: WebSocket) {
    this.#deps = deps
    this.#socket = socket
  }

  listen(): void {
    this.#socket.on('message', (data: Buffer) => this.#onMessage(data.toString()))
    this.#socket.on('close', () => this.#onClose())
  }

  #onMessage(text: string): void {
    const message = jsonObject(text)
    if (!message) return this.#complain('The message could not be parsed.')
    if (message['method'] === undefined && message['id'] !== undefined) return this.#onResult(message)
    const params = message['params']
    const known = typeof params === 'object' && params !== null ? (params as Message) : {}
    switch (message['method']) {
      case 'register':
        return this.#register(message, known)
      case 'connect':
        this.#connect(message, known).catch((error: unknown) => this.#complain(String(error)))
        return
      case 'trickle':
        return this.#trickle(known)
      default:
        this.#complain(`Unknown method ${String(message['method'])}.`)
    }
  }

  /** Once more with a new token keeps this socket's sessions alive; no sample shows any way to. [?] */
  #register(request: Message, params: Message): void {
    const token = this.#tokenIn(params)
    if (!token) return this.#complain('The authorization token is invalid.')
    this.#registered = token
    for (const session of this.#own.values()) this.#deps.sessions.renew(session, token)
    this.#send({ id: request['id'], result: {} })
  }

  async #connect(request: Message, params: Message): Promise<void> {
    const token = this.#tokenIn(params)
    if (!this.#registered || !token) {
      this.#complain('The authorization token is invalid.')
      return
    }
    const deviceId = property(params, 'peer')
    const streamId = property(params, 'streamID') ?? ''
    if (typeof deviceId !== 'string' || typeof streamId !== 'string') {
      this.#complain('The peer is missing.')
      return
    }
    const playback = readPlayback({
      time: property(params, 'playbackTime'),
      speed: property(params, 'playbackSpeed'),
      skipGaps: property(params, 'skipGaps'),
    })
    if (typeof playback === 'object' && 'wrong' in playback) {
      this.#refuse(playback.wrong)
      return
    }
    const includeAudio = readIncludeAudio(property(params, 'includeAudio'))
    if (typeof includeAudio === 'object') {
      this.#refuse(includeAudio.wrong)
      return
    }
    const session = await this.#deps.sessions.open({
      deviceId,
      streamId,
      road: 'ws',
      token,
      playback,
      includeAudio,
      onEnded: (why) => this.#onEnded(why),
    })
    if ('refused' in session) {
      this.#refuse(session.text)
      return
    }
    if (this.#socket.readyState !== this.#socket.OPEN) {
      this.#deps.sessions.end(session.id, 'The socket is gone.')
      return
    }
    this.#own.set(session.id, session)
    this.#send({ id: request['id'], result: { session: session.id } })
    this.#invite(session)
  }

  #refuse(why: string): void {
    this.#complain(`Session cannot be initiated. ${why}`)
  }

  #invite(session: VideoSession): void {
    const id = this.#nextId++
    this.#invites.set(id, session.id)
    this.#send({ id, method: 'invite', params: { session: session.id, offer: offerJson(session) } })
    for (const candidate of serverCandidates(session)) {
      this.#send({ method: 'trickle', params: { session: session.id, candidate } })
    }
  }

  #onResult(message: Message): void {
    const id = Number(message['id'])
    const session = this.#own.get(this.#invites.get(id) ?? '')
    const result = message['result']
    const sdp = answerSdp(typeof result === 'object' && result !== null ? property(result as Message, 'answer') : null)
    if (!session || sdp === undefined) return this.#complain('The answer could not be parsed.')
    this.#invites.delete(id)
    try {
      this.#deps.sessions.answer(session, sdp)
    } catch (error) {
      this.#complain(error instanceof Error ? error.message : String(error))
    }
  }

  #trickle(params: Message): void {
    const session = this.#own.get(String(property(params, 'session')).toLowerCase())
    if (!session) return this.#complain('The session was not found.')
    if (!takeCandidate(session, property(params, 'candidate'))) this.#complain('A candidate could not be parsed.')
  }

  #onEnded(why: string): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#complain(why)
  }

  /** Sessions that are not up yet cannot come up any more; pictures that flow go on. [?] */
  #onClose(): void {
    for (const { id, sender } of this.#own.values()) {
      if (sender.state !== 'connected') this.#deps.sessions.end(id, 'The socket is gone.')
    }
  }

  #tokenIn(params: Message): AccessToken | undefined {
    const text = property(params, 'authorization')
    return typeof text === 'string' ? this.#deps.tokens.live(text) : undefined
  }

  /** An error comes as a notification with `params.message`. [V PROTO] its name is [?] */
  #complain(message: string): void {
    this.#send({ method: 'error', params: { message } })
  }

  /** 2025 R1 marks its messages with `ApiVersion`, 2025 R2 with `jsonrpc`. [V PROTO README] */
  #send(message: Message): void {
    const mark = this.#deps.profile === '25.2' ? { jsonrpc: '2.0' } : { ApiVersion: '1.0' }
    this.#socket.send(JSON.stringify({ ...mark, ...message }))
  }
}
