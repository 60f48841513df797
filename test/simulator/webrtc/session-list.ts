import { randomUUID } from 'node:crypto'
import type { ServerClock } from '../clock.ts'
import type { Faults } from '../control/faults.ts'
import type { Rights } from '../identity/rights.ts'
import type { AccessToken } from '../identity/tokens.ts'
import type { Ledger } from '../ledger.ts'
import type { Sender, SenderOptions } from '../media/index.ts'
import type { Profile } from '../options.ts'
import type { Archive } from '../recording/archive.ts'
import type { SiteMicrophone } from '../site/microphones.ts'
import type { Site, SiteCamera, SiteStream } from '../site/site.ts'
import type { PlaybackWish } from './playback-wish.ts'
import type { SessionCounts } from './session-counts.ts'
import { carriesSound } from './sound.ts'

export type Road = 'rest' | 'ws' | 'single-shot'

/** One WebRTC session, whichever way it was asked for. */
export interface VideoSession {
  id: string
  camera: SiteCamera
  stream: SiteStream
  road: Road
  startedAt: string
  /** null: live. */
  playback: PlaybackWish | null
  sender: Sender
  /** As the client sent it, or as it was given to the client's own offer; null until then. */
  answer: string | null
  expiresAtMs: number
}

/** What a session was asked with. */
export interface SessionWish {
  deviceId: string
  streamId: string
  road: Road
  token: AccessToken
  playback: PlaybackWish | 'live'
  includeAudio: boolean
  /** The client's own offer, where it makes one. */
  offer?: string
  /** Told once, when the server lets go of the session. */
  onEnded?: (why: string) => void
}

/** Why no session came to be. */
export interface SessionRefusal {
  refused: true
  status: number
  text: string
}

interface SessionListDeps {
  site: Site
  rights: Rights
  clock: ServerClock
  faults: Faults
  ledger: Ledger
  archive: Archive
  counts: SessionCounts
  profile: Profile
  microphones: readonly SiteMicrophone[]
  openSender: (options: SenderOptions) => Promise<Sender>
}

/** A session nobody answers is let go after so long. [?] */
const UNANSWERED_MS = 60_000
const LONGEST_TIMER_MS = 2 ** 31 - 1

interface Held {
  session: VideoSession
  timer: NodeJS.Timeout | undefined
  onEnded: ((why: string) => void) | undefined
}

/** All sessions of the server. REST and WebSocket open them alike and see each other's. */
export class SessionList {
  readonly #held = new Map<string, Held>()
  readonly #deps: SessionListDeps

  constructor(deps: SessionListDeps) {
    this.#deps = deps
  }

  async open(wish: SessionWish): Promise<VideoSession | SessionRefusal> {
    const { site, rights, faults, ledger, counts, openSender } = this.#deps
    const playback = wish.playback === 'live' ? null : wish.playback
    const camera = site.cameras.find(({ id }) => id === wish.deviceId.toLowerCase())
    const mayView = camera !== undefined && rights.may(wish.token.user, playback ? 'PLAYBACK' : 'VIEW_LIVE', camera)
    // [?] what one without the right to see it is told; that the server does not let on that it is there is assumed.
    if (!mayView || camera.purpose === 'disabled') return refused(400, `Device ${wish.deviceId} was not found.`)
    const stream = wish.streamId === '' ? liveStream(camera) : streamOf(camera, wish.streamId)
    if (!stream) return refused(400, `Stream ${wish.streamId} was not found on device ${camera.id}.`)
    // [V] a masked camera's output is JPEG; the status and the words are [?].
    if (camera.purpose === 'masked') return refused(500, 'Streaming from cameras with a privacy mask is not supported.')
    const fault = faults.sessionRefusal(camera, this.#held.size, playback !== null)
    if (fault) return refused(fault.status, fault.text)
    // [?] the status and the words; that a time with no later recording is refused is what a customer's client relies on.
    if (playback && !this.#deps.archive.next(camera, playback.startAtMs))
      return refused(400, 'No recordings were found.')

    const codec = faults.isH265Only(camera) ? 'H265' : stream.codec
    const { widthPx, heightPx, framesPerSecond } = stream
    const sender = await openSender({
      camera,
      stream: { widthPx, heightPx, framesPerSecond, codec },
      clientOffer: wish.offer,
      withSound: carriesSound(this.#deps, { user: wish.token.user, camera, playback, includeAudio: wish.includeAudio }),
      neverConnect: faults.neverConnects(camera),
      playback: playback ? this.#recordingOf(camera, playback) : undefined,
    })
    const session: VideoSession = {
      id: randomUUID(),
      camera,
      stream: { ...stream, codec },
      road: wish.road,
      startedAt: new Date().toISOString(),
      playback,
      sender,
      answer: wish.offer === undefined ? null : sender.answerSdp,
      expiresAtMs: wish.token.expiresAtMs,
    }
    const held: Held = { session, timer: undefined, onEnded: wish.onEnded }
    this.#held.set(session.id, held)
    ledger.sessionsEverOpened++
    counts.opened(camera)
    sender.onState((state) => {
      if (state === 'failed' || state === 'closed') this.end(session.id, 'The peer connection is closed.')
    })
    this.#arm(held)
    this.#applyFaults(session)
    return session
  }

  find(id: string): VideoSession | undefined {
    return this.#held.get(id.toLowerCase())?.session
  }

  live(): VideoSession[] {
    return [...this.#held.values()].map(({ session }) => session)
  }

  /** Throws where the text is no answer. */
  answer(session: VideoSession, sdp: string): void {
    if (session.answer !== null) throw new Error('The session has been answered already.')
    session.sender.answer(sdp)
    session.answer = sdp
    const held = this.#held.get(session.id)
    if (held) this.#arm(held)
  }

  /** The session now lives as long as this token. */
  renew(session: VideoSession, token: AccessToken): void {
    session.expiresAtMs = token.expiresAtMs
    const held = this.#held.get(session.id)
    if (held) this.#arm(held)
  }

  end(id: string, why: string): void {
    const held = this.#held.get(id)
    if (!held) return
    this.#held.delete(id)
    this.#deps.counts.ended(held.session.camera)
    clearTimeout(held.timer)
    held.session.sender.close()
    held.onEnded?.(why)
  }

  endAll(why: string, isMeant: (session: VideoSession) => boolean = () => true): number {
    const meant = this.live().filter(isMeant)
    for (const { id } of meant) this.end(id, why)
    return meant.length
  }

  /** The server's clock made a step: tokens run out sooner or later than they were going to. */
  rearm(): void {
    for (const held of this.#held.values()) this.#arm(held)
  }

  /** Lets standing faults act on what runs already. */
  applyFaults(): void {
    for (const session of this.live()) this.#applyFaults(session)
  }

  #recordingOf(camera: SiteCamera, wish: PlaybackWish): SenderOptions['playback'] {
    const { archive, clock, faults } = this.#deps
    return {
      ...wish,
      next: (fromMs) => archive.next(camera, fromMs),
      nowMs: clock.now,
      seekMs: faults.seekMs(camera),
      stopsAfter: faults.playbackStopsAfter(camera),
    }
  }

  #applyFaults({ camera, sender }: VideoSession): void {
    sender.freeze(this.#deps.faults.isFrozen(camera))
    sender.lossPercent = this.#deps.faults.lossPercent(camera)
  }

  /** One timer: for the answer first, then for the token. That sessions end with their token is assumed. [?] */
  #arm(held: Held): void {
    clearTimeout(held.timer)
    const { id, answer, expiresAtMs } = held.session
    const untilExpiryMs = Math.max(0, expiresAtMs - this.#deps.clock.now())
    const isWaiting = answer === null && UNANSWERED_MS < untilExpiryMs
    const why = isWaiting ? 'No answer was received.' : 'The token has expired.'
    const afterMs = isWaiting ? UNANSWERED_MS : untilExpiryMs
    held.timer = setTimeout(() => this.end(id, why), Math.min(afterMs, LONGEST_TIMER_MS))
    held.timer.unref()
  }
}

const refused = (status: number, text: string): SessionRefusal => ({ refused: true, status, text })

const liveStream = (camera: SiteCamera): SiteStream | undefined => camera.streams.find((stream) => stream.liveDefault)

const streamOf = (camera: SiteCamera, id: string): SiteStream | undefined =>
  camera.streams.find((stream) => stream.id === id.toLowerCase())
