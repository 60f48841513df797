import type { Planes } from '../draw/finish.ts'
import { STRIP_LUMA, STRIP_NIBBLES } from '../strip.ts'
import { Font, type FontSize } from './font.ts'

/** The band is two rows of macroblocks at the top of each picture. */
export const BAND_HEIGHT_PX = 32
const MB_PX = 16
const TEXT_LUMA = 205
const RIM_DEPTH = 0.55
const MARGIN_PX = 6

/** An uncompressed macroblock: 16x16 luma, then 8x8 of each colour. */
export const MB_BYTES = 384

/**
 * What the band of one session shows now: the scene's own top, the live text on its first row of macroblocks, the
 * strip on its second. Keeps account of which macroblocks changed since the last picture.
 */
export class Band {
  readonly widthMbs: number
  /** How many characters the text row holds. */
  readonly columns: number
  /** Macroblocks that differ from the last picture sent. */
  readonly changed: Uint8Array
  readonly #widthPx: number
  readonly #backdrop: Planes
  readonly #luma: Uint8Array
  readonly #font: Font
  #text = ''
  #code: readonly number[] = []

  constructor(backdrop: Planes, widthPx: number) {
    this.#backdrop = backdrop
    this.#widthPx = widthPx
    this.widthMbs = widthPx / MB_PX
    this.#luma = new Uint8Array(backdrop.luma) // a copy: the backdrop is shared by all sessions
    this.#font = fontFor(widthPx)
    this.columns = Math.floor((widthPx - 2 * MARGIN_PX) / this.#font.size.pitchPx)
    this.changed = new Uint8Array(this.widthMbs * 2).fill(1)
  }

  /** Writes text and strip; only what differs from before is drawn. */
  show(text: string, code: readonly number[]): void {
    const { pitchPx } = this.#font.size
    const places = Math.min(Math.max(text.length, this.#text.length), this.columns)
    for (let place = 0; place < places; place++) {
      const character = text[place] ?? ' '
      if (character !== this.#text[place]) this.#drawCharacter(character, MARGIN_PX + place * pitchPx)
    }
    this.#text = text
    for (let mb = 0; mb < STRIP_NIBBLES; mb++) {
      if (code[mb] !== this.#code[mb]) this.#drawNibble(code[mb]!, mb)
    }
    this.#code = code
  }

  /** Copies one macroblock's pixels, in the order I_PCM wants them (H.264 7.3.5). */
  macroblock(index: number, into: Uint8Array): void {
    const left = (index % this.widthMbs) * MB_PX
    const top = index < this.widthMbs ? 0 : MB_PX
    for (let y = 0; y < MB_PX; y++) {
      const at = (top + y) * this.#widthPx + left
      into.set(this.#luma.subarray(at, at + MB_PX), y * MB_PX)
    }
    const half = this.#widthPx / 2
    for (let y = 0; y < 8; y++) {
      const at = (top / 2 + y) * half + left / 2
      into.set(this.#backdrop.cb.subarray(at, at + 8), 256 + y * 8)
      into.set(this.#backdrop.cr.subarray(at, at + 8), 320 + y * 8)
    }
  }

  #drawCharacter(character: string, left: number): void {
    const { ink, rim } = this.#font.glyph(character)
    const { pitchPx } = this.#font.size
    for (let y = 0; y < MB_PX; y++) {
      for (let x = 0; x < pitchPx; x++) {
        const at = y * this.#widthPx + left + x
        const cell = y * pitchPx + x
        const behind = 16 + (this.#backdrop.luma[at]! - 16) * (1 - rim[cell]! * RIM_DEPTH)
        this.#luma[at] = behind + (TEXT_LUMA - behind) * ink[cell]!
      }
    }
    for (let mb = left >> 4; mb <= (left + pitchPx - 1) >> 4; mb++) this.changed[mb] = 1
  }

  /** Four 8x8 blocks, top left bit first. */
  #drawNibble(nibble: number, mb: number): void {
    for (let y = 0; y < MB_PX; y++) {
      for (let x = 0; x < MB_PX; x++) {
        const bit = (nibble >> (3 - ((y >> 3) * 2 + (x >> 3)))) & 1
        this.#luma[(MB_PX + y) * this.#widthPx + mb * MB_PX + x] = bit === 1 ? STRIP_LUMA.one : STRIP_LUMA.zero
      }
    }
    this.changed[this.widthMbs + mb] = 1
  }
}

const fonts = new Map<number, Font>()

/** Readable at each size, and no larger: 91 characters on 640 pixels, 52 on 320. */
function fontFor(widthPx: number): Font {
  let font = fonts.get(widthPx)
  if (!font) {
    font = new Font(sizeFor(widthPx))
    fonts.set(widthPx, font)
  }
  return font
}

function sizeFor(widthPx: number): FontSize {
  if (widthPx >= 1280) return { pitchPx: 10, heightPx: 11 }
  if (widthPx >= 640) return { pitchPx: 8, heightPx: 9 }
  return { pitchPx: 6, heightPx: 8 }
}
