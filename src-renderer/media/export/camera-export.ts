import { AppError, failureOf, type Failure } from '../../../src-preload/contract/failure.ts'
import type { ExportedFacts } from '../../../src-preload/contract/models/export.ts'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { backOffMs, isPassing } from '../session-state.ts'
import { isGap, lacking, Stretch } from './cadence.ts'
import { FrameGroups, type FrameGroup, type SentFrame } from './frame-groups.ts'
import { Mp4Writer, type WriteBytes } from './mp4-writer.ts'
import { believed, faster, ownTime, slower, speedOf, type Pace } from './pace.ts'
import type { PlayRecorded, RecordedFrames } from './recorded-frames.ts'

/** Being faster is tried where so much is left. */
const WORTH_MS = 12_000
/** A session that was cut is asked for again so often in a row without having got any further. */
const TRIES = 5
/** A group that lost packets is asked for again so often. */
const CLEAN_TRIES = 3
/** Longer lists of gaps say nothing more. */
const MOST_GAPS = 500

export interface CameraExportDeps {
  play: PlayRecorded
  write: WriteBytes
  onProgress: (progress: CameraProgress) => void
  /** For the pauses between tries. */
  random: () => number
}

/** How far one camera has come. Milliseconds of recording. */
export interface CameraProgress {
  doneMs: number
  totalMs: number
  /** That of the session that plays. */
  speed: number
  frames: number
  /** Why it waits for another try; absent while it plays. */
  waitsBecause?: Failure
}

/** `silent`: nothing comes any more, at a speed that may be the reason. */
type Ended = 'over' | 'faster' | 'slower' | 'silent'

/**
 * Takes a span of one camera out of the server as it was recorded, into one file.
 *
 * First a few seconds in their own time; then the same seconds faster, counted: a speed at which one frame of them is
 * lacking is not used. Where packets were lost on the way, the group is asked for again. A cut session goes on with the
 * group it was cut in.
 */
export class CameraExport {
  readonly camera: CameraRef
  readonly #deps: CameraExportDeps
  readonly #span: { fromMs: number; toMs: number }
  readonly #groups: FrameGroups
  readonly #mp4: Mp4Writer
  readonly #learnt = new Stretch()
  readonly #packetsLost = new WeakMap<RecordedFrames, number>()
  readonly #gaps: { from: string; to: string }[] = []
  #pace: Pace = { is: 'learning' }
  #fastest = 1
  #frames = 0
  #framesLost = 0
  #unclean = 0
  #first: SentFrame | undefined
  #last: SentFrame | undefined

  constructor(deps: CameraExportDeps, camera: CameraRef, span: { fromMs: number; toMs: number }) {
    this.#deps = deps
    this.camera = camera
    this.#span = span
    this.#groups = new FrameGroups(span.fromMs)
    this.#mp4 = new Mp4Writer(deps.write)
  }

  /**
   * Runs to the end, or goes on where it was left. `null`: nothing is recorded there. Throws AppError where it cannot go
   * on by itself; what is written stays, and it may be run again.
   */
  async run(signal: AbortSignal): Promise<ExportedFacts | null> {
    for (let failures = 0; ;) {
      const before = this.#groups.resumeMs
      try {
        if ((await this.#play(signal)) === 'over') return await this.#finish()
        failures = 0
      } catch (error) {
        signal.throwIfAborted()
        const because = failureOf(error)
        failures = this.#groups.resumeMs > before ? 1 : failures + 1
        if (!isPassing(because) || failures > TRIES) throw error
        this.#tell(because)
        await pause(backOffMs(failures, because, this.#deps.random()), signal)
      }
    }
  }

  /** What was written is of no use: lets go of it. */
  cancel(): Promise<void> {
    return this.#mp4.cancel()
  }

  /** One session, from the last group that is whole. */
  async #play(signal: AbortSignal): Promise<Ended> {
    signal.throwIfAborted()
    // What is compared must be the same stretch from its beginning.
    const agrees = this.#pace.is === 'trying' ? this.#learnt.compare() : () => true
    const atMs = this.#pace.is === 'trying' ? this.#span.fromMs : this.#groups.resumeMs
    const session = this.#deps.play(this.camera, { atMs, speed: speedOf(this.#pace) })
    signal.addEventListener('abort', session.close)
    try {
      const ended = await this.#take(session, agrees)
      signal.throwIfAborted()
      if (ended === 'faster') this.#pace = faster()
      if (ended === 'slower') this.#pace = slower(this.#pace)
      if (ended === 'silent') this.#pace = ownTime
      return ended
    } finally {
      signal.removeEventListener('abort', session.close)
      session.close()
      this.#groups.restart()
    }
  }

  async #take(session: RecordedFrames, agrees: (atMs: number) => boolean): Promise<Ended> {
    for await (const frame of session.frames()) {
      if (!agrees(frame.atMs)) return 'slower'
      const isOver = frame.atMs >= this.#span.toMs
      const group = isOver ? this.#groups.finish() : this.#groups.take(frame)
      if (group && !(await this.#keep(group, frame.atMs, session))) return 'slower'
      if (isOver) return 'over'
      if (group && this.#isWorthTrying()) return 'faster'
    }
    if (speedOf(this.#pace) > 1) return 'silent'
    const rest = this.#groups.finish()
    const isKept = !rest || (await this.#keep(rest, rest.at(-1)!.atMs + Math.max(1, this.#learnt.usualMs), session))
    return isKept ? 'over' : 'slower'
  }

  /** Writes a group, unless it is better asked for once more, slower. `nextMs`: the frame after it. */
  async #keep(group: FrameGroup, nextMs: number, session: RecordedFrames): Promise<boolean> {
    const isFast = speedOf(this.#pace) > 1
    const endsMs = Math.min(nextMs, this.#span.toMs)
    if (await this.#isClean(session)) this.#unclean = 0
    else if (isFast || ++this.#unclean < CLEAN_TRIES) return false
    if (isFast && this.#lacksIn(group, nextMs) > 0) return false
    this.#pace = believed(this.#pace)
    this.#fastest = Math.max(this.#fastest, speedOf(this.#pace))
    await this.#write(group, Math.max(endsMs, group.at(-1)!.atMs + 1), nextMs)
    return true
  }

  /** No packet was lost since this was asked last. */
  async #isClean(session: RecordedFrames): Promise<boolean> {
    const before = this.#packetsLost.get(session) ?? 0
    const now = await session.packetsLost()
    this.#packetsLost.set(session, now)
    return now <= before
  }

  async #write(group: FrameGroup, endsMs: number, nextMs: number): Promise<void> {
    if (this.#unclean > 0) this.#framesLost += Math.max(1, this.#lacksIn(group, nextMs))
    await this.#mp4.add(group, endsMs)
    this.#groups.written(nextMs)
    for (const frame of group) {
      this.#learnt.add(frame.atMs)
      this.#noteGap(this.#last?.atMs, frame.atMs)
      this.#first ??= frame
      this.#last = frame
    }
    this.#frames += group.length
    this.#unclean = 0
    this.#tell()
  }

  #lacksIn(group: FrameGroup, nextMs: number): number {
    const usualMs = this.#learnt.usualMs
    const moments = [...group.map(({ atMs }) => atMs), nextMs]
    return moments.slice(1).reduce((sum, atMs, index) => {
      const intervalMs = atMs - moments[index]!
      return sum + (isGap(intervalMs, usualMs) ? 0 : lacking(intervalMs, usualMs))
    }, 0)
  }

  #noteGap(beforeMs: number | undefined, atMs: number): void {
    if (beforeMs === undefined || !isGap(atMs - beforeMs, this.#learnt.usualMs)) return
    if (this.#gaps.length < MOST_GAPS) this.#gaps.push({ from: iso(beforeMs), to: iso(atMs) })
  }

  #isWorthTrying(): boolean {
    const leftMs = this.#span.toMs - this.#groups.resumeMs
    return this.#pace.is === 'learning' && this.#learnt.isEnough && leftMs >= WORTH_MS
  }

  #tell(waitsBecause?: Failure): void {
    const { fromMs, toMs } = this.#span
    this.#deps.onProgress({
      doneMs: Math.min(toMs, Math.max(fromMs, this.#groups.resumeMs)) - fromMs,
      totalMs: toMs - fromMs,
      speed: speedOf(this.#pace),
      frames: this.#frames,
      ...(waitsBecause && { waitsBecause }),
    })
  }

  async #finish(): Promise<ExportedFacts | null> {
    const [first, last] = [this.#first, this.#last]
    if (!first || !last) return null
    await this.#mp4.finish()
    return {
      firstFrame: iso(first.atMs),
      lastFrame: iso(last.atMs),
      frames: this.#frames,
      framesLost: this.#framesLost,
      speed: this.#fastest,
      gaps: this.#gaps,
      ...this.#mp4.size,
    }
  }
}

const iso = (ms: number): string => new Date(ms).toISOString()

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new AppError({ kind: 'unreachable', what: 'media', how: 'closed' }))
    })
  })
}
