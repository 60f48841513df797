import type { CameraRef, SiteId, StreamId } from '../../src-preload/contract/models/ids.ts'
import type { Peers } from './attempt.ts'
import { nowMs } from './clock.ts'
import { GateKeeper } from './gate-keeper.ts'
import { Session } from './session.ts'
import type { SessionState } from './session-state.ts'
import type { NewSignalling } from './signalling.ts'
import { byUrgency, type Priority } from './site-gate.ts'
import type { SessionStats } from './stats.ts'

/** A session nobody holds any more lives this long, so that coming back costs nothing (go2rtc's grace). */
export const LINGER_MS = 5_000
/** After the computer woke up, a picture that has not moved within this time is taken for lost. */
const DOUBT_MS = 1_500

/** How one session fares, for a report. */
export interface SessionReport {
  name: string
  phase: SessionState['phase']
  /** From the beginning of the first attempt that succeeded to its first frame; `null` before. */
  firstFrameMs: number | null
  framesPainted: number
  stats: SessionStats | null
}

/** Which picture: a camera and one of its streams; `null` leaves the stream to the server. */
export interface Picture {
  camera: CameraRef
  streamId: StreamId | null
  /** Its microphone is to be heard too: another session than that of the picture alone. */
  withSound?: boolean
  /** What the log calls it. */
  name: string
  /** As the server says; 0 if unknown. */
  framesPerSecond: number
}

export interface PoolDeps {
  newSignalling: NewSignalling
  peers: Peers
  playable: ReadonlySet<string>
  isDrawn: () => boolean
  report: (level: 'info' | 'warn' | 'error', line: string) => void
  random?: () => number
}

/** One holder's share in a session. Two tiles with the same picture share one session; the last to let go ends it. */
export interface Lease {
  readonly state: SessionState
  /** Media of the present attempt: another object for every attempt, `null` before its track is there. */
  readonly stream: MediaStream | null
  /** What brings the sound of the present attempt; `null` where there is none. */
  readonly sound: RTCRtpReceiver | null
  /** When a frame was last seen, `nowMs()`; kept over attempts. */
  readonly lastFrameAtMs: number | null
  readonly stats: SessionStats | null
  /** Counts what this video paints as frames of the present stream, until the returned function is called. */
  watch(video: HTMLVideoElement): () => void
  prioritise(priority: Priority): void
  /** Begins anew after a failure for good. */
  retry(): void
  /** Gives the share back; the session lingers. Does nothing the second time. */
  release(): void
}

export interface PoolCounts {
  sessions: number
  playing: number
  leases: number
}

/** All pictures of the page: one session per camera and stream, shared by whoever shows it. */
export class SessionPool {
  readonly #deps: PoolDeps
  readonly #held = new Map<string, Held>()
  readonly #keepers = new Map<SiteId, GateKeeper>()

  constructor(deps: PoolDeps) {
    this.#deps = deps
  }

  get counts(): PoolCounts {
    const held = [...this.#held.values()]
    return {
      sessions: held.length,
      playing: held.filter(({ session }) => session.state.phase === 'playing').length,
      leases: held.reduce((sum, { shares }) => sum + shares.size, 0),
    }
  }

  /** Takes a share in a picture and opens its session if need be. `onChange` is told of every new state or stream. */
  lease(picture: Picture, priority: Priority, onChange: () => void): Lease {
    const held = this.#hold(picture, priority)
    const share: Share = { priority, onChange }
    held.shares.add(share)
    clearTimeout(held.linger)
    this.#prioritise(held)
    return leaseOf(held, share, {
      prioritise: () => this.#prioritise(held),
      retry: () => this.#open(held),
      release: () => this.#release(held),
    })
  }

  /** Opens a picture somebody will probably want in a moment. It ends by itself if nobody takes a share. */
  warm(picture: Picture): void {
    const held = this.#hold(picture, 'other')
    if (held.shares.size === 0) this.#linger(held)
  }

  /** A site is open again: what failed for good there may work now. */
  retrySite(siteId: SiteId): void {
    for (const held of this.#held.values()) if (held.siteId === siteId) this.#open(held)
  }

  /** The computer woke up or the network changed: waits no longer, and doubts every picture that does not move. */
  networkChanged(): void {
    for (const keeper of this.#keepers.values()) keeper.wake()
    const sinceMs = nowMs()
    setTimeout(() => this.#sessions().forEach((session) => session.doubt(sinceMs)), DOUBT_MS)
  }

  /** Asks every running session for its counters, one after the other, and tells how all of them fare. */
  async reports(): Promise<SessionReport[]> {
    const sessions = this.#sessions()
    for (const session of sessions) await session.sample()
    return sessions.map(({ name, state: { phase }, firstFrameMs, framesPainted, stats }) => {
      return { name, phase, firstFrameMs, framesPainted, stats }
    })
  }

  /** Sessions there are something to ask of, for the statistics. */
  get running(): Session[] {
    return this.#sessions().filter(({ state }) => state.phase === 'playing' || state.phase === 'stalled')
  }

  close(): void {
    for (const held of [...this.#held.values()]) this.#end(held)
  }

  #sessions(): Session[] {
    return [...this.#held.values()].map(({ session }) => session)
  }

  #hold(picture: Picture, priority: Priority): Held {
    const key = keyOf(picture)
    const known = this.#held.get(key)
    if (known) return known
    const { siteId } = picture.camera
    const keeper = this.#keeperOf(siteId)
    const session: Session = new Session({
      ...this.#deps,
      random: this.#random,
      name: picture.name,
      framesPerSecond: picture.framesPerSecond,
      withSound: picture.withSound ?? false,
      newSignalling: () =>
        this.#deps.newSignalling(picture.camera, picture.streamId, undefined, picture.withSound || undefined),
      mayStart: () => keeper.ask(key),
      onChange: (state) => {
        keeper.follow(key, state)
        for (const share of [...held.shares]) share.onChange()
      },
    })
    const held: Held = { key, siteId, session, keeper, priority, shares: new Set(), linger: undefined }
    this.#held.set(key, held)
    this.#open(held)
    return held
  }

  #open({ key, session, keeper, priority }: Held): void {
    if (session.state.phase !== 'idle' && session.state.phase !== 'failed') return
    keeper.want(key, session, priority)
    session.open()
  }

  #prioritise(held: Held): void {
    const [priority = 'other'] = [...held.shares].map((share) => share.priority).sort(byUrgency)
    if (priority === held.priority) return
    held.priority = priority
    held.keeper.prioritise(held.key, priority)
  }

  #release(held: Held): void {
    if (held.shares.size > 0) return this.#prioritise(held)
    // What failed for good is not worth keeping: whoever comes next shall try anew.
    if (held.session.state.phase === 'failed') return this.#end(held)
    this.#linger(held)
  }

  #linger(held: Held): void {
    clearTimeout(held.linger)
    held.linger = setTimeout(() => this.#end(held), LINGER_MS)
  }

  #end(held: Held): void {
    clearTimeout(held.linger)
    if (this.#held.get(held.key) === held) this.#held.delete(held.key)
    held.session.close()
  }

  #keeperOf(siteId: SiteId): GateKeeper {
    const known = this.#keepers.get(siteId)
    if (known) return known
    const keeper = new GateKeeper(this.#random, (line) => this.#deps.report('info', `site ${siteId} ${line}`))
    this.#keepers.set(siteId, keeper)
    return keeper
  }

  get #random(): () => number {
    return this.#deps.random ?? Math.random
  }
}

interface Share {
  priority: Priority
  readonly onChange: () => void
}

interface Held {
  readonly key: string
  readonly siteId: SiteId
  readonly session: Session
  readonly keeper: GateKeeper
  readonly shares: Set<Share>
  priority: Priority
  linger: ReturnType<typeof setTimeout> | undefined
}

const keyOf = ({ camera, streamId, withSound }: Picture): string =>
  `${camera.siteId} ${camera.cameraId} ${streamId ?? ''}${withSound ? ' with sound' : ''}`

function leaseOf(
  { session, shares }: Held,
  share: Share,
  pool: { prioritise: () => void; retry: () => void; release: () => void },
): Lease {
  return {
    get state() {
      return session.state
    },
    get stream() {
      return session.stream
    },
    get sound() {
      return session.sound
    },
    get lastFrameAtMs() {
      return session.lastFrameAtMs
    },
    get stats() {
      return session.stats
    },
    watch: (video) => session.watch(video),
    prioritise(priority) {
      share.priority = priority
      pool.prioritise()
    },
    retry: pool.retry,
    release: () => {
      if (shares.delete(share)) pool.release()
    },
  }
}
