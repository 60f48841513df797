/** Nobody waits longer for the others. */
const PATIENCE_MS = 700

/**
 * Where the sessions of one seek wait for each other: the server streams from the moment it is answered, so those that are
 * answered together show the same moment together.
 */
export class StartLine {
  readonly #go = Promise.withResolvers<void>()
  #expected: number
  #arrived = 0
  #isOpen: boolean
  #timer: ReturnType<typeof setTimeout> | undefined

  /** A line that is not open yet lets nobody go: its sessions are made ahead. */
  constructor(expected: number, isOpen = true) {
    this.#expected = expected
    this.#isOpen = isOpen
  }

  /** One has its offer. Resolves when all have, or have waited long enough. */
  arrive(): Promise<void> {
    this.#arrived++
    this.#look()
    return this.#go.promise
  }

  /** One will not come. */
  leave(): void {
    this.#expected--
    this.#look()
  }

  /** What was made ahead is wanted now. */
  open(): void {
    this.#isOpen = true
    this.#look()
  }

  #look(): void {
    if (!this.#isOpen || this.#arrived === 0) return
    if (this.#arrived < this.#expected) {
      this.#timer ??= setTimeout(this.#go.resolve, PATIENCE_MS)
      return
    }
    clearTimeout(this.#timer)
    this.#go.resolve()
  }
}
