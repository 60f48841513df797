import { senderReport } from '../rtp/rtcp.ts'
import { muLaw } from './mu-law.ts'
import { heardAt, toneOf, type HeardTone } from './tone.ts'

/** PCMU, 8 kHz, and its payload type of old (RFC 3551). [V PROTO, xprotect-api.md 3.6] the clock of 8 kHz */
export const SOUND_PAYLOAD_TYPE = 0
const SAMPLES_PER_MS = 8
const BLOCK_MS = 20
const REPORT_EACH_MS = 1000
/** What a process that was stopped catches up with; the rest is not heard. */
const AT_MOST_MS = 1000
/** Of each of the two tones; 1 is the loudest there is. */
const LOUDNESS = 0.25

/** The sound of one session: blocks of 20 ms on a grid since 1970, so that the same moment sounds the same to everybody. */
export class SoundSender {
  readonly ssrc: number
  packetsSent = 0
  readonly #cameraNumber: number
  readonly #send: (packet: Buffer) => void
  #sequence = Math.floor(Math.random() * 0x8000)
  #reportedMs = -Infinity
  #made: { of: HeardTone; block: Buffer } | undefined

  constructor(parts: { ssrc: number; cameraNumber: number; send: (packet: Buffer) => void }) {
    this.ssrc = parts.ssrc
    this.#cameraNumber = parts.cameraNumber
    this.#send = parts.send
  }

  /**
   * Sends what sounds from one moment to before another, ms since 1970. The timestamp counts samples since `zeroMs`: the
   * moment asked for, or the start of a live session, so that an eighth of it is milliseconds. [V PROTO, 3.6]
   */
  send({ fromMs, toMs, zeroMs }: { fromMs: number; toMs: number; zeroMs: number }): void {
    const first = Math.ceil(Math.max(fromMs, toMs - AT_MOST_MS) / BLOCK_MS)
    for (let atMs = first * BLOCK_MS; atMs < toMs; atMs += BLOCK_MS)
      this.#sendBlock(atMs, Math.round((atMs - zeroMs) * SAMPLES_PER_MS) >>> 0)
  }

  #sendBlock(atMs: number, timestamp: number): void {
    const header = Buffer.alloc(12)
    header[0] = 0x80
    header[1] = SOUND_PAYLOAD_TYPE
    header.writeUInt16BE(this.#sequence, 2)
    header.writeUInt32BE(timestamp, 4)
    header.writeUInt32BE(this.ssrc, 8)
    this.#sequence = (this.#sequence + 1) & 0xffff
    const block = this.#blockAt(atMs)
    this.packetsSent++
    this.#send(Buffer.concat([header, block]))
    this.#report(timestamp, block.length)
  }

  #report(rtpTimestamp: number, blockBytes: number): void {
    const nowMs = Date.now()
    if (nowMs - this.#reportedMs < REPORT_EACH_MS) return
    this.#reportedMs = nowMs
    const packets = this.packetsSent
    this.#send(senderReport({ ssrc: this.ssrc, nowMs, rtpTimestamp, packets, octets: packets * blockBytes }))
  }

  /** All blocks of a second are the same. */
  #blockAt(atMs: number): Buffer {
    const of = heardAt(this.#cameraNumber, atMs)
    if (this.#made?.of.second !== of.second) this.#made = { of, block: blockOf(of) }
    return this.#made.block
  }
}

/** 160 samples of both tones. */
export function blockOf(heard: HeardTone): Buffer {
  const { cameraHz, secondHz } = toneOf(heard)
  const turn = (2 * Math.PI) / (1000 * SAMPLES_PER_MS)
  const sample = (at: number): number => LOUDNESS * (Math.sin(turn * cameraHz * at) + Math.sin(turn * secondHz * at))
  return Buffer.from(Array.from({ length: BLOCK_MS * SAMPLES_PER_MS }, (_, at) => muLaw(sample(at))))
}
