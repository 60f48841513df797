import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import type { SequencesWish, Span } from '../span.ts'

/** A recording heard of; `endMs` is `null` while it goes on. */
interface Heard {
  beginMs: number
  endMs: number | null
}

/** More of one camera are not kept. */
const MOST = 1000

/**
 * Recordings as the server's events told of them while this program listened. Instants are epoch milliseconds by the
 * server's clock.
 */
export class HeardRecordings {
  readonly #now: () => number
  readonly #heard = new Map<CameraId, Heard[]>()
  /** Since when nothing was missed; `null` while the events do not reach us. */
  #sinceMs: number | null = null

  constructor(now: () => number) {
    this.#now = now
  }

  /** The present states came: from here on nothing is missed. */
  begin(): void {
    this.#sinceMs = this.#now()
    // Whether one went on meanwhile is not known: the states name it again where it does.
    for (const list of this.#heard.values()) for (const one of list) one.endMs ??= one.beginMs
  }

  /** Events do not reach us any more, for good: what was missed is not told later. */
  forget(): void {
    this.#sinceMs = null
    this.#heard.clear()
  }

  started(cameraId: CameraId, time: string): void {
    const beginMs = this.#instant(time)
    const list = this.#heard.get(cameraId) ?? []
    const last = list.at(-1)
    if (last?.beginMs === beginMs) last.endMs = null
    else if (last?.endMs !== null) list.push({ beginMs, endMs: null })
    this.#heard.set(cameraId, list.slice(-MOST))
  }

  stopped(cameraId: CameraId, time: string): void {
    const last = this.#heard.get(cameraId)?.at(-1)
    if (last && last.endMs === null) last.endMs = this.#instant(time)
  }

  of({ cameraId, fromMs, toMs }: SequencesWish): { known: Span | null; spans: Span[] } {
    const nowMs = this.#now()
    const spans = (this.#heard.get(cameraId) ?? [])
      .map(({ beginMs, endMs }) => ({ beginMs, endMs: endMs ?? nowMs }))
      .filter(({ beginMs, endMs }) => endMs > fromMs && beginMs < toMs)
    const beginMs = Math.max(fromMs, this.#sinceMs ?? nowMs)
    const endMs = Math.min(toMs, nowMs)
    return { known: endMs > beginMs ? { beginMs, endMs } : null, spans }
  }

  /** An event without a time is taken for one of now. */
  #instant(time: string): number {
    const ms = Date.parse(time)
    return Number.isNaN(ms) ? this.#now() : ms
  }
}
