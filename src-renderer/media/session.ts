import { failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import { runAttempt, type Peers } from './attempt.ts'
import { nowMs } from './clock.ts'
import { FrameWatch } from './frame-watch.ts'
import { next, type SessionEvent, type SessionState } from './session-state.ts'
import type { Signalling } from './signalling.ts'
import { compareCounters, videoCounters, type SessionStats, type VideoCounters } from './stats.ts'

const SILENT: Failure = { kind: 'unreachable', what: 'media', how: 'silent' }

/** Decides when an attempt may begin: `true`, or the instant to ask again and the reason. */
export type MayStart = () => true | { until: number; because: Failure }

export interface SessionDeps {
  /** What the log calls the camera. */
  name: string
  framesPerSecond: number
  /** It is asked for with sound. */
  withSound: boolean
  newSignalling: () => Signalling
  peers: Peers
  playable: ReadonlySet<string>
  isDrawn: () => boolean
  mayStart: MayStart
  /** The state or the stream is another. */
  onChange: (state: SessionState) => void
  report: (level: 'info' | 'warn' | 'error', line: string) => void
  random: () => number
}

/**
 * One camera's picture: carries out what `next` decides.
 *
 * One attempt is one peer and one AbortController, never used again: late answers of an old attempt find it aborted.
 */
export class Session {
  readonly #deps: SessionDeps
  #state: SessionState = { phase: 'idle' }
  #timer: ReturnType<typeof setTimeout> | undefined
  #attempt = new AbortController()
  #painted = Promise.withResolvers<void>()
  #peer: RTCPeerConnection | null = null
  #stream: MediaStream | null = null
  #sound: RTCRtpReceiver | null = null
  #watch: FrameWatch | null = null
  #lastFrameAtMs: number | null = null
  #counters: VideoCounters | null = null
  #stats: SessionStats | null = null
  #firstFrameMs: number | null = null

  constructor(deps: SessionDeps) {
    this.#deps = deps
  }

  get name(): string {
    return this.#deps.name
  }

  get state(): SessionState {
    return this.#state
  }

  /** The media of the present attempt; another object for every attempt, `null` before its track is there. */
  get stream(): MediaStream | null {
    return this.#stream
  }

  /** What brings the sound of the present attempt; `null` where the server sends none. */
  get sound(): RTCRtpReceiver | null {
    return this.#sound
  }

  /** When a frame was last seen, in this attempt or an earlier one; `nowMs()`. */
  get lastFrameAtMs(): number | null {
    return this.#watch?.lastFrameAtMs ?? this.#lastFrameAtMs
  }

  /** From the beginning of the first attempt that succeeded to its first frame. */
  get firstFrameMs(): number | null {
    return this.#firstFrameMs
  }

  /** Frames painted in the present attempt, as of the last look. */
  get framesPainted(): number {
    return this.#watch?.framesPainted ?? 0
  }

  get rtpTimestamp(): number | null {
    return this.#watch?.rtpTimestamp ?? null
  }

  /** The last sample; `null` until there is one of the present attempt. */
  get stats(): SessionStats | null {
    return this.#stats
  }

  /** Counts what this video paints as frames of the present attempt, until the returned function is called. */
  watch(video: HTMLVideoElement): () => void {
    return this.#watch?.attach(video) ?? (() => {})
  }

  /** Begins, or begins anew after a failure for good, as soon as the site's gate allows. */
  open(): void {
    if (this.#state.phase === 'idle' || this.#state.phase === 'failed') this.#startIfAllowed('opened')
  }

  close(): void {
    this.happen({ type: 'closed' })
  }

  /** The one entrance: everything that happens to a session comes through here. */
  happen(event: SessionEvent): void {
    const before = this.#state
    const after = next(before, event, nowMs(), this.#deps.random())
    if (after === before) return
    this.#state = after
    this.#setTimer(after)
    if (after.phase === 'waiting' || after.phase === 'failed' || after.phase === 'idle') this.#end()
    if (after.phase === 'connecting') this.#begin()
    if (before.phase === 'connecting' && after.phase === 'playing') {
      this.#firstFrameMs ??= after.since - before.since
      this.#painted.resolve()
    }
    this.#log(before, after)
    this.#deps.onChange(after)
  }

  /** After sleep or a change of network: a picture that has not moved since then is taken for lost. */
  doubt(sinceMs: number): void {
    if (this.#state.phase !== 'playing' && this.#state.phase !== 'stalled') return
    if ((this.lastFrameAtMs ?? 0) < sinceMs) this.happen({ type: 'lost', because: SILENT })
  }

  /** Asks the peer for its counters. Costs the page some time: the pool spreads these calls. */
  async sample(): Promise<void> {
    const peer = this.#peer
    const report = await peer?.getStats()
    if (!report || peer !== this.#peer) return
    const counters = videoCounters(report)
    this.#stats = compareCounters(this.#counters, counters)
    this.#counters = counters
  }

  #setTimer(state: SessionState): void {
    clearTimeout(this.#timer)
    if (!('until' in state)) return
    this.#timer = setTimeout(() => this.#onTime(state.phase), Math.max(0, Math.ceil(state.until - nowMs())))
  }

  #onTime(phase: SessionState['phase']): void {
    if (phase === 'waiting') return this.#startIfAllowed('deadline')
    this.happen({ type: 'deadline' })
  }

  #startIfAllowed(type: 'opened' | 'deadline'): void {
    const answer = this.#deps.mayStart()
    this.happen(answer === true ? { type } : { type: 'held', ...answer })
  }

  #begin(): void {
    this.#attempt = new AbortController()
    this.#painted = Promise.withResolvers()
    const { signal } = this.#attempt
    const { newSignalling, peers, playable, withSound } = this.#deps
    const attempt = {
      signalling: newSignalling(),
      peers,
      playable,
      painted: this.#painted.promise,
      onPeer: (peer: RTCPeerConnection) => (this.#peer = peer),
      onVideo: (track: MediaStreamTrack) => this.#show(track),
      // Before the first frame, as the tracks come with the description: who is told of that finds it here.
      onSound: withSound ? (receiver: RTCRtpReceiver) => void (this.#sound = receiver) : undefined,
    }
    runAttempt(attempt, signal).catch((error: unknown) => {
      if (!signal.aborted) this.happen({ type: 'lost', because: failureOf(error) })
    })
  }

  #show(track: MediaStreamTrack): void {
    const peer = this.#peer
    this.#stream = new MediaStream([track])
    this.#watch = new FrameWatch({
      decodedFrames: async () => (peer ? videoCounters(await peer.getStats()).framesDecoded : 0),
      isDrawn: this.#deps.isDrawn,
      framesPerSecond: this.#deps.framesPerSecond,
      onEdge: (type) => this.happen({ type }),
    })
    this.#deps.onChange(this.#state)
  }

  #end(): void {
    this.#lastFrameAtMs = this.lastFrameAtMs
    this.#watch?.stop()
    this.#attempt.abort()
    this.#watch = null
    this.#stream = null
    this.#sound = null
    this.#peer = null
    this.#counters = null
    this.#stats = null
  }

  #log(before: SessionState, after: SessionState): void {
    const { name, report } = this.#deps
    if (after.phase === 'playing' && before.phase === 'connecting')
      report(
        'info',
        `camera ${name} playing after ${(after.since - before.since).toFixed(0)} ms (attempt ${after.attempt})`,
      )
    if (after.phase === 'playing' && before.phase === 'stalled') report('info', `camera ${name} moves again`)
    if (after.phase === 'stalled') report('warn', `camera ${name} stands still`)
    if (after.phase === 'waiting' && before.phase !== 'waiting')
      report('warn', `camera ${name} lost (attempt ${after.attempt}): ${inWords(after.because)}`)
    if (after.phase === 'failed') report('error', `camera ${name} given up: ${inWords(after.because)}`)
    if (after.phase === 'idle') report('info', `camera ${name} closed`)
  }
}

/** A failure as one line for the log. */
const inWords = (because: Failure): string =>
  Object.values(because)
    .filter((part) => typeof part === 'string' || typeof part === 'number')
    .join(' ')
