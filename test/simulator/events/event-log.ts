import { randomUUID } from 'node:crypto'
import { sevenDigits } from '../config/dates.ts'
import type { Site } from '../site/site.ts'
import type { ServerClock } from '../clock.ts'
import { eventTypes, stateGroupId, type EventType } from './definitions.ts'

/** One event as it goes over the wire; all names in lower case (xprotect-api.md 4.4). [V PROTO] */
export type SiteEvent = {
  id: string
  type: string
  /** `cameras/<guid>`, `hardware/<guid>`, `userDefinedEvents/<guid>`. */
  source: string
  time: string
  stategroupid?: string
}

/** Older events are forgotten, as a server's retention would do. */
const KEPT = 20_000

/** What happened on the site and what state everything is in. */
export class EventLog {
  readonly types: Map<string, EventType>
  readonly #seed: string
  readonly #clock: ServerClock
  readonly #events: SiteEvent[] = []
  /** Latest event of each source in each group of states. */
  readonly #states = new Map<string, SiteEvent>()
  readonly #listeners = new Set<(event: SiteEvent) => void>()

  constructor(site: Site, seed: string, clock: ServerClock, ruleCameras: readonly string[]) {
    this.#seed = seed
    this.#clock = clock
    this.types = new Map(eventTypes(seed, ruleCameras).map((type) => [type.id, type]))
    const started = typeNamed(this.types, 'Communication Started')
    const hardwareStarted = typeNamed(this.types, 'Hardware Communication Started')
    const idle = typeNamed(this.types, 'Recording Stopped')
    for (const { id } of site.hardware) this.#remember(this.#make(hardwareStarted, `hardware/${id}`))
    for (const { id } of site.cameras) {
      this.#remember(this.#make(started, `cameras/${id}`))
      this.#remember(this.#make(idle, `cameras/${id}`))
    }
  }

  /** A type by its guid or its name. */
  typeOf(guidOrName: string): EventType | undefined {
    return this.types.get(guidOrName.toLowerCase()) ?? [...this.types.values()].find(({ name }) => name === guidOrName)
  }

  fire(type: EventType, source: string): SiteEvent {
    const event = this.#make(type, source)
    this.#events.push(event)
    if (this.#events.length > KEPT) this.#events.shift()
    this.#remember(event)
    for (const listener of this.#listeners) listener(event)
    return event
  }

  /** Newest first. [?] the order is not documented */
  list(): SiteEvent[] {
    return this.#events.toReversed()
  }

  find(id: string): SiteEvent | undefined {
    return this.#events.find((event) => event.id === id.toLowerCase())
  }

  states(): Iterable<SiteEvent> {
    return this.#states.values()
  }

  /** Returns how to stop listening. */
  onEvent(listener: (event: SiteEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #make(type: EventType, source: string): SiteEvent {
    return {
      id: randomUUID(),
      type: type.id,
      source,
      time: sevenDigits(this.#clock.now()),
      ...(type.stateGroup && { stategroupid: stateGroupId(this.#seed, type.stateGroup) }),
    }
  }

  #remember(event: SiteEvent): void {
    if (event.stategroupid !== undefined) this.#states.set(`${event.stategroupid} ${event.source}`, event)
  }
}

const typeNamed = (types: Map<string, EventType>, name: string): EventType =>
  [...types.values()].find((type) => type.name === name)!
