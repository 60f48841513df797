import { AppError, type Failure } from '../../../../src-preload/contract/failure.ts'
import type { Answer, Exchange, Socket, SocketWish, Transport } from '../../../../src-main/xprotect/transport.ts'

type Reply = Answer | Failure | Promise<Answer>
type Script = (exchange: Exchange) => Reply | undefined

/** A gateway that says exactly what a test wants it to say; for answers no honest server gives. */
export class FakeGateway implements Transport {
  readonly asked: Exchange[] = []
  readonly sockets: FakeSocket[] = []
  /** What an upgrade comes to; without one there is no such path. */
  onSocket: ((socket: FakeSocket) => void) | Failure = { kind: 'not-found', what: 'SOCKET' }
  readonly #scripts: Script[] = []

  /** Latest first; undefined passes on. */
  when(pattern: string | RegExp, reply: Reply | Script): this {
    this.#scripts.unshift((exchange) => {
      const line = `${exchange.method} ${exchange.path}`
      const isMeant = typeof pattern === 'string' ? line.startsWith(pattern) : pattern.test(line)
      if (!isMeant) return undefined
      return typeof reply === 'function' ? reply(exchange) : reply
    })
    return this
  }

  async request(exchange: Exchange): Promise<Answer> {
    this.asked.push(exchange)
    for (const script of this.#scripts) {
      const reply = script(exchange)
      if (reply === undefined) continue
      if ('kind' in reply) throw new AppError(reply)
      return reply
    }
    return html(404)
  }

  async openSocket(wish: SocketWish): Promise<Socket> {
    if (typeof this.onSocket !== 'function') throw new AppError(this.onSocket)
    const socket = new FakeSocket(wish)
    this.sockets.push(socket)
    this.onSocket(socket)
    return socket
  }

  /** Method and path of everything asked, in order. */
  get lines(): string[] {
    return this.asked.map(({ method, path }) => `${method} ${path}`)
  }

  count(pattern: RegExp): number {
    return this.lines.filter((line) => pattern.test(line)).length
  }
}

type Message = Record<string, unknown>

/** The server's end of one signalling socket. */
export class FakeSocket implements Socket {
  readonly heard: Message[] = []
  onHeard: (message: Message) => void = () => undefined
  isClosed = false
  /** Whether this server gives a sign of life when asked for one, as far as the client knows. */
  answersPings = true
  lifeDemanded = 0
  readonly #wish: SocketWish

  constructor(wish: SocketWish) {
    this.#wish = wish
  }

  send(text: string): void {
    const message = JSON.parse(text) as Message
    this.heard.push(message)
    queueMicrotask(() => this.onHeard(message))
  }

  demandLife(): boolean {
    this.lifeDemanded++
    return this.answersPings
  }

  close(): void {
    if (this.isClosed) return
    this.isClosed = true
    queueMicrotask(() => this.#wish.onClose())
  }

  /** The server says something. */
  say(message: Message | string): void {
    this.#wish.onMessage(typeof message === 'string' ? message : JSON.stringify(message))
  }
}

export const json = (body: unknown, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  text: JSON.stringify(body),
})

export const text = (body: string, status = 200, contentType = 'text/plain'): Answer => ({
  status,
  headers: { 'content-type': contentType },
  text: body,
})

export const html = (status: number): Answer => text('<!DOCTYPE html><html><h1>Oops</h1></html>', status, 'text/html')

export const tokenAnswer = (name: string, more: object = {}): Answer =>
  json({ access_token: name, expires_in: 3600, token_type: 'Bearer', scope: 'managementserver', ...more })

/** The form a token request carries. */
export const formOf = ({ body }: Exchange): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(body ?? ''))

export const guid = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
