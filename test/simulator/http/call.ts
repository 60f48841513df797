import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

/** One request, read whole. */
export interface Call {
  method: string
  /** As the client wrote it, without the query. */
  path: string
  /** Keys in lower case: the server does not care for their case. */
  query: Map<string, string>
  headers: IncomingHttpHeaders
  body: Buffer
  /** What the route's `:names` matched, as the client wrote it. */
  params: Record<string, string>
  /** Who asks, by the token; empty where none is needed. */
  user: string
  /** Origin of the port that was asked, `https://127.0.0.1:8443`. */
  origin: string
}

/** Requests beyond this are refused with 413, as IIS does (its default is 30 MB; nothing we read needs so much). */
const BODY_LIMIT_BYTES = 4 << 20

export class BodyTooLarge extends Error {}

/** Reads the whole request. Rejects where the client goes away or sends more than the limit. */
export async function readCall(request: IncomingMessage, origin: string): Promise<Call> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > BODY_LIMIT_BYTES) throw new BodyTooLarge()
    chunks.push(chunk)
  }
  return {
    ...targetOf(request.url ?? '/'),
    ...readHead(request),
    origin,
    body: Buffer.concat(chunks),
    params: {},
    user: '',
  }
}

const readHead = (request: IncomingMessage) => ({ method: request.method ?? 'GET', headers: request.headers })

/** Splits a request target. Escapes that are no UTF-8 stay as they are. */
export function targetOf(target: string): { path: string; query: Map<string, string> } {
  const [rawPath = '/', ...rest] = target.split('?')
  const query = new Map<string, string>()
  for (const [key, value] of new URLSearchParams(rest.join('?'))) query.set(key.toLowerCase(), value)
  return { path: decoded(rawPath), query }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** What of many things at one path is asked for: the task of `?task=` or the method of a SOAPAction; empty without. */
export function commandOf({ query, headers }: Call): string {
  const action = headers['soapaction']
  if (typeof action === 'string') return action.replaceAll('"', '').split('/').at(-1) ?? ''
  return query.get('task') ?? ''
}

/** The body as a JSON object, or undefined where it is none. */
export function jsonObject(body: Buffer | string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString())
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** Reads a property whatever the case of its name, as .NET's deserialiser does for web APIs. */
export function property(object: Record<string, unknown>, name: string): unknown {
  if (Object.hasOwn(object, name)) return object[name]
  const wanted = name.toLowerCase()
  const key = Object.keys(object).find((candidate) => candidate.toLowerCase() === wanted)
  return key === undefined ? undefined : object[key]
}
