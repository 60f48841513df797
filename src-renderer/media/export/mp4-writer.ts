import { EncodedPacket, EncodedVideoPacketSource, Mp4OutputFormat, Output, StreamTarget } from 'mediabunny'
import { AppError } from '../../../src-preload/contract/failure.ts'
import { exportChunkBytes } from '../../../src-preload/contract/take-away-limits.ts'
import type { FrameGroup } from './frame-groups.ts'

/** Takes bytes for a place in a file. Resolves when they are there; rejects where they cannot be. */
export type WriteBytes = (atByte: number, bytes: Uint8Array<ArrayBuffer>) => Promise<void>

const SECOND_MS = 1_000

/**
 * Puts pictures as they were sent into an MP4 file: nothing is decoded, and none of their bytes is another but the start
 * codes, in whose place MP4 has lengths.
 */
export class Mp4Writer {
  readonly #output: Output
  readonly #video = new EncodedVideoPacketSource('avc')
  #beginsMs: number | undefined
  #size = { widthPx: 0, heightPx: 0 }

  constructor(write: WriteBytes) {
    const bytes = new WritableStream<{ data: Uint8Array<ArrayBuffer>; position: number }>({
      write: ({ data, position }) => write(position, data),
    })
    this.#output = new Output({
      format: new Mp4OutputFormat({ fastStart: false }),
      target: new StreamTarget(bytes, { chunked: true, chunkSize: exportChunkBytes }),
    })
    this.#output.addVideoTrack(this.#video)
  }

  get size(): { widthPx: number; heightPx: number } {
    return this.#size
  }

  /** Adds a group; `endsMs` is the first moment after it, which its last picture stands until. */
  async add(group: FrameGroup, endsMs: number): Promise<void> {
    const [key] = group
    const isFirst = this.#beginsMs === undefined
    if (isFirst) await this.#begin(group)
    const beginsMs = this.#beginsMs ?? key.atMs
    for (const [index, frame] of group.entries()) {
      const lengthMs = Math.max(1, (group[index + 1]?.atMs ?? endsMs) - frame.atMs)
      const type = frame.isKey ? 'key' : 'delta'
      const [atSecond, seconds] = [(frame.atMs - beginsMs) / SECOND_MS, lengthMs / SECOND_MS]
      const packet = new EncodedPacket(frame.bytes, type, atSecond, seconds)
      await this.#video.add(packet, isFirst && index === 0 ? metaOf(key) : undefined)
    }
  }

  /** Completes the file. */
  async finish(): Promise<void> {
    if (this.#beginsMs !== undefined) await this.#output.finalize()
  }

  async cancel(): Promise<void> {
    if (this.#beginsMs !== undefined) await this.#output.cancel()
  }

  async #begin([key]: FrameGroup): Promise<void> {
    this.#beginsMs = key.atMs
    this.#size = { widthPx: key.widthPx, heightPx: key.heightPx }
    await this.#output.start()
  }
}

const metaOf = ({ bytes, widthPx, heightPx }: FrameGroup[0]): EncodedVideoChunkMetadata => ({
  decoderConfig: { codec: codecOf(bytes), codedWidth: widthPx, codedHeight: heightPx },
})

const PARAMETERS_NAL = 7

/** The codec as files name it, out of the parameter set every key picture of WebRTC carries. Throws AppError bad-answer. */
export function codecOf(bytes: Uint8Array): string {
  for (let at = 0; at + 6 < bytes.length; at++) {
    const isStart = bytes[at] === 0 && bytes[at + 1] === 0 && bytes[at + 2] === 1
    if (!isStart || (bytes[at + 3]! & 31) !== PARAMETERS_NAL) continue
    const profile = [...bytes.subarray(at + 4, at + 7)].map((byte) => byte.toString(16).padStart(2, '0'))
    return `avc1.${profile.join('')}`
  }
  throw new AppError({ kind: 'bad-answer', call: 'WebRTC video', what: 'shape' })
}
