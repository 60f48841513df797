import { Band } from './band/band.ts'
import { BandSliceWriter } from './band/slice.ts'
import { bandText } from './band/text.ts'
import type { Clip } from './clips/file.ts'
import { paceOf, type Pace } from './pace.ts'
import type { Peer, PeerState } from './peer/peer.ts'
import type { Pulse } from './pulse.ts'
import { Reel } from './reel.ts'
import type { RtpStream } from './rtp/stream.ts'
import { encodeCode } from './strip.ts'

/** What a session has done so far. */
export interface SenderStats {
  framesSent: number
  /** RTP packets made, those that were lost on purpose too; without those sent again. */
  packetsSent: number
  /** Feedback packets that asked for lost packets, and for a key frame. */
  nacks: number
  plis: number
  /** The F number of the last picture; also in the strip. */
  counter: number
}

/** One session's pictures, from connection to close. */
export interface Sender {
  /** The SDP text itself, without the JSON around it. */
  readonly offerSdp: string
  /** All of them, "candidate:…"; the offer has them too. They belong to mid 0. */
  readonly candidates: readonly string[]
  readonly state: PeerState
  /** Share of packets that never arrive, 0 to 100. */
  lossPercent: number
  /** Takes the client's answer (SDP text). Throws where it is not one. */
  answer: (sdp: string) => void
  /** Takes a client's candidate; all but this machine's own are dropped, names (*.local) too. */
  addCandidate: (candidate: string, mid: string) => void
  /** Hears each change of state; returns what ends the hearing. */
  onState: (listener: (state: PeerState) => void) => () => void
  /** Hears each text the client sends on its channel `commands`; returns what ends the hearing. */
  onCommand: (listener: (text: string) => void) => () => void
  /** Stops the pictures while the connection lives, or lets them go on with the next key picture. */
  freeze: (on: boolean) => void
  stats: () => SenderStats
  /** Ends the session; more often does no harm. */
  close: () => void
}

/** What a session shows. */
export interface Showing {
  name: string
  /** Moves this camera's loop against that of others with the same clip. */
  phaseMs: number
  framesPerSecond: number
  /** null is live; otherwise a recording from that moment on. */
  playback: { startAtMs: number; speed: number } | null
}

/** Sends a clip with live text to one peer. Made by `media.openSender`. */
export class ClipSender implements Sender {
  lossPercent = 0
  #state: PeerState = 'new'
  #peer: Peer | undefined
  #clip: { reel: Reel; band: Band; writer: BandSliceWriter } | undefined
  #isFrozen = false
  #startedMs: number | undefined
  #framesSent = 0
  #endBeat: (() => void) | undefined
  readonly #showing: Showing
  readonly #pace: Pace
  readonly #pulse: Pulse
  readonly #rtp: RtpStream
  readonly #stateListeners = new Set<(state: PeerState) => void>()
  readonly #commandListeners = new Set<(text: string) => void>()

  constructor(parts: { showing: Showing; pulse: Pulse; rtp: RtpStream; clip: Clip | null }) {
    this.#showing = parts.showing
    this.#pulse = parts.pulse
    this.#rtp = parts.rtp
    this.#pace = paceOf(parts.showing.framesPerSecond, parts.showing.playback?.speed ?? 1)
    if (!parts.clip) return
    const band = new Band(parts.clip.backdrop, parts.clip.widthPx)
    this.#clip = { reel: new Reel(parts.clip), band, writer: new BandSliceWriter(band.widthMbs) }
  }

  /** Gives the sender the connection it was made for. */
  attach(peer: Peer): void {
    this.#peer = peer
  }

  get offerSdp(): string {
    return this.#peer?.offerSdp ?? ''
  }

  get candidates(): readonly string[] {
    return this.#peer?.candidates ?? []
  }

  get state(): PeerState {
    return this.#state
  }

  answer(sdp: string): void {
    this.#peer?.answer(sdp)
  }

  addCandidate(candidate: string, mid: string): void {
    this.#peer?.addCandidate(candidate, mid)
  }

  onState(listener: (state: PeerState) => void): () => void {
    this.#stateListeners.add(listener)
    return () => this.#stateListeners.delete(listener)
  }

  onCommand(listener: (text: string) => void): () => void {
    this.#commandListeners.add(listener)
    return () => this.#commandListeners.delete(listener)
  }

  freeze(on: boolean): void {
    if (this.#isFrozen && !on) this.#seekToNow()
    this.#isFrozen = on
  }

  stats(): SenderStats {
    return { framesSent: this.#framesSent, ...this.#rtp.counts, counter: this.#framesSent & 0xffff }
  }

  close(): void {
    this.#peer?.close()
    this.hearState('closed')
  }

  /** The connection's own account of itself. */
  hearState(state: PeerState): void {
    if (state === this.#state || this.#state === 'closed') return
    this.#state = state
    if (state === 'connected') this.#begin()
    if (state === 'failed' || state === 'closed') this.#endBeat?.()
    for (const listener of this.#stateListeners) listener(state)
  }

  hearCommand(text: string): void {
    for (const listener of this.#commandListeners) listener(text)
  }

  hearKeyRequest(): void {
    this.#clip?.reel.seekKey()
  }

  #begin(): void {
    if (this.#endBeat || !this.#clip) return
    this.#startedMs = Date.now()
    this.#seekToNow()
    this.#endBeat = this.#pulse.start(this.#pace.everyMs, (nowMs) => this.#sendPicture(nowMs))
  }

  /** The moment a picture sent at `nowMs` shows: now, or the recording's time. */
  #shownMs(nowMs: number): number {
    const { playback } = this.#showing
    if (!playback) return nowMs
    return playback.startAtMs + (nowMs - (this.#startedMs ?? nowMs)) * playback.speed
  }

  #seekToNow(): void {
    const { phaseMs, framesPerSecond } = this.#showing
    this.#clip?.reel.seek(this.#shownMs(Date.now()) + phaseMs, framesPerSecond)
  }

  #sendPicture(nowMs: number): void {
    if (this.#isFrozen || !this.#clip || this.#state !== 'connected') return
    const { reel, band, writer } = this.#clip
    const picture = reel.take(this.#pace.isKeysOnly)
    const shownMs = this.#shownMs(nowMs)
    this.#framesSent++
    band.show(
      bandText(this.#showing.name, shownMs, this.#framesSent, band.columns),
      // Of a recording the moment it shows, by which a test knows the frame.
      encodeCode(this.#framesSent & 0xffff, Math.round(shownMs)),
    )
    const slices = [writer.write(picture.bandHeader, band), ...picture.below]
    this.#rtp.lossPercent = this.lossPercent
    this.#rtp.sendPicture(picture.isKey ? [...picture.parameterSets, ...slices] : slices, this.#timestamp(nowMs), nowMs)
  }

  /**
   * Milliseconds of recording since streaming started, although the codec's clock is 90 kHz [V PROTO, xprotect-api.md
   * 3.6]. That it follows the recording at speeds other than 1 is inferred there, not seen.
   */
  #timestamp(nowMs: number): number {
    const speed = this.#showing.playback?.speed ?? 1
    return Math.round((nowMs - (this.#startedMs ?? nowMs)) * speed)
  }
}
