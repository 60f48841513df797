import type { ServerClock } from './clock.ts'

/** One thing the server was told to do and did. */
export interface CarriedOut {
  at: string
  user: string
  /** `StartManualRecording`, `Activate`, `POST /events`. */
  command: string
  /** `cameras/<guid>`, `outputs/<guid>`, `userDefinedEvents/<guid>`. */
  target: string
  /** Whether the last thing done to the target was the very same. */
  again: boolean
}

/** One reference of the client's own that was created more than once. */
export interface RepeatedReference {
  kind: 'bookmark' | 'evidence lock'
  reference: string
  ids: string[]
}

/** What `GET /state` tells of things done twice. A test that lost replies wants both lists empty. */
export interface Duplicates {
  commands: CarriedOut[]
  references: RepeatedReference[]
}

/** What operators' commands did, in order, so that a test can prove that none of them was carried out twice. */
export class Commands {
  readonly #clock: ServerClock
  readonly #done: CarriedOut[] = []
  readonly #last = new Map<string, string>()
  readonly #references = new Map<string, RepeatedReference>()

  constructor(clock: ServerClock) {
    this.#clock = clock
  }

  carriedOut(user: string, command: string, target: string): void {
    const again = this.#last.get(target) === command
    this.#last.set(target, command)
    this.#done.push({ at: new Date(this.#clock.now()).toISOString(), user, command, target, again })
  }

  /** What was done to it is over by itself: the same command is a new one from now on. */
  settled(target: string): void {
    this.#last.delete(target)
  }

  /** A reference the client gave to something it created; the server's own are never the same. */
  created(kind: RepeatedReference['kind'], reference: string, id: string): void {
    const key = `${kind} ${reference}`
    const known = this.#references.get(key) ?? { kind, reference, ids: [] }
    this.#references.set(key, { ...known, ids: [...known.ids, id] })
  }

  list(): CarriedOut[] {
    return [...this.#done]
  }

  get duplicates(): Duplicates {
    return {
      commands: this.#done.filter(({ again }) => again),
      references: [...this.#references.values()].filter(({ ids }) => ids.length > 1),
    }
  }
}
