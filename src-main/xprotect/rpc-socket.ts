import { AppError, type Failure } from '../../src-preload/contract/failure.ts'
import { cleanText } from './clean-text.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import { PendingCalls } from './pending-calls.ts'
import type { Socket, Transport } from './transport.ts'
import { RpcError, RpcMessage, type RpcId } from './wire/rpc.ts'

/** A network that swallows upgrades should not keep the first picture waiting long: REST will do. */
const UPGRADE_TIMEOUT_MS = 5000
/** No honest message is longer (security.md 4.7). */
const MAX_MESSAGE_LENGTH = 1 << 20
/** Sent with every message: 2025 R1 wants the first, 2025 R2 the second (xprotect-api.md 3.3 [V]). */
const VERSIONS = { ApiVersion: '1.0', jsonrpc: '2.0' }

/** Names the socket in failures. */
export const SIGNALLING = 'signalling'

/** What the other side may say without being asked. */
export interface RpcListener {
  /** It wants an answer: `reply(id, …)`. */
  onRequest: (id: RpcId, method: string, params: unknown) => void
  onNotification: (method: string, params: unknown) => void
  /** Told once, whoever ended it. */
  onClosed: () => void
}

const LOST: Failure = { kind: 'unreachable', what: 'server', how: 'closed' }
const SILENT: Failure = { kind: 'unreachable', what: 'server', how: 'silent' }
/** A round trip takes milliseconds, on a bad line a few hundred. */
const LIFE_MS = 1500
/** The first sign of a session comes within half a second where all is well. */
const SILENCE_MS = 3000

/** JSON-RPC over one WebSocket, both sides asking. */
export class RpcSocket {
  readonly #log: Log
  readonly #listener: RpcListener
  /** Our questions without an answer yet. */
  readonly pending: PendingCalls
  readonly #clock: Clock
  /** How many messages came in so far: tells a slow answer from a dead line. */
  #heard = 0
  #socket: Socket | undefined
  #closed = false
  #nextId = 1

  private constructor(deps: { clock: Clock; log: Log }, listener: RpcListener) {
    this.#clock = deps.clock
    this.pending = new PendingCalls(deps.clock)
    this.#log = deps.log
    this.#listener = listener
  }

  static async open(
    deps: { transport: Transport; clock: Clock; log: Log },
    path: string,
    listener: RpcListener,
  ): Promise<RpcSocket> {
    const rpc = new RpcSocket(deps, listener)
    rpc.#socket = await deps.transport.openSocket({
      path,
      timeoutMs: UPGRADE_TIMEOUT_MS,
      onMessage: (text) => rpc.#receive(text),
      onClose: () => rpc.#end(),
    })
    return rpc
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Asks and waits for the result. A JSON-RPC error is thrown as `refused`. */
  call(method: string, params: unknown): Promise<unknown> {
    const id = this.#nextId++
    const answered = this.pending.wait(id)
    if (!this.#send({ id, method, params })) this.pending.reject(id, LOST)
    return answered
  }

  /**
   * The same, for who would rather ask over another socket than wait for a dead one: the socket has to give a sign of
   * life. Where it cannot be asked for one, a silence after the question is taken for death: `unreachable`, `silent`.
   */
  async callOnLiveLine(method: string, params: unknown): Promise<unknown> {
    const id = this.#nextId
    const heardBefore = this.#heard
    const answered = this.call(method, params)
    if (this.#closed || this.#socket?.demandLife(LIFE_MS)) return answered
    const callOff = this.#clock.after(SILENCE_MS, () => {
      if (this.#heard === heardBefore) this.pending.reject(id, SILENT)
    })
    return answered.finally(callOff)
  }

  /** Answers one of the other side's requests. Throws where the socket is gone. */
  reply(id: RpcId, result: unknown): void {
    if (!this.#send({ id, result })) throw new AppError(LOST)
  }

  /** Says something that has no answer. Throws where the socket is gone. */
  notify(method: string, params: unknown): void {
    if (!this.#send({ method, params })) throw new AppError(LOST)
  }

  close(): void {
    this.#socket?.close()
    this.#end()
  }

  #send(message: object): boolean {
    if (this.#closed || !this.#socket) return false
    try {
      this.#socket.send(JSON.stringify({ ...VERSIONS, ...message }))
      return true
    } catch (error) {
      this.#log.warn(`signalling socket: ${error instanceof Error ? error.name : 'error'} while sending`)
      this.close()
      return false
    }
  }

  #receive(text: string): void {
    if (this.#closed) return
    this.#heard++
    const message = readMessage(text)
    if (!message) return this.#log.warn(`signalling socket: a message of ${text.length} characters makes no sense`)
    const { id, method, params } = message
    if (method !== undefined && id != null) return this.#listener.onRequest(id, method, params)
    if (method !== undefined) return this.#listener.onNotification(method, params)
    if (id == null) return
    if (message.error == null) this.pending.resolve(id, message.result)
    else this.pending.reject(id, failureOfRpc(message.error))
  }

  #end(): void {
    if (this.#closed) return
    this.#closed = true
    this.pending.rejectAll(LOST)
    this.#listener.onClosed()
  }
}

function readMessage(text: string): RpcMessage | undefined {
  if (text.length > MAX_MESSAGE_LENGTH) return undefined
  try {
    return RpcMessage.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** A JSON-RPC error in our words. Codes that look like HTTP mean what HTTP means, and a word about tokens is about ours [?]. */
function failureOfRpc(error: unknown): Failure {
  const { code, message } = RpcError.parse(error)
  const text = cleanText(message)
  if (code === 401 || /\b(unauthori[sz]ed|token|expired)\b/i.test(message)) return { kind: 'signed-out' }
  if (code === 403) return { kind: 'forbidden' }
  if (code === 404) return { kind: 'not-found', what: text || SIGNALLING }
  if (code === 429 || (code >= 502 && code <= 504)) return { kind: 'busy', status: code }
  return { kind: 'refused', call: SIGNALLING, status: code, text }
}
