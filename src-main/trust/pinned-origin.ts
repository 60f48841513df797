import { type Dispatcher, Pool } from 'undici'
import { AppError } from '../../src-preload/contract/failure.ts'
import { createConnector, type ConnectorNeeds } from './connector.ts'
import { withDeadline } from './deadline.ts'
import { exchange } from './exchange.ts'
import { asAppError } from './failures.ts'
import { checkHeaders, checkPath, type Origin } from './origin.ts'
import { openPinnedSocket } from './pinned-socket.ts'
import { type Clock, type Exchange, type OriginTrust, type Transport, systemClock } from './types.ts'

/** Limits of one origin, in milliseconds and bytes (security.md 2.2). Tests set shorter times; the product sets none. */
export interface Limits {
  connectTimeoutMs: number
  headersTimeoutMs: number
  bodyTimeoutMs: number
  maxBodyBytes: number
  maxSocketMessageBytes: number
}

const standardLimits: Limits = {
  connectTimeoutMs: 10_000,
  headersTimeoutMs: 10_000,
  bodyTimeoutMs: 10_000,
  maxBodyBytes: 8 << 20,
  maxSocketMessageBytes: 8 << 20,
}
const standardDeadlineMs = 15_000

export interface PinnedOriginNeeds {
  origin: Origin
  trust: OriginTrust
  clock?: Pick<Clock, 'now'>
  limits?: Partial<Limits>
  onAccepted?: ConnectorNeeds['onAccepted']
  onRefused?: ConnectorNeeds['onRefused']
  /** A line went dead without a word: whatever took it may have taken the other connections too. */
  onSilent?: () => void
}

/** A transport that can be ended: one generation of connections to one origin under one trust. */
export interface PinnedOrigin extends Transport {
  /** Requests under way and open sockets. */
  readonly underWay: number
  /** Lets what is under way finish; sockets stay. */
  retire(): void
  /** Ends everything now; whoever waits is told this reason. */
  destroy(reason: Error): void
}

/** Speaks to one server and only after it has proved itself. Nothing is ever sent twice: there are no retries here. */
export function createPinnedOrigin(needs: PinnedOriginNeeds): PinnedOrigin {
  const { origin, trust } = needs
  if (trust.mode === 'none') return unpinned
  const limits = { ...standardLimits, ...needs.limits }
  const connect = createConnector({
    origin,
    trust,
    clock: needs.clock ?? systemClock,
    connectTimeoutMs: limits.connectTimeoutMs,
    ...(needs.onAccepted && { onAccepted: needs.onAccepted }),
    ...(needs.onRefused && { onRefused: needs.onRefused }),
  })
  const pool = new Pool(origin.href, {
    connect,
    allowH2: false,
    pipelining: 1,
    connections: 6,
    // A tile opened half a minute after the last should not pay for a handshake; IIS keeps its side for two minutes.
    keepAliveTimeout: 30_000,
    headersTimeout: limits.headersTimeoutMs,
    bodyTimeout: limits.bodyTimeoutMs,
    maxHeaderSize: 16_384,
    maxResponseSize: limits.maxBodyBytes,
    webSocket: { maxPayloadSize: limits.maxSocketMessageBytes, maxFragments: 64 },
  })
  const ending = new AbortController()
  let underWay = 0

  return {
    get underWay() {
      return underWay
    },

    async request(wish) {
      const call = callOf(wish.method, wish.path)
      let hasBegun = false
      underWay += 1
      try {
        checkPath(wish.path)
        checkHeaders(wish.headers ?? {})
        return await withDeadline(wish.timeoutMs ?? standardDeadlineMs, wish.signal, (signal) =>
          exchange(pool, requestOf(wish), signal, () => (hasBegun = true)),
        )
      } catch (error) {
        throw asAppError(error, call, !hasBegun)
      } finally {
        underWay -= 1
      }
    },

    async openSocket(wish) {
      const call = callOf('SOCKET', wish.path)
      const onClose = () => {
        underWay -= 1
        wish.onClose()
      }
      underWay += 1
      try {
        checkPath(wish.path)
        checkHeaders(wish.headers ?? {})
        return await openPinnedSocket({
          pool,
          origin,
          wish: { ...wish, onClose },
          call,
          ending: ending.signal,
          onSilent: needs.onSilent ?? (() => undefined),
        })
      } catch (error) {
        underWay -= 1
        throw asAppError(error, call)
      }
    },

    retire() {
      void pool.close().catch(() => {}) // already destroyed: nothing left to close
    },

    destroy(reason) {
      ending.abort(reason)
      void pool.destroy(reason).catch(() => {}) // destroyed twice: the first reason stands
    },
  }
}

const refuseUnpinned = () => Promise.reject(new AppError({ kind: 'not-pinned' }, { unsent: true }))
const unpinned: PinnedOrigin = {
  underWay: 0,
  request: refuseUnpinned,
  openSocket: refuseUnpinned,
  retire() {},
  destroy() {},
}

const requestOf = ({ method, path, headers, body }: Exchange): Dispatcher.DispatchOptions => ({
  method,
  path,
  headers: { ...headers, 'accept-encoding': 'identity' },
  body: body ?? null,
})

/** The endpoint without its query; cut, because it ends up in messages. */
function callOf(method: string, path: string): string {
  return `${method} ${path.split('?', 1)[0] ?? ''}`.slice(0, 200)
}
