import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { ping, type WebSocket } from 'undici'

/** A line nobody speaks on is tried this often, so that a dead one is left before an operator needs it. */
const everyMs = 15_000
const patienceMs = 5_000
/** Where undici tells of pongs. */
const pongs = 'undici:websocket:pong'

/** Watches whether the other side of one open socket is still there. */
export interface Life {
  /** Calls `onDead` unless a sign comes within this time. False where it never gave one, and nothing is called. */
  demand(withinMs: number): boolean
  end(): void
}

/**
 * Pings an open socket now and then (RFC 6455 5.5.2). A network can lose a line without a word, and TCP notices only
 * minutes after something was sent. A server that answers no ping is never called dead for it.
 */
export function watchLife(socket: WebSocket, onDead: () => void): Life {
  let answersPings = false
  let dying: { atMs: number; timer: NodeJS.Timeout } | undefined

  function onPong(message: unknown): void {
    if ((message as { websocket?: unknown }).websocket !== socket) return
    answersPings = true
    clearTimeout(dying?.timer)
    dying = undefined
  }

  function demand(withinMs: number): boolean {
    ping(socket)
    const atMs = performance.now() + withinMs
    if (!answersPings || (dying && dying.atMs <= atMs)) return answersPings
    clearTimeout(dying?.timer)
    dying = { atMs, timer: setTimeout(onDead, withinMs) }
    return true
  }

  subscribe(pongs, onPong)
  demand(patienceMs) // is this a server that answers?
  const now = setInterval(() => demand(patienceMs), everyMs)
  now.unref()

  return {
    demand,
    end() {
      clearInterval(now)
      clearTimeout(dying?.timer)
      unsubscribe(pongs, onPong)
    },
  }
}
