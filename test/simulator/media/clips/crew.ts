import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { MadeClip, MakeClip } from './worker.ts'

const workerFile = new URL('./worker.ts', import.meta.url)

/** A clip to make, and who is to be told. */
export interface Order {
  clip: MakeClip
  done: () => void
  failed: (reason: Error) => void
}

/** Threads that make clips in the order they were asked for; they end when there is nothing left to make. */
export class Crew {
  readonly #benches: number
  readonly #isPatient: boolean
  readonly #waiting: Order[] = []
  readonly #underHand = new Map<Worker, Order>()
  #working = 0

  constructor(crew: {
    benches: number
    /** Its threads give way to everything else on the machine. */
    isPatient: boolean
  }) {
    this.#benches = crew.benches
    this.#isPatient = crew.isPatient
  }

  take(order: Order): void {
    this.#waiting.push(order)
    if (this.#working < this.#benches) void this.#work() // each order tells its own outcome
  }

  /** Hands out an order that others can fulfil sooner; one in work stays in work too. */
  giveUp(file: string): Order | undefined {
    const place = this.#waiting.findIndex(({ clip }) => clip.file === file)
    if (place >= 0) return this.#waiting.splice(place, 1)[0]
    return [...this.#underHand.values()].find(({ clip }) => clip.file === file)
  }

  /** Fails what is not made yet. */
  async close(): Promise<void> {
    for (const order of this.#waiting.splice(0)) order.failed(new Error('closed'))
    await Promise.all([...this.#underHand.keys()].map((worker) => worker.terminate()))
  }

  async #work(): Promise<void> {
    this.#working++
    const worker = new Worker(workerFile, { workerData: { isPatient: this.#isPatient } })
    const ended = once(worker, 'exit').then((): never => {
      throw new Error('the worker ended before its clip was made')
    })
    ended.catch(() => {}) // said to whoever waits for a clip at that moment
    for (let order = this.#waiting.shift(); order; order = this.#waiting.shift()) {
      this.#underHand.set(worker, order)
      worker.postMessage(order.clip)
      await Promise.race([answered(worker), ended]).then(order.done, order.failed)
      this.#underHand.delete(worker)
    }
    this.#working--
    await worker.terminate()
  }
}

/** Resolves with the worker's word that its clip is made; rejects with its reason why not. */
async function answered(worker: Worker): Promise<void> {
  const made = await new Promise<MadeClip>((resolve) => worker.once('message', resolve))
  if (!made.ok) throw new Error(made.message)
}
