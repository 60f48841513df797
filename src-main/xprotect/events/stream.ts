import { failureOf, type Failure } from '../../../src-preload/contract/failure.ts'
import { parsed } from '../body.ts'
import { pause } from '../clock.ts'
import { inPortions } from '../portions.ts'
import { eventsOf, SessionStarted, StateReply, type ServerEvent } from '../wire/event.ts'
import { EventsLine, type LineDeps } from './line.ts'

/** What is wanted of the server's events. */
export interface EventFilter {
  resourceTypes: readonly string[]
  eventTypes: readonly string[]
}

export interface EventStreamListener {
  /** The socket is gone: what was known may be so no more. */
  onAway: (because: Failure) => void
  /** Everything that is so now; nothing else is. */
  onStates: (states: ServerEvent[]) => void
  /** The session goes on where it was: what was known holds, and what was missed follows. */
  onResumed: () => void
  onEvents: (events: ServerEvent[]) => void
}

const SHORTEST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 30_000
/** A line that held this long is forgiven its earlier failures. */
const STEADY_MS = 30_000
/** IIS cuts no idle socket sooner, and a dead line shows here and nowhere else. */
const LIFE_EVERY_MS = 15_000
const LIFE_WITHIN_MS = 5000

/**
 * A session with the events service that outlives its sockets: cut off, it is resumed within the server's patience with
 * nothing lost, and else begun anew with the present states (xprotect-api.md 4.4). A token that runs out ends no socket:
 * it is looked at only when one opens.
 */
export class EventStream {
  readonly #deps: LineDeps
  readonly #filter: EventFilter
  readonly #listener: EventStreamListener
  #run: AbortController | undefined
  #line: EventsLine | undefined
  #sessionId = ''
  /** The last event seen: the server's cursor. */
  #eventId = ''
  /** What came since the states were asked for, while they are read: it is told after them, in its order. */
  #held: ServerEvent[] | undefined
  /** Ends a pause before its time. */
  #wake: AbortController | undefined

  constructor(deps: LineDeps, filter: EventFilter, listener: EventStreamListener) {
    this.#deps = deps
    this.#filter = filter
    this.#listener = listener
  }

  /** Begins, or begins anew: another user may be signed in. */
  start(): void {
    this.stop()
    const run = new AbortController()
    this.#run = run
    void this.#keep(run.signal).catch((error: unknown) => {
      if (!run.signal.aborted) this.#deps.log.error(`events: ${failureOf(error).kind}`)
    })
  }

  stop(): void {
    this.#run?.abort()
    this.#run = undefined
    this.#line?.close()
    this.#line = undefined
    this.#sessionId = ''
    this.#eventId = ''
    this.#held = undefined
  }

  /** Connections are stale: a new one now, for the same session. */
  reconnect(): void {
    this.#line?.close()
    this.#wake?.abort()
  }

  async #keep(signal: AbortSignal): Promise<void> {
    const isOver = (): boolean => signal.aborted
    for (let failures = 0; !isOver(); failures++) {
      const startedMs = this.#deps.clock.monotonic()
      const because = await this.#once(signal, isOver)
      if (isOver()) return
      this.#listener.onAway(because)
      this.#deps.log.info(`events socket is away: ${because.kind}`)
      // Only a person can change that; a new sign-in starts anew.
      if (because.kind === 'signed-out') return
      if (this.#deps.clock.monotonic() - startedMs > STEADY_MS) failures = 0
      await this.#rest(Math.min(SHORTEST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS), signal)
    }
  }

  /** One or two times as long, by chance: a control room does not knock in step. */
  async #rest(ms: number, signal: AbortSignal): Promise<void> {
    this.#wake = new AbortController()
    const either = AbortSignal.any([signal, this.#wake.signal])
    await pause(this.#deps.clock, ms * (1 + Math.random()), either).catch(() => undefined) // woken: that is the purpose
  }

  /** One socket, from its opening to its end. Gives why it ended. */
  async #once(signal: AbortSignal, isOver: () => boolean): Promise<Failure> {
    const { promise: closed, resolve: close } = Promise.withResolvers<Failure>()
    let line: EventsLine | undefined
    try {
      line = await EventsLine.open(this.#deps, {
        onEvents: (events) => this.#take(events, signal),
        onClosed: () => close({ kind: 'unreachable', what: 'server', how: 'closed' }),
      })
      if (isOver()) throw new Error('not wanted any more')
      this.#line = line
      await this.#begin(line, isOver)
      return await this.#watched(line, closed)
    } catch (error) {
      return failureOf(error)
    } finally {
      line?.close()
      if (this.#line === line) this.#line = undefined
    }
  }

  async #begin(line: EventsLine, isOver: () => boolean): Promise<void> {
    const wish = { sessionId: this.#sessionId, eventId: this.#eventId }
    const { status, sessionId } = parsed(SessionStarted, await line.command('startSession', wish), 'events')
    if (isOver()) return
    if (status === 200 && sessionId === wish.sessionId) {
      this.#listener.onResumed()
      return
    }
    // Until the subscription stands there is nothing to come back to.
    this.#sessionId = ''
    this.#eventId = ''
    const { resourceTypes, eventTypes } = this.#filter
    const filters = [{ modifier: 'include', resourceTypes, sourceIds: ['*'], eventTypes }]
    await line.command('addSubscription', { subscriptionId: '', filters })
    const states = await this.#readStates(line)
    if (isOver()) return
    this.#sessionId = sessionId
    this.#listener.onStates(states)
    if (this.#held) this.#pass(this.#held)
    this.#held = undefined
  }

  /** There is one of each camera: they are read with room between them, and what is told meanwhile waits. */
  async #readStates(line: EventsLine): Promise<ServerEvent[]> {
    const held: ServerEvent[] = []
    this.#held = held
    try {
      return await inPortions(parsed(StateReply, await line.command('getState', {}), 'events'), eventsOf)
    } catch (error) {
      if (this.#held === held) this.#held = undefined
      throw error
    }
  }

  /** A line may die without a word, and then nothing would ever be heard again. */
  async #watched(line: EventsLine, closed: Promise<Failure>): Promise<Failure> {
    let callOff: () => void = () => undefined
    const look = (): void => {
      line.demandLife(LIFE_WITHIN_MS)
      callOff = this.#deps.clock.after(LIFE_EVERY_MS, look)
    }
    look()
    return closed.finally(() => callOff())
  }

  #take(events: ServerEvent[], signal: AbortSignal): void {
    if (signal.aborted) return
    if (this.#held) this.#held.push(...events)
    else this.#pass(events)
  }

  #pass(events: ServerEvent[]): void {
    const last = events.at(-1)
    if (!last) return
    this.#eventId = last.id
    this.#listener.onEvents(events)
  }
}
