import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { segmentsOf } from './routes.ts'

export type UpgradeVerdict = { ok: true } | { ok: false; status: number }

/** One WebSocket the gateway serves. A `/` at the end is welcome. [V PROTO] */
export interface WebSocketRoute {
  name: 'events' | 'webrtc'
  path: string
  admit: (request: IncomingMessage) => UpgradeVerdict
  open: (socket: WebSocket, request: IncomingMessage) => void
}

/** Frames beyond this close the socket. */
const MAX_PAYLOAD_BYTES = 1 << 20

/** Upgrades, and the open sockets of each kind. */
export class WebSockets {
  readonly #routes: readonly WebSocketRoute[]
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD_BYTES })
  readonly #open = new Map<WebSocket, WebSocketRoute['name']>()

  constructor(routes: readonly WebSocketRoute[]) {
    this.#routes = routes
  }

  find(path: string): WebSocketRoute | undefined {
    const wanted = segmentsOf(path).join('/').toLowerCase()
    return this.#routes.find((route) => segmentsOf(route.path).join('/') === wanted)
  }

  upgrade(route: WebSocketRoute, request: IncomingMessage, raw: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, raw, head, (socket) => {
      this.#open.set(socket, route.name)
      socket.on('close', () => this.#open.delete(socket))
      socket.on('error', () => {}) // a broken frame closes the socket; 'close' is what counts
      route.open(socket, request)
    })
  }

  count(name: WebSocketRoute['name']): number {
    return [...this.#open.values()].filter((open) => open === name).length
  }

  /** Cuts sockets without a closing handshake, as a recycled IIS pool does. Returns how many. */
  cut(name?: WebSocketRoute['name']): number {
    const meant = [...this.#open].filter(([, open]) => name === undefined || open === name)
    for (const [socket] of meant) socket.terminate()
    return meant.length
  }
}
