import { once } from 'node:events'
import { createServer, type Server } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { Identity } from './certificate.ts'

interface TlsPortDeps {
  identity: Identity
  door: Door
}

/** What came to one port since the start; a stop in between changes nothing. */
export interface PortCount {
  requests: number
  tlsHandshakes: number
  tlsResumed: number
  /** Bytes the other side sent inside TLS: nothing before it trusts us. */
  applicationBytes: number
}

/** What answers on the port. */
interface Door {
  onRequest: (request: IncomingMessage, response: ServerResponse) => void
  onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
}

/** IIS keeps idle connections for two minutes; Node's five seconds would make clients reconnect all the time. */
const KEEP_ALIVE_MS = 120_000

/** One HTTPS port on loopback that can go away and come back with the same number. */
export class TlsPort {
  #server: Server | null = null
  #port: number
  #identity: Identity
  readonly #deps: TlsPortDeps
  /** Connections as they came, those in the middle of a handshake too. */
  readonly #sockets = new Set<Socket>()
  readonly count: PortCount = { requests: 0, tlsHandshakes: 0, tlsResumed: 0, applicationBytes: 0 }

  constructor(port: number, deps: TlsPortDeps) {
    this.#port = port
    this.#identity = deps.identity
    this.#deps = deps
  }

  get origin(): string {
    return `https://127.0.0.1:${this.#port}`
  }

  get isListening(): boolean {
    return this.#server !== null
  }

  async start(): Promise<void> {
    if (this.#server) return
    const server = createServer({ key: this.#identity.keyPem, cert: this.#identity.certificatePem })
    server.keepAliveTimeout = KEEP_ALIVE_MS
    server.on('request', this.#deps.door.onRequest)
    server.on('request', () => this.count.requests++)
    server.on('upgrade', this.#deps.door.onUpgrade)
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
    })
    server.on('secureConnection', (socket) => this.#onSecure(socket))
    server.listen(this.#port, '127.0.0.1')
    await once(server, 'listening')
    this.#port = (server.address() as AddressInfo).port
    this.#server = server
  }

  /** Cuts every connection and frees the port. */
  async stop(): Promise<void> {
    const server = this.#server
    if (!server) return
    this.#server = null
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    this.cutConnections()
    await closed
  }

  /** From the next handshake on; open connections stay, as on a real server. */
  useIdentity(identity: Identity): void {
    this.#identity = identity
    this.#server?.setSecureContext({ key: identity.keyPem, cert: identity.certificatePem })
  }

  cutConnections(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  #onSecure(socket: TLSSocket): void {
    this.count.tlsHandshakes++
    if (socket.isSessionReused()) this.count.tlsResumed++
    socket.on('error', () => {}) // a client that vanishes is nothing the server cares about
    socket.on('data', (chunk: Buffer) => {
      this.count.applicationBytes += chunk.length
    })
  }
}
