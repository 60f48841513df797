import { makeNal } from '../h264/annexb.ts'
import { BitWriter } from '../h264/bits.ts'
import type { SliceHeader } from '../h264/slice-header.ts'
import { MB_BYTES, type Band } from './band.ts'

/** mb_type I_PCM (H.264 tables 7-11 and 7-13): in an I slice, and in a P slice where intra types come after the five P types. */
const I_PCM = 25
const I_PCM_IN_P = 30

/**
 * Writes the first slice of a picture anew: x264's header bits, then the band's own macroblocks. Uncompressed ones need
 * no encoder and are exact; what did not change is P_Skip, whose motion is zero as no macroblock of the slice moves.
 */
export class BandSliceWriter {
  readonly #writer: BitWriter
  readonly #pixels = new Uint8Array(MB_BYTES)

  constructor(widthMbs: number) {
    this.#writer = new BitWriter(widthMbs * 2 * (MB_BYTES + 8) + 64)
  }

  /** The slice as a NAL unit; afterwards the band counts as sent. */
  write(header: SliceHeader, band: Band): Uint8Array {
    const writer = this.#writer
    writer.restart()
    copyBits(header, writer)
    if (header.isIntra) this.#writeAll(band)
    else this.#writeChanged(band)
    band.changed.fill(0)
    return makeNal(header.nalHeader, writer.bytes.subarray(0, writer.finish()))
  }

  #writeAll(band: Band): void {
    for (let mb = 0; mb < band.changed.length; mb++) this.#writePixels(I_PCM, mb, band)
  }

  #writeChanged(band: Band): void {
    let skipped = 0
    for (let mb = 0; mb < band.changed.length; mb++) {
      if (band.changed[mb] === 0) {
        skipped++
        continue
      }
      this.#writer.unsigned(skipped)
      skipped = 0
      this.#writePixels(I_PCM_IN_P, mb, band)
    }
    if (skipped > 0) this.#writer.unsigned(skipped)
  }

  #writePixels(type: number, mb: number, band: Band): void {
    band.macroblock(mb, this.#pixels)
    this.#writer.unsigned(type)
    this.#writer.align()
    this.#writer.raw(this.#pixels)
  }
}

function copyBits({ payload, lengthBits }: SliceHeader, writer: BitWriter): void {
  for (let i = 0; i < lengthBits; i++) writer.bit((payload[i >> 3]! >> (7 - (i & 7))) & 1)
}
