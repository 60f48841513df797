import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { MadeClip, MakeClip } from './worker.ts'

const workerFile = new URL('./worker.ts', import.meta.url)

interface Order {
  clip: MakeClip
  done: () => void
  failed: (reason: Error) => void
}

/** Makes clips in as many threads as there are processors; the threads end when there is nothing left to make. */
export class Workshop {
  readonly #orders: Order[] = []
  readonly #workers = new Set<Worker>()
  #isClosed = false
  readonly #benches = Math.max(1, Math.min(4, availableParallelism()))

  /** Resolves once the file is there. */
  async make(clip: MakeClip): Promise<void> {
    if (this.#isClosed) throw new Error('closed')
    return new Promise((done, failed) => {
      this.#orders.push({ clip, done, failed })
      if (this.#workers.size < this.#benches) void this.#work() // each order tells its own outcome
    })
  }

  /** Gives up what is not made yet. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const order of this.#orders.splice(0)) order.failed(new Error('closed'))
    await Promise.all([...this.#workers].map((worker) => worker.terminate()))
  }

  async #work(): Promise<void> {
    const worker = new Worker(workerFile)
    this.#workers.add(worker)
    for (let order = this.#orders.shift(); order; order = this.#orders.shift()) {
      await makeOne(worker, order.clip).then(order.done, order.failed)
    }
    this.#workers.delete(worker)
    await worker.terminate()
  }
}

async function makeOne(worker: Worker, clip: MakeClip): Promise<void> {
  worker.postMessage(clip)
  const ended = once(worker, 'exit').then((): never => {
    throw new Error('the worker ended before its clip was made')
  })
  const [made] = (await Promise.race([once(worker, 'message'), ended])) as [MadeClip]
  if (!made.ok) throw new Error(made.message)
}
