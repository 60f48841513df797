import { once } from 'node:events'
import { Agent, request } from 'undici'
import { WebSocket } from 'ws'
import type { Simulator } from '../../simulator/start.ts'

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  /** The body as JSON, whatever it is; throws where it is none. */
  json: () => Record<string, unknown>
}

interface Sent {
  token?: string
  body?: unknown
  form?: Record<string, string>
  headers?: Record<string, string>
}

/** A client over true TLS that trusts the simulator's certificate as its authority. */
export function clientOf(simulator: Simulator) {
  const agent = new Agent({ connect: { ca: simulator.certificatePem } })

  async function ask(
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    path: string,
    sent: Sent = {},
  ): Promise<Answer> {
    const { token, body, form, headers } = sent
    const answer = await request(simulator.gateway + path, {
      dispatcher: agent,
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(form && { body: new URLSearchParams(form).toString() }),
    })
    const text = await answer.body.text()
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text,
      json: () => JSON.parse(text) as Record<string, unknown>,
    }
  }

  const signIn = (form: Record<string, string> = {}): Promise<Answer> =>
    ask('POST', '/API/IDP/connect/token', {
      form: {
        grant_type: 'password',
        client_id: 'GrantValidatorClient',
        username: simulator.user,
        password: simulator.password,
        ...form,
      },
    })

  return {
    ask,
    signIn,
    token: async (): Promise<string> => String((await signIn()).json()['access_token']),
    /** An open WebSocket, or the status it was refused with. */
    socket: (path: string, headers: Record<string, string> = {}): Promise<Line | number> =>
      openLine(simulator, path, headers),
    close: () => agent.destroy(),
  }
}

export type Client = ReturnType<typeof clientOf>

/** A WebSocket whose messages can be waited for, in order. */
export class Line {
  readonly socket: WebSocket
  readonly #waiting: ((message: Record<string, unknown>) => void)[] = []
  readonly #come: Record<string, unknown>[] = []

  constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Record<string, unknown>
      const first = this.#waiting.shift()
      if (first) first(message)
      else this.#come.push(message)
    })
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message))
  }

  next(): Promise<Record<string, unknown>> {
    const come = this.#come.shift()
    if (come) return Promise.resolve(come)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** Sends and gives the next message. */
  ask(message: object): Promise<Record<string, unknown>> {
    this.send(message)
    return this.next()
  }

  /** The code it was closed with. */
  async closed(): Promise<number> {
    if (this.socket.readyState === WebSocket.CLOSED) return -1
    const [code] = (await once(this.socket, 'close')) as [number]
    return code
  }
}

async function openLine(simulator: Simulator, path: string, headers: Record<string, string>): Promise<Line | number> {
  const socket = new WebSocket(simulator.gateway.replace(/^https/, 'wss') + path, {
    ca: simulator.certificatePem,
    headers,
  })
  const line = new Line(socket)
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(line))
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    socket.on('error', reject)
  })
}

/** The same, where nothing but an open one will do. */
export async function openedLine(client: Client, path: string, headers: Record<string, string> = {}): Promise<Line> {
  const line = await client.socket(path, headers)
  if (typeof line === 'number') throw new Error(`refused with ${line}`)
  return line
}

/** Waits until a claim holds. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}
