import { randomUUID } from 'node:crypto'
import type { EventLog, SiteEvent } from './event-log.ts'
import { wants, type Filter } from './subscription.ts'

/** What a session can hold back for a client that is away. */
const HELD_EVENTS = 10_000

/** One events session: outlives its socket for a while and then replays what was missed (xprotect-api.md 4.4). */
export class EventsSession {
  readonly id = randomUUID()
  readonly subscriptions = new Map<string, Filter[]>()
  #send: ((events: SiteEvent[]) => void) | null = null
  readonly #recent: SiteEvent[] = []

  attach(send: (events: SiteEvent[]) => void): void {
    this.#send = send
  }

  /** Only the socket that holds the session may let go of it. */
  detach(send: (events: SiteEvent[]) => void): boolean {
    if (this.#send !== send) return false
    this.#send = null
    return true
  }

  offer(event: SiteEvent): void {
    if (!this.#wants(event)) return
    this.#recent.push(event)
    if (this.#recent.length > HELD_EVENTS) this.#recent.shift()
    this.#send?.([event])
  }

  /** Everything after the event the client saw last; all that is held where it saw none or one long gone. */
  missedSince(eventId: string): SiteEvent[] {
    const at = this.#recent.findIndex((event) => event.id === eventId)
    return this.#recent.slice(at + 1)
  }

  statesOf(log: EventLog): SiteEvent[] {
    return [...log.states()].filter((event) => this.#wants(event))
  }

  #wants(event: SiteEvent): boolean {
    for (const filters of this.subscriptions.values()) if (wants(filters, event)) return true
    return false
  }
}

/** All sessions, with those whose client is away counting down. */
export class EventsSessions {
  readonly #sessions = new Map<string, EventsSession>()
  readonly #leaving = new Map<string, NodeJS.Timeout>()
  readonly #inactiveTimeoutMs: number

  constructor(log: EventLog, inactiveTimeoutMs: number) {
    this.#inactiveTimeoutMs = inactiveTimeoutMs
    log.onEvent((event) => {
      for (const session of this.#sessions.values()) session.offer(event)
    })
  }

  /** Those in use and those that may still be resumed. */
  get count(): number {
    return this.#sessions.size
  }

  create(): EventsSession {
    const session = new EventsSession()
    this.#sessions.set(session.id, session)
    return session
  }

  /** A session that still lives, back in use. */
  resume(id: string): EventsSession | undefined {
    clearTimeout(this.#leaving.get(id))
    this.#leaving.delete(id)
    return this.#sessions.get(id)
  }

  leave(session: EventsSession): void {
    const timer = setTimeout(() => this.#forget(session.id), this.#inactiveTimeoutMs)
    timer.unref()
    this.#leaving.set(session.id, timer)
  }

  clear(): void {
    for (const id of this.#sessions.keys()) this.#forget(id)
  }

  #forget(id: string): void {
    clearTimeout(this.#leaving.get(id))
    this.#leaving.delete(id)
    this.#sessions.delete(id)
  }
}
