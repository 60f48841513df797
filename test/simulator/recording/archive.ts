import type { ServerClock } from '../clock.ts'
import type { SiteCamera } from '../site/site.ts'
import type { Recordings } from './recordings.ts'
import { motionOf, scheduledOf, type Sequence } from './schedule.ts'
import { common, joined, within, type Span } from './spans.ts'

/** How long recordings are kept. */
export const RETENTION_MS = 30 * 86_400_000

/** Without a sequence for so long after a moment, the next stretch is looked through. */
const STRIDE_MS = 6 * 3_600_000

/** No sequence is longer by its schedule: in two days there is a gap. */
const LONGEST_MS = 2 * 86_400_000

interface ArchiveDeps {
  clock: ServerClock
  recordings: Recordings
}

/**
 * What is recorded of each camera, from the oldest that is kept up to now: what its schedule says and what was started by
 * hand or by a rule. What is being recorded ends now.
 */
export class Archive {
  readonly #deps: ArchiveDeps
  /** Cameras whose schedule a test replaced by exact stretches. */
  readonly #replaced = new Map<string, Sequence[]>()

  constructor(deps: ArchiveDeps) {
    this.#deps = deps
  }

  /** From now on exactly this is what the camera's schedule recorded. */
  replace(camera: SiteCamera, spans: readonly Span[]): void {
    this.#replaced.set(camera.id, joined(spans.map((span) => ({ ...span, triggeredMs: span.beginMs }))))
  }

  /** What is recorded between two moments, cut to them, oldest first. */
  recorded(camera: SiteCamera, beginMs: number, endMs: number): Sequence[] {
    const { fromMs, toMs } = this.#bounds(beginMs, endMs)
    const byHand = this.#deps.recordings.spansOf(camera.id)
    const bySchedule = this.#replaced.get(camera.id) ?? scheduledOf(camera, fromMs, toMs)
    return joined(within([...bySchedule, ...byHand], fromMs, toMs))
  }

  /** When something moved, as far as it is recorded. */
  motion(camera: SiteCamera, beginMs: number, endMs: number): Sequence[] {
    const { fromMs, toMs } = this.#bounds(beginMs, endMs)
    return common(motionOf(camera, fromMs, toMs), this.recorded(camera, fromMs, toMs))
  }

  /** What reaches into a range, not cut to it. */
  whole(beginMs: number, endMs: number, look: (beginMs: number, endMs: number) => Sequence[]): Sequence[] {
    return look(beginMs - LONGEST_MS, endMs + LONGEST_MS).filter((span) => span.endMs > beginMs && span.beginMs < endMs)
  }

  /** The stretch that is recorded at a moment, or else the next after it; it may be cut where no gap is. */
  next(camera: SiteCamera, fromMs: number): Span | undefined {
    const nowMs = this.#deps.clock.now()
    for (let atMs = Math.max(fromMs, nowMs - RETENTION_MS); atMs < nowMs; atMs += STRIDE_MS) {
      const [first] = this.recorded(camera, atMs, atMs + STRIDE_MS)
      if (first) return first
    }
    return undefined
  }

  /** The stretch that is recorded at a moment, or else the last before it. */
  last(camera: SiteCamera, untilMs: number): Span | undefined {
    const nowMs = this.#deps.clock.now()
    for (let atMs = Math.min(untilMs, nowMs); atMs > nowMs - RETENTION_MS; atMs -= STRIDE_MS) {
      const last = this.recorded(camera, atMs - STRIDE_MS, atMs).at(-1)
      if (last) return last
    }
    return undefined
  }

  #bounds(beginMs: number, endMs: number): { fromMs: number; toMs: number } {
    const nowMs = this.#deps.clock.now()
    return { fromMs: Math.max(beginMs, nowMs - RETENTION_MS), toMs: Math.min(endMs, nowMs) }
  }
}
