import { AppError, type Failure } from '../../../src-preload/contract/failure.ts'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import type { IceCandidate } from '../../../src-preload/contract/models/session.ts'
import type { Peers } from '../../../src-renderer/media/attempt.ts'
import type { Offer, Signalling } from '../../../src-renderer/media/signalling.ts'

/** An H.264 offer with a data channel, cut down to the lines that are read. */
export const H264_OFFER = `v=0
m=video 9 UDP/TLS/RTP/SAVP 104
a=rtpmap:104 H264/90000
a=fmtp:104 profile-level-id=42e01f;packetization-mode=1
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
`
/** The same with the sound of a microphone before it. */
export const SOUND_OFFER = H264_OFFER.replace('m=video', 'm=audio 9 UDP/TLS/RTP/SAVP 0\na=rtpmap:0 PCMU/8000\nm=video')
export const H265_OFFER = H264_OFFER.replaceAll('H264', 'H265')

export const camera = {
  siteId: '11111111-1111-4111-8111-111111111111',
  cameraId: '22222222-2222-4222-8222-222222222222',
} as CameraRef

/** Lets every promise that can settle without time passing settle. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

/** What opens a session whose offer is ours to make. */
export const OURS: Offer = { sdp: null, iceServers: [] }

/** A road whose server answers as the test says. */
export class FakeSignalling implements Signalling {
  readonly said: string[] = []
  readonly ended: Promise<Failure>
  end: (because: Failure) => void = () => {}
  opens: Promise<Offer> | Failure | string
  found: IceCandidate[] = []

  /** The offer, the promise of one, or why there is none. */
  constructor(offer: Promise<Offer> | Failure | string = H264_OFFER) {
    this.opens = offer
    this.ended = new Promise((resolve) => (this.end = resolve))
  }

  async open(): Promise<Offer> {
    this.said.push('open')
    if (typeof this.opens === 'string') return { sdp: this.opens, iceServers: [] }
    if ('kind' in this.opens) throw new AppError(this.opens)
    return this.opens
  }

  async answer(sdp: string): Promise<void> {
    this.said.push(`answer ${sdp}`)
  }

  async offer(sdp: string): Promise<string> {
    this.said.push(`offer ${sdp}`)
    return 'the answer of the server'
  }

  async addCandidate({ candidate }: IceCandidate): Promise<void> {
    this.said.push(`candidate ${candidate}`)
  }

  async *candidates(): AsyncGenerator<IceCandidate> {
    yield* this.found
  }

  async close(): Promise<void> {
    this.said.push('close')
  }
}

interface FakeChannel {
  label: string
  protocol: string | undefined
  onopen: (() => void) | null
  onclosing: (() => void) | null
  onclose: (() => void) | null
}

/** As much of RTCPeerConnection as a session uses. */
export class FakePeer {
  ontrack: ((event: { track: { kind: string }; receiver?: unknown }) => void) | null = null
  /** Of the sound. */
  readonly receiver = { of: this }
  onicecandidate: ((event: { candidate: unknown }) => void) | null = null
  onconnectionstatechange: (() => void) | null = null
  connectionState = 'new'
  localDescription: { sdp: string } | null = null
  isClosed = false
  framesDecoded = 0
  readonly channels: FakeChannel[] = []
  readonly candidates: string[] = []
  iceGatheringState = 'new'
  iceConnectionState = 'new'
  readonly transceivers: string[] = []
  readonly listeners = new Set<() => void>()
  remoteSdp = ''
  refuses: Error | null = null

  async setRemoteDescription({ sdp }: { sdp: string }): Promise<void> {
    if (this.refuses) throw this.refuses
    this.remoteSdp = sdp
    if (sdp.includes('m=audio')) this.ontrack?.({ track: { kind: 'audio' }, receiver: this.receiver })
    this.ontrack?.({ track: { kind: 'video' } })
  }

  async setLocalDescription(): Promise<void> {
    this.localDescription = { sdp: this.transceivers.length > 0 ? 'our offer' : 'the answer' }
  }

  addTransceiver(kind: string, { direction }: { direction: string }): void {
    this.transceivers.push(`${kind} ${direction}`)
  }

  addEventListener(_name: string, listener: () => void): void {
    this.listeners.add(listener)
  }

  removeEventListener(_name: string, listener: () => void): void {
    this.listeners.delete(listener)
  }

  /** Its offer has all the candidates there will be. */
  gathered(): void {
    this.iceGatheringState = 'complete'
    for (const listener of this.listeners) listener()
  }

  async addIceCandidate({ candidate }: { candidate: string }): Promise<void> {
    this.candidates.push(candidate)
    if (candidate === 'bad') throw new Error('no such address')
  }

  createDataChannel(label: string, options?: { protocol?: string }): FakeChannel {
    const channel: FakeChannel = { label, protocol: options?.protocol, onopen: null, onclosing: null, onclose: null }
    this.channels.push(channel)
    return channel
  }

  async getStats(): Promise<Map<string, unknown>> {
    const inbound = { type: 'inbound-rtp', kind: 'video', framesDecoded: this.framesDecoded, bytesReceived: 1000 }
    return new Map([['inbound', inbound]])
  }

  close(): void {
    this.isClosed = true
  }

  fail(): void {
    this.connectionState = 'failed'
    this.onconnectionstatechange?.()
  }
}

/** Hands out fake peers and remembers them. */
export class FakePeers implements Peers {
  readonly made: FakePeer[] = []
  readonly take: Peers['take'] = () => {
    const peer = new FakePeer()
    this.made.push(peer)
    return peer as unknown as RTCPeerConnection
  }
  readonly close: Peers['close'] = (peer) => peer.close()

  get last(): FakePeer {
    const peer = this.made.at(-1)
    if (!peer) throw new Error('no peer was made')
    return peer
  }

  get open(): number {
    return this.made.filter((peer) => !peer.isClosed).length
  }
}

type FrameCallback = (now: number, frame: { presentedFrames: number; rtpTimestamp: number }) => void

/** As much of a video as a frame watch uses; `paint` is the engine painting a frame. */
export class FakeVideo {
  srcObject: unknown = null
  presented = 0
  #callbacks = new Map<number, FrameCallback>()
  #next = 1

  requestVideoFrameCallback(callback: FrameCallback): number {
    this.#callbacks.set(this.#next, callback)
    return this.#next++
  }

  cancelVideoFrameCallback(handle: number): void {
    this.#callbacks.delete(handle)
  }

  get isAsked(): boolean {
    return this.#callbacks.size > 0
  }

  paint(): void {
    this.presented++
    const callbacks = [...this.#callbacks.values()]
    this.#callbacks.clear()
    for (const callback of callbacks)
      callback(0, { presentedFrames: this.presented, rtpTimestamp: this.presented * 66 })
  }

  get asElement(): HTMLVideoElement {
    return this as unknown as HTMLVideoElement
  }
}

/** Stands in for the engine's class, which Node has not. */
export class FakeMediaStream {
  readonly tracks: unknown[]
  constructor(tracks: unknown[]) {
    this.tracks = tracks
  }
}
