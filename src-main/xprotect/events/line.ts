import { AppError, type Failure } from '../../../src-preload/contract/failure.ts'
import { cleanText } from '../clean-text.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { PendingCalls } from '../pending-calls.ts'
import type { Tokens } from '../sign-in.ts'
import type { Socket, Transport } from '../transport.ts'
import { CommandReply, EventsPushed, type ServerEvent } from '../wire/event.ts'

export interface LineDeps {
  transport: Transport
  tokens: Tokens
  clock: Clock
  log: Log
}

interface LineListener {
  onEvents: (events: ServerEvent[]) => void
  /** Told once, whoever ended it. */
  onClosed: () => void
}

const PATH = '/api/ws/events/v1'
/** Names the socket in failures. */
const EVENTS = 'events'
const UPGRADE_TIMEOUT_MS = 5000
/** No honest message is longer: the states of all cameras come in one, of 10,000 in 2.4 MB. */
const LONGEST = 8 << 20

const CLOSED: Failure = { kind: 'unreachable', what: 'server', how: 'closed' }

/** One events socket: commands and their replies, with events in between (xprotect-api.md 4.4). */
export class EventsLine {
  readonly #log: Log
  readonly #listener: LineListener
  readonly #pending: PendingCalls<CommandReply>
  #socket: Socket | undefined
  #nextId = 1
  #isClosed = false

  private constructor({ clock, log }: LineDeps, listener: LineListener) {
    this.#pending = new PendingCalls(clock)
    this.#log = log
    this.#listener = listener
  }

  /** The token goes into the upgrade; it is looked at then and never again [D]. */
  static async open(deps: LineDeps, listener: LineListener): Promise<EventsLine> {
    const token = await deps.tokens.current()
    const line = new EventsLine(deps, listener)
    try {
      line.#socket = await line.#openSocket(deps.transport, token.value)
    } catch (error) {
      if (!(error instanceof AppError) || error.failure.kind !== 'signed-out') throw error
      const fresh = await deps.tokens.replace(token)
      if (!fresh) throw error
      line.#socket = await line.#openSocket(deps.transport, fresh.value)
    }
    return line
  }

  #openSocket(transport: Transport, token: string): Promise<Socket> {
    return transport.openSocket({
      path: PATH,
      headers: { authorization: `Bearer ${token}` },
      timeoutMs: UPGRADE_TIMEOUT_MS,
      onMessage: (text) => this.#receive(text),
      onClose: () => this.#end(),
    })
  }

  /** Sends a command and waits for its reply. A refusal is thrown as `refused`. */
  async command(command: string, fields: object): Promise<CommandReply> {
    const commandId = this.#nextId++
    const answered = this.#pending.wait(commandId)
    if (!this.#send({ command, commandId, ...fields })) this.#pending.reject(commandId, CLOSED)
    const reply = await answered
    if (reply.status >= 200 && reply.status < 300) return reply
    if (reply.status === 401) throw new AppError({ kind: 'signed-out' })
    const text = cleanText(reply.error?.errorText ?? '')
    throw new AppError({ kind: 'refused', call: EVENTS, status: reply.status, text })
  }

  /** Wants a sign of life, or ends the socket. False where the server is not known to give one. */
  demandLife(withinMs: number): boolean {
    return this.#socket?.demandLife(withinMs) ?? false
  }

  close(): void {
    this.#socket?.close()
    this.#end()
  }

  #send(message: object): boolean {
    if (this.#isClosed || !this.#socket) return false
    try {
      this.#socket.send(JSON.stringify(message))
      return true
    } catch (error) {
      this.#log.warn(`events socket: ${error instanceof Error ? error.name : 'error'} while sending`)
      this.close()
      return false
    }
  }

  #receive(text: string): void {
    if (this.#isClosed) return
    const message = read(text)
    const events = EventsPushed.safeParse(message).data
    if (events) return this.#listener.onEvents(events)
    const reply = CommandReply.safeParse(message).data
    if (reply) return this.#pending.resolve(reply.commandId, reply)
    this.#log.warn(`events socket: a message of ${text.length} characters makes no sense`)
  }

  #end(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#pending.rejectAll(CLOSED)
    this.#listener.onClosed()
  }
}

function read(text: string): unknown {
  if (text.length > LONGEST) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
