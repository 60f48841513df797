import { PacketHistory } from './history.ts'
import { packetise } from './packetise.ts'
import { parseFeedback, senderReport } from './rtcp.ts'

/** Fits, with SRTP's tag, UDP and IP, into the 1280 bytes that every network carries. */
const MAX_PAYLOAD_BYTES = 1168
const HEADER_BYTES = 12
const REPORT_EACH_MS = 1000

/** One RTP stream to one receiver: packets out, reports each second, lost packets again. */
export class RtpStream {
  readonly ssrc: number
  /** Share of packets that never leave, in per cent: those sent again too. */
  lossPercent = 0
  /** What was done so far. */
  readonly counts = { packetsSent: 0, nacks: 0, plis: 0 }

  readonly #send: (packet: Buffer) => void
  readonly #onKeyRequest: () => void
  readonly #payloadType: number
  readonly #history = new PacketHistory()
  readonly #random: () => number
  #sequence = Math.floor(Math.random() * 0x8000)
  #octets = 0
  #reportedMs = -Infinity

  constructor(stream: {
    ssrc: number
    payloadType: number
    send: (packet: Buffer) => void
    onKeyRequest: () => void
    /** Decides which packets are lost; for tests. */
    random?: () => number
  }) {
    this.ssrc = stream.ssrc
    this.#payloadType = stream.payloadType
    this.#send = stream.send
    this.#onKeyRequest = stream.onKeyRequest
    this.#random = stream.random ?? Math.random
  }

  /** Sends one picture. `timestamp` is whatever the caller's clock means by it. */
  sendPicture(nals: readonly Uint8Array[], timestamp: number, nowMs: number): void {
    const payloads = packetise(nals, MAX_PAYLOAD_BYTES)
    payloads.forEach((parts, i) => this.#sendPacket(parts, timestamp, i === payloads.length - 1))
    if (nowMs - this.#reportedMs < REPORT_EACH_MS) return
    this.#reportedMs = nowMs
    const { packetsSent: packets } = this.counts
    this.#send(senderReport({ ssrc: this.ssrc, nowMs, rtpTimestamp: timestamp, packets, octets: this.#octets }))
  }

  /** Hears a receiver's RTCP: sends again what it misses, and passes on that it needs a key frame. */
  hear(packet: Uint8Array): void {
    for (const feedback of parseFeedback(packet)) {
      if (feedback.kind === 'key-frame') {
        this.counts.plis++
        this.#onKeyRequest()
        continue
      }
      this.counts.nacks++
      for (const sequence of feedback.sequences) this.#sendAgain(sequence)
    }
  }

  #sendPacket(parts: readonly Uint8Array[], timestamp: number, isLast: boolean): void {
    let length = HEADER_BYTES
    for (const part of parts) length += part.length
    const packet = Buffer.allocUnsafe(length)
    packet[0] = 0x80
    packet[1] = this.#payloadType | (isLast ? 0x80 : 0)
    packet.writeUInt16BE(this.#sequence, 2)
    packet.writeUInt32BE(timestamp >>> 0, 4)
    packet.writeUInt32BE(this.ssrc, 8)
    let at = HEADER_BYTES
    for (const part of parts) {
      packet.set(part, at)
      at += part.length
    }
    this.#sequence = (this.#sequence + 1) & 0xffff
    this.counts.packetsSent++
    this.#octets += length - HEADER_BYTES
    this.#history.keep(packet)
    if (!this.#isLost()) this.#send(packet)
  }

  #sendAgain(sequence: number): void {
    const packet = this.#history.find(sequence)
    if (packet && !this.#isLost()) this.#send(packet)
  }

  #isLost(): boolean {
    return this.lossPercent > 0 && this.#random() * 100 < this.lossPercent
  }
}
