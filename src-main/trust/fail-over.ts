import { AppError } from '../../src-preload/contract/failure.ts'
import { absenceOf } from './service.ts'
import type { Clock, Transport } from './types.ts'

/** Between two looks whether a preferred gateway is back, and by chance up to a seventh more. */
const lookBackMs = 30_000
const jitter = 0.15
const standardDeadlineMs = 15_000

/** One of several servers that do the same work. */
export interface Road {
  transport: Transport
  /** A certificate is agreed on with it. Without, it is never used in another's place. */
  isAgreed: () => boolean
  /** Looks without a credential whether it is there, as agreed, and at work. Never rejects. */
  isBack: () => Promise<boolean>
}

export interface FailOverNeeds {
  /** In order of preference; at least one. */
  roads: Road[]
  clock: Pick<Clock, 'after'>
  random?: () => number
  /** Nothing would be lost by changing roads now. */
  mayGoBack: () => boolean
  /** New requests go by another road from now on. Told once that road has answered. */
  onMoved: (to: number) => void
}

/** A transport over several servers of one site. */
export interface FailOver extends Transport {
  /** Which road is in use. */
  readonly present: number
  /** Goes by this one from now on: it was just seen to be there and as agreed. */
  take(at: number): void
  close(): void
}

/**
 * Goes by the first server that can be reached; the others stand by (xprotect-api.md 1.1: "there may be several
 * gateways"). Whoever cannot be reached is left for new requests. A request goes on to the next server itself only
 * where no connection ever stood, and so nothing was sent: nothing is ever sent twice.
 *
 * A server that is there and says no is no reason to try another: not a wrong password, not a 401 or 403, and never a
 * certificate that is not the agreed one.
 */
export function createFailOver({ roads, clock, random = Math.random, mayGoBack, onMoved }: FailOverNeeds): FailOver {
  let present = 0
  /** Where the next request begins; another than `present` while that one is in doubt. */
  let start = 0
  let cancel = () => {}
  let isClosed = false

  async function along<T>(use: (road: Road) => Promise<T>, saysOf: (value: T) => Said): Promise<T> {
    const tried = new Set<number>()
    for (let at = start; ; at = start) {
      tried.add(at)
      try {
        const value = await use(roads[at]!)
        const said = saysOf(value)
        if (said === 'absent') doubt(at)
        if (said === 'there') settle(at)
        return value
      } catch (error) {
        const found = whatItSays(error)
        if (found === 'answered') settle(at)
        // An identity in doubt is for the gate and a person; when it is solved, the preferred server comes first again.
        if (found === 'stranger') start = present
        if (found !== 'gone' && found !== 'never-there') throw error
        doubt(at)
        if (found === 'gone' || tried.has(start)) throw error
      }
    }
  }

  /** The next request begins with the next server that may be used. */
  function doubt(at: number): void {
    if (start !== at) return // another request was faster
    for (let step = 1; step < roads.length; step += 1) {
      const next = (at + step) % roads.length
      if (!roads[next]!.isAgreed()) continue
      start = next
      return
    }
  }

  function settle(at: number): void {
    if (at !== start) return // a late answer of a road that was left
    if (at === present) return
    present = at
    onMoved(at)
    cancel()
    if (at > 0) lookLater()
  }

  function take(at: number): void {
    start = at
    settle(at)
  }

  function lookLater(): void {
    if (isClosed) return
    cancel = clock.after(lookBackMs * (1 + jitter * random()), () => void lookBack()) // never rejects
  }

  async function lookBack(): Promise<void> {
    const from = present
    for (let at = 0; at < from && mayGoBack(); at += 1) {
      if (!roads[at]!.isAgreed() || !(await roads[at]!.isBack())) continue
      if (present !== from || !mayGoBack()) break
      if (!isClosed) take(at)
      return
    }
    if (present === from) lookLater()
  }

  return {
    get present() {
      return present
    },

    request(exchange) {
      const endMs = performance.now() + (exchange.timeoutMs ?? standardDeadlineMs)
      return along(
        ({ transport }) => {
          exchange.signal?.throwIfAborted()
          return transport.request({ ...exchange, timeoutMs: Math.max(1, endMs - performance.now()) })
        },
        (answer) => {
          if (absenceOf(answer) === undefined) return 'there'
          return exchange.isPassedOn ? 'nothing' : 'absent'
        },
      )
    },

    openSocket(wish) {
      const endMs = performance.now() + (wish.timeoutMs ?? standardDeadlineMs)
      return along(
        ({ transport }) => transport.openSocket({ ...wish, timeoutMs: Math.max(1, endMs - performance.now()) }),
        () => 'there',
      )
    },

    take,

    close() {
      isClosed = true
      cancel()
    },
  }
}

/** What an answer says of the server it was asked of. */
type Said = 'there' | 'absent' | 'nothing'

/** What a failed exchange says of the server it was meant for. */
function whatItSays(error: unknown): 'never-there' | 'gone' | 'stranger' | 'answered' | 'nothing' {
  if (!(error instanceof AppError)) return 'nothing'
  const { failure, cause } = error
  if (failure.kind === 'untrusted-certificate' || failure.kind === 'unusable-certificate') return 'stranger'
  if (failure.kind === 'unreachable') {
    if (failure.how === 'refused' || failure.how === 'no-such-host' || failure.how === 'no-route') return 'never-there'
    const { code } = (cause ?? {}) as NodeJS.ErrnoException
    if (code === 'UND_ERR_CONNECT_TIMEOUT') return 'never-there'
    return failure.how === 'timeout' || failure.how === 'reset' ? 'gone' : 'nothing'
  }
  // The gate is shut, or nobody ever agreed on it: nothing was heard.
  if (failure.kind === 'not-pinned' || failure.kind === 'not-tls' || failure.kind === 'bug') return 'nothing'
  return 'answered'
}
