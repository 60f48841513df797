import { AppError, failureOf } from '../../../src-preload/contract/failure.ts'
import type { Log } from '../log.ts'
import type { Tokens } from '../sign-in.ts'
import type { Answer, Transport } from '../transport.ts'
import { indexPage } from './index-page.ts'
import { acting, reading, type Found, type Probe, type Question } from './probes.ts'
import { Redactor } from './redactor.ts'

/** One file of a capture: fit to be read by an administrator, and sent. */
export interface CapturedFile {
  name: string
  text: string
}

export interface CaptureWish {
  /** Probes that do more than read, by name. */
  probes: readonly string[]
  /** What names the site: hosts of its servers, and who signed in. */
  hosts: readonly string[]
  names: readonly string[]
  /** When it was made, for the first page. */
  at: string
}

interface Deps {
  transport: Transport
  tokens: Tokens
  log: Log
}

interface Exchanged {
  method: string
  path: string
  sent?: unknown
  status?: number
  headers?: Record<string, string>
  body?: unknown
  /** Why there was no answer. */
  failed?: string
}

/** Headers that tell how the server speaks. Any other may tell who it is. */
const HEADERS = ['content-type', 'cache-control', 'server', 'retry-after', 'www-authenticate', 'allow']
const PATIENCE_MS = 20_000
const LONGEST_TEXT = 20_000
const never = new AbortController().signal

/**
 * Asks a server what is not known for sure of any (xprotect-api.md 15), and gives what it said with every name, address,
 * id and token replaced. Probes that do more than read are run only where the wish names them; an unknown name is
 * thrown as `not-found`, before anything is asked. Rejects also when it is given up, but not in the midst of a probe that
 * takes back what it did: that one comes to its end.
 */
export async function capture(deps: Deps, wish: CaptureWish, signal: AbortSignal): Promise<CapturedFile[]> {
  const wished = wish.probes.map((name) => {
    const probe = acting.find((candidate) => candidate.name === name)
    if (!probe) throw new AppError({ kind: 'not-found', what: `probe ${name.slice(0, 40)}` })
    return probe
  })
  const found: Found = {}
  const results: { probe: Probe; exchanges: Exchanged[] }[] = []
  for (const probe of [...reading, ...wished]) {
    signal.throwIfAborted()
    results.push({ probe, exchanges: await run(deps, probe, found, probe.does === undefined ? signal : never) })
    deps.log.info(`captured ${probe.name}`)
  }
  signal.throwIfAborted()

  const redactor = new Redactor(wish)
  for (const { probe, exchanges } of results) {
    for (const { body, sent } of exchanges) redactor.learn([body, sent], probe.vocabulary)
  }
  const files = results.map(({ probe, exchanges }) => ({
    name: `${probe.name}.json`,
    text: `${JSON.stringify(shown(probe, exchanges, redactor), null, 2)}\n`,
  }))
  const left = acting.filter((probe) => !wished.includes(probe))
  return [{ name: 'index.md', text: indexPage({ at: wish.at, results, left, counts: redactor.counts }) }, ...files]
}

async function run(deps: Deps, probe: Probe, found: Found, signal: AbortSignal): Promise<Exchanged[]> {
  const exchanges: Exchanged[] = []
  found.made = undefined
  for (const question of probe.questions) {
    signal.throwIfAborted()
    const exchanged = await exchange(deps, question, found, signal)
    if (!exchanged) continue
    exchanges.push(exchanged)
    notice(exchanged, found)
  }
  return exchanges
}

async function exchange(
  deps: Deps,
  question: Question,
  found: Found,
  signal: AbortSignal,
): Promise<Exchanged | undefined> {
  const ask = question(found)
  if (!ask) return undefined
  const { method, path, body } = ask
  const said = { method, path, ...(body !== undefined && { sent: JSON.parse(body) as unknown }) }
  try {
    const { value } = await deps.tokens.current()
    const headers = {
      accept: 'application/json',
      authorization: `Bearer ${value}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    }
    const answer = await deps.transport.request({ ...ask, headers, signal, timeoutMs: PATIENCE_MS })
    return { ...said, status: answer.status, headers: told(answer), body: readable(answer) }
  } catch (error) {
    signal.throwIfAborted()
    return { ...said, failed: failureOf(error).kind }
  }
}

const told = ({ headers }: Answer): Record<string, string> =>
  Object.fromEntries(HEADERS.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])))

/** JSON as it is; of a web page only that it is one, since it may say anything. */
function readable({ text, headers }: Answer): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    if (/html/i.test(headers['content-type'] ?? '')) return { errorText: '(a web page)' }
    return text === '' ? null : { errorText: text.slice(0, LONGEST_TEXT) }
  }
}

/** Ids that later questions name. */
function notice({ path, method, status = 0, body }: Exchanged, found: Found): void {
  if (status < 200 || status > 299) return
  const first = at(body, 'array', 0)
  if (path.includes('/cameras?')) found.camera = guidIn(at(body, 'array', 0, 'id'))
  if (path.includes('/outputs?')) found.output = guidIn(at(first, 'id'))
  if (method === 'POST') {
    const made = [
      at(body, 'result', 'id'),
      at(body, 'data', 'id'),
      at(body, 'result', 'path', 'id'),
      at(body, 'sessionId'),
    ]
    found.made = made.map(guidIn).find((id) => id !== undefined)
  }
}

function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  )
}

/** An id goes into a path: nothing else may (security.md 7C 68). */
const guidIn = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[0-9a-f-]{36}$/i.test(value) ? value : undefined

function shown({ name, asks, vocabulary }: Probe, exchanges: Exchanged[], redactor: Redactor): object {
  return {
    probe: name,
    asks,
    exchanges: exchanges.map(({ method, path, sent, status, headers, body, failed }) => ({
      method,
      path: redactor.sentence(path),
      ...(sent !== undefined && { sent: redactor.body(sent, vocabulary) }),
      ...(failed === undefined ? { status } : { failed }),
      ...(headers && {
        headers: Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, redactor.sentence(v)])),
      }),
      ...(body !== undefined && { body: redactor.body(body, vocabulary) }),
    })),
  }
}
