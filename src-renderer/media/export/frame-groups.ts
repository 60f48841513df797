/** A picture as it was sent, and the moment it shows, epoch milliseconds by the server's clock. */
export interface SentFrame {
  atMs: number
  isKey: boolean
  bytes: Uint8Array<ArrayBuffer>
  /** 0 where it is not said. */
  widthPx: number
  heightPx: number
}

/** A key picture and what needs it, up to before the next one: what can be written, or asked for again, by itself. */
export type FrameGroup = readonly [SentFrame, ...SentFrame[]]

/**
 * Makes whole groups of frames that come from one session after the other. Each begins where the last whole group ended,
 * so that a cut costs nothing of what was written, and leaves no half of a group in it.
 */
export class FrameGroups {
  readonly #fromMs: number
  #resumeMs: number
  #hasAny = false
  #current: SentFrame[] = []

  /** From a moment; what a server sends of before it is kept as far as it is needed to decode it. */
  constructor(fromMs: number) {
    this.#fromMs = fromMs
    this.#resumeMs = fromMs
  }

  /** Where the next session has to begin. */
  get resumeMs(): number {
    return this.#resumeMs
  }

  /** A frame came. Gives the group that is whole by it; say so by `written` when it is safe. */
  take(frame: SentFrame): FrameGroup | null {
    if (!this.#isWanted(frame)) return null
    const isWhole = frame.isKey && this.#current.length > 0 && !this.#isBefore(frame)
    const whole = isWhole ? this.#current : null
    if (frame.isKey) this.#current = [frame]
    else this.#current.push(frame)
    return whole && groupOf(whole)
  }

  /** A group is safe: what comes next begins here. */
  written(nextMs: number): void {
    this.#hasAny = true
    this.#resumeMs = nextMs
  }

  /** Forgets what is not whole: it will come again. */
  restart(): void {
    this.#current = []
  }

  /** Nothing more comes: what there is of the last group. */
  finish(): FrameGroup | null {
    const last = this.#current
    this.#current = []
    return groupOf(last)
  }

  #isWanted({ atMs, isKey }: SentFrame): boolean {
    const newest = this.#current.at(-1)
    if (newest) return atMs > newest.atMs
    return isKey && (!this.#hasAny || atMs >= this.#resumeMs)
  }

  /** Of several groups before the beginning only the last is needed. */
  #isBefore(key: SentFrame): boolean {
    return !this.#hasAny && key.atMs <= this.#fromMs
  }
}

const groupOf = ([first, ...others]: SentFrame[]): FrameGroup | null => (first ? [first, ...others] : null)
