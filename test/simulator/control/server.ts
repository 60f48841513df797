import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ZodError, prettifyError } from 'zod'
import { jsonObject, targetOf } from '../http/call.ts'
import type { ActionWish } from './actions.ts'
import type { FaultWish } from './fault-shapes.ts'
import type { Arrival } from '../ledger.ts'
import type { Faults } from './faults.ts'

export interface ControlDeps {
  faults: Faults
  state: () => object
  arrivals: readonly Arrival[]
  act: (action: ActionWish) => Promise<object>
}

interface Answer {
  status: number
  body: object
}

/** The door behind the stage: plain HTTP on loopback, for tests only. Resolves with its origin and how to close it. */
export async function openControl(deps: ControlDeps, port: number): Promise<{ origin: string; close: () => void }> {
  const server = createServer((request, response) => {
    answer(deps, request).then(
      ({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      },
      (error: unknown) => {
        response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify({ error: String(error) }))
      },
    )
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function answer(deps: ControlDeps, request: IncomingMessage): Promise<Answer> {
  // A page in a browser on this machine has no business here: it always names its origin.
  if (request.headers.origin !== undefined) return { status: 403, body: { error: 'not for pages' } }
  const { path, query } = targetOf(request.url ?? '/')
  switch (`${request.method} ${path.replace(/^\/faults\/.+$/, '/faults/:id')}`) {
    case 'GET /state':
      return { status: 200, body: deps.state() }
    case 'GET /arrivals':
      return { status: 200, body: { arrivals: deps.arrivals } }
    case 'GET /faults':
      return { status: 200, body: { faults: deps.faults.list() } }
    case 'POST /faults':
      return orComplaint(async () => ({ id: deps.faults.add((await bodyOf(request)) as FaultWish) }))
    case 'DELETE /faults':
      return { status: 200, body: { removed: deps.faults.remove(query.get('id')) } }
    case 'DELETE /faults/:id':
      return { status: 200, body: { removed: deps.faults.remove(path.slice('/faults/'.length)) } }
    case 'POST /actions':
      return orComplaint(async () => deps.act((await bodyOf(request)) as ActionWish))
    default:
      return {
        status: 404,
        body: { error: 'GET /state, GET /arrivals, GET|POST|DELETE /faults, DELETE /faults/ID, POST /actions' },
      }
  }
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return jsonObject(Buffer.concat(chunks)) ?? {}
}

async function orComplaint(make: () => Promise<object>): Promise<Answer> {
  try {
    return { status: 200, body: await make() }
  } catch (error) {
    if (error instanceof ZodError) return { status: 400, body: { error: prettifyError(error) } }
    if (error instanceof RangeError) return { status: 400, body: { error: error.message } }
    throw error
  }
}
