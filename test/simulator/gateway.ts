import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ServerClock } from './clock.ts'
import type { PathFault } from './control/fault-shapes.ts'
import type { Faults } from './control/faults.ts'
import { BodyTooLarge, commandOf, readCall, targetOf, type Call } from './http/call.ts'
import { empty, htmlNotFound, methodNotAllowed, refusal, text, unauthorized, type Reply } from './http/reply.ts'
import { matchRoute, segmentsOf, type Route } from './http/routes.ts'
import type { WebSockets } from './http/web-sockets.ts'
import { writeFault, writeReply } from './http/write.ts'
import type { Tokens } from './identity/tokens.ts'
import { preciseNow, type Ledger } from './ledger.ts'

export interface GatewayDeps {
  /** Name of the port, for faults that mean only one. */
  name: string
  clock: ServerClock
  routes: readonly Route[]
  webSockets: WebSockets
  faults: Faults
  ledger: Ledger
  tokens: Tokens
  origin: () => string
  /** The port of that name, or all. */
  stopServer: (which?: string) => void
}

/** What answers on a port: counts a request, lets a fault have it, or finds what answers it. */
export class Gateway {
  readonly #deps: GatewayDeps

  constructor(deps: GatewayDeps) {
    this.#deps = deps
  }

  readonly onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    this.#serve(request, response).catch((error: unknown) => {
      if (error instanceof BodyTooLarge) return writeReply(response, empty(413, { connection: 'close' }))
      if (request.errored || response.headersSent) return void response.destroy() // the client went away meanwhile
      process.stderr.write(`simulator: ${error instanceof Error ? error.stack : String(error)}\n`)
      writeReply(response, text(500, `System.Exception: ${String(error)}`))
    })
  }

  readonly onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const { name, faults, ledger, webSockets } = this.#deps
    const { path } = targetOf(request.url ?? '/')
    ledger.countRequest('WS', path)
    const fault = faults.onRequest(name, 'WS', path)
    if (fault?.answer) return refuseUpgrade(socket, fault)
    const route = webSockets.find(path)
    if (!route) return writeRaw(socket, 404)
    const verdict = route.admit(request)
    if (!verdict.ok) return writeRaw(socket, verdict.status)
    ledger.webSocketsOpened++
    setTimeout(() => webSockets.upgrade(route, request, socket, head), fault?.delayMs ?? 0)
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { name, clock, faults, ledger, origin, stopServer } = this.#deps
    const arrivedMs = preciseNow()
    stampDate(response, faults.dateHeader(clock.now()))
    const call = await readCall(request, origin())
    const command = commandOf(call)
    ledger.countRequest(call.method, call.path, command, arrivedMs)
    const fault = faults.onRequest(name, call.method, call.path, command)
    if (fault)
      return writeFault(
        response,
        fault,
        () => this.#answer(call),
        () => stopServer(fault.at),
      )
    writeReply(response, await this.#answer(call))
  }

  async #answer(call: Call): Promise<Reply> {
    const found = matchRoute(this.#deps.routes, call.method, call.path)
    if (!found) return nowhere(call)
    if ('wrongMethod' in found) return methodNotAllowed(...found.wrongMethod)
    const { route, params } = found
    if (route.auth === 'none') return route.answer({ ...call, params })
    const token = this.#deps.tokens.live(bearerOf(call))
    return token ? route.answer({ ...call, params, user: token.user }) : unauthorized()
  }
}

/** Node would write this machine's own time. */
function stampDate(response: ServerResponse, date: string | undefined): void {
  response.sendDate = false
  if (date !== undefined) response.setHeader('date', date)
}

const bearerOf = (call: Call): string | undefined =>
  /^Bearer /i.test(call.headers.authorization ?? '') ? call.headers.authorization : undefined

/** Inside the API tree JSON, outside it IIS's own page (xprotect-api.md 1.1). [V REAL] */
function nowhere(call: Call): Reply {
  const [first, second = ''] = segmentsOf(call.path)
  if (first?.toLowerCase() !== 'api') return htmlNotFound()
  return refusal(404, `Unknown resource: ${second}`)
}

const reasons: Record<number, string> = {
  401: 'Unauthorized',
  404: 'Not Found',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
}

function refuseUpgrade(socket: Duplex, fault: PathFault): void {
  if (fault.answer?.body === 'hang') return
  if (fault.answer?.body === 'reset') {
    socket.destroy()
    return
  }
  setTimeout(() => writeRaw(socket, fault.answer?.status ?? 503), fault.delayMs)
}

function writeRaw(socket: Duplex, status: number): void {
  socket.end(
    `HTTP/1.1 ${status} ${reasons[status] ?? 'Refused'}\r\nServer: Microsoft-IIS/10.0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
  )
}
