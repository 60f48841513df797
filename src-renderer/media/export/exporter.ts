import PQueue from 'p-queue'
import { failureOf, type Failure } from '../../../src-preload/contract/failure.ts'
import type { ExportBegun, ExportedFacts } from '../../../src-preload/contract/models/export.ts'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import type { SavedFile } from '../../../src-preload/contract/models/snapshot.ts'
import { CameraExport, type CameraProgress } from './camera-export.ts'
import type { ExportSink, ExportWish } from './export-sink.ts'
import type { PlayRecorded } from './recorded-frames.ts'

/** So many cameras are taken out at once: operators go on looking at others. */
const AT_ONCE = 4

/** How one camera of an export fares. */
export type CameraState =
  | { is: 'waiting' }
  | ({ is: 'running' } & CameraProgress)
  /** It cannot go on by itself; what was written stays until somebody says what shall be. */
  | { is: 'stopped'; because: Failure; doneMs: number }
  | { is: 'done'; fileName: string; bytes: number; facts: ExportedFacts }
  /** Nothing is recorded there. */
  | { is: 'empty' }

export type ExportState =
  | { phase: 'running'; folder: string; cameras: readonly CameraRow[] }
  /** Some cameras have stopped, and no other runs. */
  | { phase: 'stopped'; folder: string; cameras: readonly CameraRow[] }
  | { phase: 'done'; folder: string; cameras: readonly CameraRow[]; file: SavedFile }
  | { phase: 'failed'; because: Failure }
  | { phase: 'cancelled' }

export interface CameraRow {
  camera: CameraRef
  state: CameraState
}

export interface ExporterDeps {
  play: PlayRecorded
  sink: ExportSink
  onChange: (state: ExportState) => void
  random: () => number
}

/** One export: a span of several cameras, from the first question to the list of files. */
export class Exporter {
  readonly #deps: ExporterDeps
  readonly #wish: ExportWish
  readonly #cancelling = new AbortController()
  readonly #exports: readonly CameraExport[]
  readonly #states = new Map<CameraExport, CameraState>()
  #begun: ExportBegun | undefined

  constructor(deps: ExporterDeps, wish: ExportWish) {
    this.#deps = deps
    this.#wish = wish
    this.#exports = wish.cameras.map((camera) => this.#make({ siteId: camera.siteId, cameraId: camera.cameraId }))
    for (const one of this.#exports) this.#states.set(one, { is: 'waiting' })
  }

  /** Never rejects: the state says how it went. */
  async start(): Promise<void> {
    try {
      this.#begun = await this.#deps.sink.begin(this.#wish)
    } catch (error) {
      this.#deps.onChange({ phase: 'failed', because: failureOf(error) })
      return
    }
    if (this.#cancelling.signal.aborted) await this.#throwAway(this.#begun)
    else await this.#runAll()
  }

  /** What has stopped goes on where it was. Never rejects. */
  async resume(): Promise<void> {
    if (this.#begun && !this.#cancelling.signal.aborted) await this.#runAll()
  }

  /** What has stopped is left out; the files that are complete stay. Never rejects. */
  async endWithout(): Promise<void> {
    if (!this.#cancelling.signal.aborted) await this.#end()
  }

  /** Nothing of it is left. Never rejects. */
  async cancel(): Promise<void> {
    if (this.#cancelling.signal.aborted) return
    this.#cancelling.abort()
    this.#deps.onChange({ phase: 'cancelled' })
    // One that is only being begun is thrown away once it is.
    if (this.#begun) await this.#throwAway(this.#begun)
  }

  #throwAway({ id }: ExportBegun): Promise<void> {
    const { sink, onChange } = this.#deps
    return sink.cancel(id).catch((error: unknown) => onChange({ phase: 'failed', because: failureOf(error) }))
  }

  #make(camera: CameraRef): CameraExport {
    const { play, sink, random } = this.#deps
    const one: CameraExport = new CameraExport(
      {
        play,
        write: (atByte, bytes) => sink.write(this.#begun!.id, camera, atByte, bytes),
        onProgress: (progress) => this.#become(one, { is: 'running', ...progress }),
        random,
      },
      camera,
      this.#wish,
    )
    return one
  }

  async #runAll(): Promise<void> {
    const queue = new PQueue({ concurrency: AT_ONCE })
    const due = this.#exports.filter((one) => ['waiting', 'stopped'].includes(this.#states.get(one)!.is))
    await queue.addAll(due.map((one) => () => this.#run(one)))
    if (this.#cancelling.signal.aborted) return
    if (this.#rows().some(({ state }) => state.is === 'stopped')) this.#tell('stopped')
    else await this.#end()
  }

  async #run(one: CameraExport): Promise<void> {
    const { signal } = this.#cancelling
    const totalMs = this.#wish.toMs - this.#wish.fromMs
    const before = this.#states.get(one)
    const doneMs = before?.is === 'stopped' ? before.doneMs : 0
    this.#become(one, { is: 'running', doneMs, totalMs, speed: 1, frames: 0 })
    try {
      this.#become(one, await this.#outcome(one, signal))
    } catch (error) {
      if (signal.aborted) return
      const last = this.#states.get(one)
      this.#become(one, {
        is: 'stopped',
        because: failureOf(error),
        doneMs: last?.is === 'running' ? last.doneMs : doneMs,
      })
    }
  }

  async #outcome(one: CameraExport, signal: AbortSignal): Promise<CameraState> {
    const facts = await one.run(signal)
    if (!facts) return { is: 'empty' }
    const { fileName, bytes } = await this.#deps.sink.finishFile(this.#begun!.id, one.camera, facts)
    return { is: 'done', fileName, bytes, facts }
  }

  async #end(): Promise<void> {
    const missing = this.#rows().flatMap(({ camera, state }) => {
      if (state.is === 'stopped') return [{ camera, why: state.because.kind }]
      return state.is === 'empty' ? [{ camera, why: 'nothing is recorded there' }] : []
    })
    try {
      const file = await this.#deps.sink.end(this.#begun!.id, missing)
      const { folder } = this.#begun!
      this.#deps.onChange({ phase: 'done', folder, cameras: this.#rows(), file })
    } catch (error) {
      this.#deps.onChange({ phase: 'failed', because: failureOf(error) })
    }
  }

  #become(one: CameraExport, state: CameraState): void {
    this.#states.set(one, state)
    if (!this.#cancelling.signal.aborted) this.#tell('running')
  }

  #tell(phase: 'running' | 'stopped'): void {
    this.#deps.onChange({ phase, folder: this.#begun?.folder ?? '', cameras: this.#rows() })
  }

  #rows = (): CameraRow[] => this.#exports.map((one) => ({ camera: one.camera, state: this.#states.get(one)! }))
}
