import type { ServerClock } from '../clock.ts'
import { protectedSpan, sizeOf, type EvidenceLock } from './evidence-lock.ts'

/** How long a recorder takes to lock its blocks; a real one takes its time too. [?] how long */
const APPLY_MS = 500

interface ShelfDeps {
  clock: ServerClock
  recorderOf: (device: { hardwareId: string }) => string
  isRunning: (recorderId: string) => boolean
}

/** One device a lock could not be put on now. [D] the names are those of the underlying service */
export interface FaultDevice {
  deviceId: string
  message: string
}

/** What `GET /state` tells of a lock. */
export interface LockState {
  id: string
  reference: string
  cameraIds: string[]
  microphoneIds: string[]
  protectedFrom: string
  protectedTo: string
  expires: string
  /** Recorders that are still to be told. */
  pendingRecorders: string[]
  sizeBytes: number | null
}

/** All evidence locks of the site. The management server keeps them; each recorder is told when it can be. */
export class LockShelf {
  readonly #deps: ShelfDeps
  readonly #locks = new Map<string, EvidenceLock>()
  readonly #timers = new Set<NodeJS.Timeout>()

  constructor(deps: ShelfDeps) {
    this.#deps = deps
  }

  /** Those that hold: one that has run out is gone. [?] that it is, rather than kept as run out */
  all(): EvidenceLock[] {
    const now = this.#deps.clock.now()
    for (const [id, { retentionExpire }] of this.#locks) if (Date.parse(retentionExpire) <= now) this.#locks.delete(id)
    return [...this.#locks.values()]
  }

  find(id: string): EvidenceLock | undefined {
    return this.all().find((lock) => lock.id === id.toLowerCase())
  }

  /** Puts a new or changed lock in place and tells the recorders. */
  put(lock: EvidenceLock): FaultDevice[] {
    this.#locks.set(lock.id, lock)
    lock.sizeBytes = null
    const devices = [...lock.cameras, ...lock.microphones]
    lock.pending = new Set(devices.map(this.#deps.recorderOf))
    for (const recorderId of lock.pending) if (this.#deps.isRunning(recorderId)) this.#tell(lock, recorderId)
    return devices
      .filter((device) => !this.#deps.isRunning(this.#deps.recorderOf(device)))
      .map(({ id }) => ({ deviceId: id, message: 'The recording server is offline.' })) // [?] the words
  }

  remove(id: string): void {
    this.#locks.delete(id)
  }

  /** What it has missed it is told now. [D] */
  recorderStarted(recorderId: string): void {
    for (const lock of this.all()) if (lock.pending.has(recorderId)) this.#tell(lock, recorderId)
  }

  /** Of locks that are applied: before that nobody knows. */
  lockedBytes(recorderId: string): number {
    const isHere = (device: { hardwareId: string }) => this.#deps.recorderOf(device) === recorderId
    return this.all().reduce((sum, lock) => sum + (lock.sizeBytes === null ? 0 : sizeOf(lock, isHere)), 0)
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  states(): LockState[] {
    return this.all().map((lock) => {
      const { fromMs, toMs } = protectedSpan(lock)
      return {
        id: lock.id,
        reference: lock.reference,
        cameraIds: lock.cameras.map(({ id }) => id),
        microphoneIds: lock.microphones.map(({ id }) => id),
        protectedFrom: new Date(fromMs).toISOString(),
        protectedTo: new Date(toMs).toISOString(),
        expires: lock.retentionExpire,
        pendingRecorders: [...lock.pending],
        sizeBytes: lock.sizeBytes,
      }
    })
  }

  #tell(lock: EvidenceLock, recorderId: string): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      if (!this.#deps.isRunning(recorderId)) return
      lock.pending.delete(recorderId)
      if (lock.pending.size === 0) lock.sizeBytes = sizeOf(lock)
    }, APPLY_MS)
    timer.unref()
    this.#timers.add(timer)
  }
}
