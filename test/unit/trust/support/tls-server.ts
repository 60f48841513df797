import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import * as tls from 'node:tls'
import type { Identity } from './certificates.ts'

/** A TLS server on loopback that keeps every decrypted byte it is told, so a test can say "0 B". */
export interface RecordingServer {
  origin: string
  port: number
  /** Everything the clients said after their handshakes. */
  readonly heard: string
  readonly handshakes: number
  readonly resumed: number
  readonly connections: number
  /** From now on shows this certificate; connections that stand stay. */
  show(identity: Identity): void
  /** Ends every connection. */
  drop(): void
  close(): Promise<void>
}

/** What to do when a whole request was heard, or after an upgrade with each piece that comes. */
export type Script = (socket: tls.TLSSocket, said: string) => void

/** Answers with 200 and a small text. */
export const answerOk: Script = (socket) => void socket.write(response(200, 'hello'))

export function response(status: number, body: string, headers: Record<string, string> = {}): string {
  const lines = Object.entries({ 'content-length': String(Buffer.byteLength(body)), ...headers })
  return `HTTP/1.1 ${String(status)} Said\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`
}

export async function serve(
  shown: Identity,
  script: Script = answerOk,
  options: tls.TlsOptions & { address?: string; onSecure?: (socket: tls.TLSSocket) => void } = {},
  atPort = 0,
): Promise<RecordingServer> {
  const open = new Set<Socket>()
  const count = { heard: '', handshakes: 0, resumed: 0, connections: 0 }
  const { address = '127.0.0.1', onSecure, ...tlsOptions } = options
  const server = tls.createServer({ cert: shown.cert, key: shown.key, ...tlsOptions }, (socket) => {
    count.handshakes += 1
    if (socket.isSessionReused()) count.resumed += 1
    let pending = ''
    let isUpgraded = false
    socket.on('data', (bytes: Buffer) => {
      const text = bytes.toString('latin1')
      count.heard += text
      if (isUpgraded) return script(socket, text)
      pending += text
      const said = wholeRequest(pending)
      if (said === undefined) return
      pending = pending.slice(said.length)
      isUpgraded = /\r\nupgrade:/i.test(said)
      script(socket, said)
    })
    socket.on('error', () => {}) // clients hang up in the middle of things here
    onSecure?.(socket)
  })
  server.on('tlsClientError', () => {}) // and refuse our certificates
  server.on('connection', (socket: Socket) => {
    count.connections += 1
    open.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => open.delete(socket))
  })
  server.listen(atPort, address)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `https://${address.includes(':') ? `[${address}]` : address}:${String(port)}`,
    port,
    get heard() {
      return count.heard
    },
    get handshakes() {
      return count.handshakes
    },
    get resumed() {
      return count.resumed
    },
    get connections() {
      return count.connections
    },
    show: (next) => server.setSecureContext({ cert: next.cert, key: next.key }),
    drop: () => {
      for (const socket of open) socket.destroy()
    },
    async close() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function wholeRequest(text: string): string | undefined {
  const headEnd = text.indexOf('\r\n\r\n') + 4
  if (headEnd < 4) return undefined
  const length = Number(/\r\ncontent-length: ?(\d+)/i.exec(text)?.[1] ?? 0)
  return text.length < headEnd + length ? undefined : text.slice(0, headEnd + length)
}
