import { frameFrom, timeOfFrame } from './recorded-frame.ts'

/** A stretch of time that is recorded, in ms since 1970; the end is not in it. */
interface RecordedSpan {
  beginMs: number
  endMs: number
}

/** How a recording is played; nothing of it changes while the session lives (xprotect-api.md 3.5). [V PROTO] */
export interface Playback {
  /** In ms since 1970. */
  startAtMs: number
  /** More than 0 and up to 32. */
  speed: number
  /** Whether the next sequence follows at once, or after nothing for the length of the gap. */
  skipGaps: boolean
  /** The stretch recorded at a moment or else the next after it, as far as is known now. */
  next: (fromMs: number) => RecordedSpan | undefined
  /** The server's clock: nothing after it is recorded. */
  nowMs: () => number
}

/** The farthest a first picture may lie from the moment asked for: signed 32 bits of milliseconds. [V PROTO README] */
const FARTHEST_MS = 2 ** 31 - 1
/** Where nothing more is recorded, it is asked again only after so long. */
const ASK_AGAIN_MS = 250
/** A picture may be early by the wall clock: timers that are a hair too soon would give none, and then two. */
const EARLY_MS = 10
/** What a process that was stopped catches up with at once; the rest follows at the next beat. */
const AT_MOST = 60

/** Says which recorded pictures are due: each picture of the recording once, in order, none for want of time left out. */
export class Playhead {
  readonly #playback: Playback
  readonly #framesPerStep: number
  /** At `wallMs` the recording stood at `mediaMs`. */
  #anchor: { wallMs: number; mediaMs: number } | undefined
  /** Number of the next picture, counted from 1970. */
  #nextFrame: number
  #span: RecordedSpan | undefined
  #askAgainMs = -Infinity
  #hasBegun = false

  /** `framesPerStep`: 1 for each picture, more where only every so manieth is sent. */
  constructor(playback: Playback, framesPerStep: number) {
    this.#playback = playback
    this.#framesPerStep = framesPerStep
    this.#nextFrame = frameFrom(playback.startAtMs)
  }

  /** Numbers of the pictures to be sent by now, `wallMs` of a steady clock. The first call starts the play. */
  due(wallMs: number): number[] {
    this.#anchor ??= { wallMs, mediaMs: timeOfFrame(this.#nextFrame) }
    const frames: number[] = []
    while (frames.length < AT_MOST && this.#isDue(wallMs)) {
      this.#hasBegun = true
      frames.push(this.#nextFrame)
      this.#nextFrame += this.#framesPerStep
    }
    return frames
  }

  /** Whether the next picture is due; where it was never recorded, the first after the gap takes its place. */
  #isDue(wallMs: number): boolean {
    for (let span = this.#spanHere(wallMs); span; span = this.#spanHere(wallMs)) {
      const atMs = timeOfFrame(this.#nextFrame)
      if (atMs >= span.beginMs) return this.#isReached(atMs, wallMs)
      this.#nextFrame = frameFrom(span.beginMs)
      if (this.#playback.skipGaps) this.#anchor = { wallMs, mediaMs: timeOfFrame(this.#nextFrame) }
    }
    return false
  }

  #isReached(atMs: number, wallMs: number): boolean {
    if (!this.#hasBegun && atMs - this.#playback.startAtMs > FARTHEST_MS) return false
    const { wallMs: sinceMs, mediaMs } = this.#anchor!
    return atMs <= mediaMs + (wallMs + EARLY_MS - sinceMs) * this.#playback.speed
  }

  /** The stretch with the next picture, or the next after it. The cameras are not overtaken: the play waits for them. */
  #spanHere(wallMs: number): RecordedSpan | undefined {
    const atMs = timeOfFrame(this.#nextFrame)
    if (this.#span && atMs < this.#span.endMs) return this.#span
    const nowMs = this.#playback.nowMs()
    if (atMs >= nowMs) {
      if (this.#playback.speed > 1) this.#anchor = { wallMs, mediaMs: nowMs }
      return undefined
    }
    if (wallMs < this.#askAgainMs) return undefined
    this.#span = this.#playback.next(atMs)
    if (!this.#span) this.#askAgainMs = wallMs + ASK_AGAIN_MS
    return this.#span
  }
}
