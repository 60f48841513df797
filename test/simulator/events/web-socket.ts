import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { WebSocket } from 'ws'
import { jsonObject } from '../http/call.ts'
import type { UpgradeVerdict, WebSocketRoute } from '../http/web-sockets.ts'
import type { Tokens } from '../identity/tokens.ts'
import type { EventLog, SiteEvent } from './event-log.ts'
import type { EventsSession, EventsSessions } from './session.ts'
import { filtersOf } from './subscription.ts'

export interface EventsSocketDeps {
  log: EventLog
  sessions: EventsSessions
  tokens: Tokens
  inactiveTimeoutSeconds: number
}

/** Events and state (xprotect-api.md 4.4). [V PROTO; D DOC-events-ws]; texts of refusals are [?]. */
export const eventsSocket = (deps: EventsSocketDeps): WebSocketRoute => ({
  name: 'events',
  path: '/api/ws/events/v1',
  admit: (request) => admit(deps, request),
  open: (socket, request) => new EventsSocket(deps, socket, tokenIn(request) !== undefined).listen(),
})

const tokenIn = (request: IncomingMessage): string | undefined => request.headers.authorization

/** A bad token ends in 401; none at all may still come with `authenticate`. */
function admit({ tokens }: EventsSocketDeps, request: IncomingMessage): UpgradeVerdict {
  const token = tokenIn(request)
  return token === undefined || tokens.live(token) ? { ok: true } : { ok: false, status: 401 }
}

type Command = Record<string, unknown>

class EventsSocket {
  readonly #deps: EventsSocketDeps
  readonly #socket: WebSocket
  #authenticated: boolean
  #session: EventsSession | null = null

  constructor(deps: EventsSocketDeps, socket: WebSocket, authenticated: boolean) {
    this.#deps = deps
    this.#socket = socket
    this.#authenticated = authenticated
  }

  listen(): void {
    this.#socket.on('message', (data: Buffer) => this.#onMessage(data.toString()))
    this.#socket.on('close', () => this.#leave())
  }

  #onMessage(text: string): void {
    const command = jsonObject(text)
    if (!command || !Number.isInteger(command['commandId'])) {
      this.#socket.close(1007, 'Malformed command')
      return
    }
    this.#obey(command)
  }

  #obey(command: Command): void {
    const name = command['command']
    if (name === 'authenticate') return this.#authenticate(command)
    if (!this.#authenticated) return this.#refuse(command, 401, 'Unauthorized')
    if (name === 'startSession') return this.#startSession(command)
    if (!this.#session) return this.#refuse(command, 400, 'Session not started')
    switch (name) {
      case 'addSubscription':
        return this.#addSubscription(command, this.#session)
      case 'removeSubscription': // the name is assumed [?]
        return this.#removeSubscription(command, this.#session)
      case 'getState':
        return this.#reply(command, 200, { states: this.#session.statesOf(this.#deps.log) })
      default:
        return this.#refuse(command, 400, `Unknown command: ${String(name)}`)
    }
  }

  #authenticate(command: Command): void {
    const token = command['token']
    this.#authenticated = typeof token === 'string' && this.#deps.tokens.live(token) !== undefined
    if (!this.#authenticated) return this.#refuse(command, 401, 'Unauthorized')
    this.#reply(command, 200)
  }

  #startSession(command: Command): void {
    const { sessions, inactiveTimeoutSeconds } = this.#deps
    const wanted = typeof command['sessionId'] === 'string' ? command['sessionId'].toLowerCase() : ''
    const lastSeen = typeof command['eventId'] === 'string' ? command['eventId'] : ''
    this.#leave()
    const resumed = wanted === '' ? undefined : sessions.resume(wanted)
    const session = resumed ?? sessions.create()
    this.#session = session
    this.#reply(command, resumed ? 200 : 201, {
      sessionId: session.id,
      inactiveTimeoutSeconds,
    })
    const missed = resumed ? resumed.missedSince(lastSeen) : []
    if (missed.length > 0) this.#push(missed)
    session.attach(this.#push)
  }

  #addSubscription(command: Command, session: EventsSession): void {
    const filters = filtersOf(command['filters'])
    if (!filters) return this.#refuse(command, 400, 'Invalid filters')
    const wanted = command['subscriptionId']
    const subscriptionId = typeof wanted === 'string' && wanted !== '' ? wanted : randomUUID()
    session.subscriptions.set(subscriptionId, filters)
    this.#reply(command, 200, { subscriptionId })
  }

  #removeSubscription(command: Command, session: EventsSession): void {
    const removed = session.subscriptions.delete(String(command['subscriptionId']))
    if (!removed) return this.#refuse(command, 404, 'Subscription not found')
    this.#reply(command, 200)
  }

  readonly #push = (events: SiteEvent[]): void => this.#socket.send(JSON.stringify({ events }))

  #reply(command: Command, status: number, rest: object = {}): void {
    this.#socket.send(JSON.stringify({ commandId: command['commandId'], status, ...rest }))
  }

  #refuse(command: Command, status: number, errorText: string): void {
    this.#reply(command, status, { error: { errorText } })
  }

  #leave(): void {
    if (this.#session?.detach(this.#push)) this.#deps.sessions.leave(this.#session)
    this.#session = null
  }
}
