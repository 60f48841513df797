import { availableParallelism } from 'node:os'
import { Crew, type Order } from './crew.ts'
import type { MakeClip } from './worker.ts'

/** How soon a clip is wanted: now, by somebody who waits, or whenever the machine has nothing better to do. */
export type Hurry = 'now' | 'sometime'

/** Makes clips: those somebody waits for in a thread per processor, the others one by one behind everything else. */
export class Workshop {
  readonly #crews: Record<Hurry, Crew> = {
    now: new Crew({ benches: Math.min(4, availableParallelism()), isPatient: false }),
    sometime: new Crew({ benches: 1, isPatient: true }),
  }
  #isClosed = false

  /** Resolves once the file is there. */
  async make(clip: MakeClip, hurry: Hurry): Promise<void> {
    if (this.#isClosed) throw new Error('closed')
    return new Promise((done, failed) => this.#crews[hurry].take({ clip, done, failed }))
  }

  /**
   * Somebody waits now for a clip ordered for sometime. One begun already is begun anew beside it: whichever is there
   * first serves, and on a busy machine that is never the patient one.
   */
  hasten(file: string): void {
    const order: Order | undefined = this.#crews.sometime.giveUp(file)
    if (order) this.#crews.now.take(order)
  }

  /** Gives up what is not made yet. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([this.#crews.now.close(), this.#crews.sometime.close()])
  }
}
