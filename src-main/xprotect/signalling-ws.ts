import { failureOf } from '../../src-preload/contract/failure.ts'
import type { Road, RoadSession, RoadWish } from './road.ts'
import type { Token } from './sign-in.ts'
import { isDeadLine, Line, type SocketRoadDeps } from './ws-line.ts'

interface Opened {
  token: Token
  opened: Promise<Line>
}

/**
 * Signalling by JSON-RPC over one WebSocket that all sessions of a site share (xprotect-api.md 3.3 [V PROTO]; that one
 * socket carries several sessions is assumed from `session` being in every message [?]).
 *
 * Each socket belongs to the token it was registered with, since a token cannot be renewed on it (security.md 4.5):
 * sessions asked for after a renewal go over a new socket, the old one stays for those it carries.
 *
 * A socket may be lost at any time: the next session opens another, and one that was being asked for is asked for once
 * more there. Sessions that play do not need it.
 */
export class SocketRoad implements Road {
  readonly #deps: SocketRoadDeps
  /** Where new sessions go. */
  #line: Opened | undefined
  /** That one, and those that only serve sessions of before. */
  readonly #lines = new Set<Opened>()

  constructor(deps: SocketRoadDeps) {
    this.#deps = deps
  }

  async open(wish: RoadWish): Promise<RoadSession> {
    try {
      return await this.#withLiveToken((line) => line.connect(wish))
    } catch (error) {
      if (!isDeadLine(error) || wish.signal.aborted) throw error
      return this.#withLiveToken((line) => line.connect(wish, true))
    }
  }

  /** Opens the socket ahead of the first session, and so learns whether the server has one. */
  warm(): Promise<void> {
    return this.#withLiveToken(async () => undefined)
  }

  /** A token refused on the socket is replaced once, as http.ts does for a 401. */
  async #withLiveToken<T>(work: (line: Line) => Promise<T>): Promise<T> {
    const token = await this.#deps.tokens.current()
    try {
      return await work(await this.#lineFor(token))
    } catch (error) {
      if (failureOf(error).kind !== 'signed-out') throw error
      const fresh = await this.#deps.tokens.replace(token)
      if (!fresh) throw error
      return work(await this.#lineFor(fresh))
    }
  }

  /** Ends every socket. Sessions that play play on; those without an answer end. */
  close(): void {
    this.#line = undefined
    for (const { opened } of this.#lines) {
      opened.then(
        (open) => open.close(),
        () => undefined, // never was open
      )
    }
    this.#lines.clear()
  }

  #lineFor(token: Token): Promise<Line> {
    const before = this.#line
    if (before?.token === token) return before.opened
    const listener = { onRetired: () => this.#retired(line), onClosed: () => this.#lines.delete(line) }
    const line: Opened = { token, opened: Line.open(this.#deps, token, listener) }
    this.#line = line
    this.#lines.add(line)
    line.opened.catch(() => {
      this.#retired(line)
      this.#lines.delete(line)
    })
    before?.opened.then(
      (open) => open.retire(),
      () => undefined, // never was open
    )
    return line.opened
  }

  #retired(line: Opened): void {
    if (this.#line === line) this.#line = undefined
  }
}
