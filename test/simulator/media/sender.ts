import { Band } from './band/band.ts'
import { BandSliceWriter } from './band/slice.ts'
import { bandText, type BandWords } from './band/text.ts'
import type { Clip } from './clips/file.ts'
import { GROUP_LENGTH } from './clips/encode.ts'
import { paceOf, type Pace } from './pace.ts'
import type { Peer, PeerState } from './peer/peer.ts'
import { Playhead, type Playback } from './playhead.ts'
import type { Pulse } from './pulse.ts'
import { recordedFrame, RECORDED_FRAMES_PER_SECOND, timeOfFrame } from './recorded-frame.ts'
import { Reel } from './reel.ts'
import type { RtpStream } from './rtp/stream.ts'
import type { SoundSender } from './sound/sound-sender.ts'
import { encodeCode } from './strip.ts'

/** What a session has done so far. */
export interface SenderStats {
  framesSent: number
  /** RTP packets made, those that were lost on purpose too; without those sent again. */
  packetsSent: number
  /** Feedback packets that asked for lost packets, and for a key frame. */
  nacks: number
  plis: number
  /** The F number of the last picture; also in the strip. Of a recording it is the picture's own: recorded-frame.ts. */
  counter: number
  /** RTP packets of sound. */
  soundPacketsSent: number
}

/** One session's pictures, from connection to close. */
export interface Sender {
  /** The SDP text itself, without the JSON around it. */
  readonly offerSdp: string
  /** To a client's own offer; empty where the server made it. */
  readonly answerSdp: string
  /** All of them, "candidate:…"; the offer has them too. They belong to mid 0. */
  readonly candidates: readonly string[]
  readonly state: PeerState
  /** It sends sound too. */
  readonly hasSound: boolean
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
  cameraNumber: number
  name: string
  /** Moves this camera's loop against that of others with the same clip. */
  phaseMs: number
  framesPerSecond: number
  /** null is live; otherwise a recording. */
  playback: (Playback & PlaybackFaults) | null
}

/** What goes wrong with a recording that is played. */
export interface PlaybackFaults {
  /** The server looks for the first picture so long; 0: it has it at once. */
  seekMs: number
  /** After so many pictures no more come, while the connection lives; Infinity: all come. */
  stopsAfter: number
}

/** A recording is looked at so often at least: after a gap its pictures shall not be late. */
const LONGEST_BEAT_MS = 66
const SOUND_BEAT_MS = 20

/** Sends a clip with live text to one peer. Made by `media.openSender`. */
export class ClipSender implements Sender {
  lossPercent = 0
  #state: PeerState = 'new'
  #peer: Peer | undefined
  #clip: { reel: Reel; band: Band; writer: BandSliceWriter } | undefined
  #isFrozen = false
  #startedMs: number | undefined
  #framesSent = 0
  #counter = 0
  #lastFrame: number | undefined
  #endBeats: (() => void)[] = []
  readonly #showing: Showing
  readonly #pace: Pace
  readonly #playhead: Playhead | undefined
  readonly #pulse: Pulse
  readonly #rtp: RtpStream
  readonly #sound: SoundSender | undefined
  readonly #stateListeners = new Set<(state: PeerState) => void>()
  readonly #commandListeners = new Set<(text: string) => void>()

  constructor(parts: {
    showing: Showing
    pulse: Pulse
    rtp: RtpStream
    clip: Clip | null
    sound?: SoundSender | undefined
  }) {
    this.#showing = parts.showing
    this.#pulse = parts.pulse
    this.#rtp = parts.rtp
    this.#sound = parts.sound
    const { playback, framesPerSecond } = parts.showing
    this.#pace = paceOf(playback ? RECORDED_FRAMES_PER_SECOND : framesPerSecond, playback?.speed ?? 1)
    if (playback) this.#playhead = new Playhead(playback, this.#pace.isKeysOnly ? GROUP_LENGTH : 1)
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

  get answerSdp(): string {
    return this.#peer?.answerSdp ?? ''
  }

  get candidates(): readonly string[] {
    return this.#peer?.candidates ?? []
  }

  get hasSound(): boolean {
    return this.#peer?.hasSound ?? false
  }

  /** Undefined where nobody has a place for it. */
  get #heard(): SoundSender | undefined {
    return this.hasSound ? this.#sound : undefined
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
    if (this.#isFrozen && !on) this.#seekTo(Date.now())
    this.#isFrozen = on
  }

  stats(): SenderStats {
    const { packetsSent: soundPacketsSent = 0 } = this.#sound ?? {}
    return { framesSent: this.#framesSent, ...this.#rtp.counts, counter: this.#counter, soundPacketsSent }
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
    if (state === 'failed' || state === 'closed') for (const end of this.#endBeats) end()
    for (const listener of this.#stateListeners) listener(state)
  }

  hearCommand(text: string): void {
    for (const listener of this.#commandListeners) listener(text)
  }

  hearKeyRequest(): void {
    this.#clip?.reel.seekKey()
  }

  #begin(): void {
    if (this.#endBeats.length > 0 || !this.#clip) return
    const startedMs = Date.now()
    this.#startedMs = startedMs
    this.#seekTo(startedMs)
    const { everyMs } = this.#pace
    if (this.#playhead) {
      this.#endBeats = [this.#pulse.start(Math.min(everyMs, LONGEST_BEAT_MS), (nowMs) => this.#sendRecorded(nowMs))]
      return
    }
    this.#endBeats = [this.#pulse.start(everyMs, (nowMs) => this.#sendLive(nowMs))]
    if (this.#heard) this.#endBeats.push(this.#hear(this.#heard, startedMs))
  }

  #hear(sound: SoundSender, startedMs: number): () => void {
    let heardMs = startedMs
    return this.#pulse.start(SOUND_BEAT_MS, (nowMs) => {
      const isSilent = this.#isFrozen || this.#state !== 'connected'
      if (!isSilent) sound.send({ fromMs: heardMs, toMs: nowMs, zeroMs: startedMs })
      heardMs = nowMs
    })
  }

  /** The clip's pictures belong to moments: the same moment, the same picture. */
  #seekTo(shownMs: number): void {
    const { phaseMs, framesPerSecond } = this.#showing
    this.#clip?.reel.seek(shownMs + phaseMs, framesPerSecond)
  }

  #sendLive(nowMs: number): void {
    if (this.#isFrozen || this.#state !== 'connected') return
    this.#counter = (this.#framesSent + 1) & 0xffff
    this.#send(nowMs, {
      text: { shownMs: nowMs, counter: this.#framesSent + 1 },
      code: encodeCode(this.#counter, nowMs),
      timestamp: Math.round(nowMs - (this.#startedMs ?? nowMs)),
    })
  }

  /** While frozen or stopped the recording goes on unseen. */
  #sendRecorded(nowMs: number): void {
    const { playback } = this.#showing
    if (!playback || this.#state !== 'connected' || nowMs < (this.#startedMs ?? nowMs) + playback.seekMs) return
    for (const frame of this.#playhead!.due(performance.now())) {
      if (this.#isFrozen || this.#framesSent >= playback.stopsAfter) continue
      this.#sendFrame(frame, playback, nowMs)
    }
  }

  /**
   * The timestamp is in milliseconds of recording since the moment asked for, although the codec's clock is 90 kHz [V
   * PROTO, xprotect-api.md 3.6]. That it follows the recording at speeds other than 1 is inferred there, not seen.
   */
  #sendFrame(frame: number, { startAtMs, speed }: Playback, nowMs: number): void {
    const { counter, recordedMs } = recordedFrame(this.#showing.cameraNumber, frame)
    const isNext = this.#lastFrame !== undefined && frame === this.#lastFrame + 1
    if (!isNext) this.#seekTo((frame * 1000) / RECORDED_FRAMES_PER_SECOND + 1) // a millisecond past its border
    this.#lastFrame = frame
    this.#counter = counter
    this.#send(nowMs, {
      text: { shownMs: recordedMs, counter, speed },
      code: encodeCode(counter, recordedMs),
      timestamp: Math.round(recordedMs - startAtMs),
    })
    // What was heard while the picture stood: gaps are silent, and what skips them takes the sound along.
    this.#heard?.send({ fromMs: recordedMs, toMs: timeOfFrame(frame + 1), zeroMs: startAtMs })
  }

  #send(nowMs: number, shown: { text: BandWords; code: number[]; timestamp: number }): void {
    if (!this.#clip) return
    const { reel, band, writer } = this.#clip
    const picture = reel.take()
    this.#framesSent++
    band.show(bandText(this.#showing.name, shown.text, band.columns), shown.code)
    const slices = [writer.write(picture.bandHeader, band), ...picture.below]
    this.#rtp.lossPercent = this.lossPercent
    this.#rtp.sendPicture(picture.isKey ? [...picture.parameterSets, ...slices] : slices, shown.timestamp, nowMs)
  }
}
