/**
 * The machine-readable strip in each picture: 12 macroblocks in the second row of macroblocks, each four 8x8 blocks
 * (one nibble, top left bit first): 16 bits of frame counter, 28 bits of wall clock in ms, 4 bits of checksum.
 * Knows no Node: tests read it in a page from `ImageData`, and in Node from raw luma.
 */
export interface StripReading {
  /** The frame's number in its session, modulo 65536. */
  counter: number
  /** `Date.now()` when the frame was sent, modulo 2^28 (about three days). */
  sentMs: number
}

export const STRIP_NIBBLES = 12
/** Where the strip begins, in picture pixels. */
export const STRIP_TOP_PX = 16
export const STRIP_WIDTH_PX = STRIP_NIBBLES * 16
/** Luma of a block that says 0 and of one that says 1: apart enough to read, close enough not to glare. */
export const STRIP_LUMA = { zero: 26, one: 70 } as const
/** Between the two, in video range luma (26, 70) as well as in full range RGB (12, 63). */
const THRESHOLD = 44
const CLOCK_SPAN_MS = 2 ** 28

const checksum = (nibbles: readonly number[]): number => nibbles.reduce((sum, nibble) => (sum * 3 + nibble) & 15, 5)

/** The 12 nibbles that say this counter and time. */
export function encodeCode(counter: number, nowMs: number): number[] {
  const clock = nowMs % CLOCK_SPAN_MS
  const nibbles = [12, 8, 4, 0].map((shift) => (counter >>> shift) & 15)
  for (let shift = 24; shift >= 0; shift -= 4) nibbles.push((clock >>> shift) & 15)
  return [...nibbles, checksum(nibbles)]
}

/** Reads 12 nibbles back; null where the checksum disagrees. */
export function decodeCode(nibbles: readonly number[]): StripReading | null {
  if (nibbles.length !== STRIP_NIBBLES) return null
  const body = nibbles.slice(0, -1)
  if (checksum(body) !== nibbles.at(-1)) return null
  const number = (digits: readonly number[]) => digits.reduce((value, digit) => value * 16 + digit, 0)
  return { counter: number(body.slice(0, 4)), sentMs: number(body.slice(4)) }
}

/**
 * Reads the strip out of a picture at its native size. `pixels` begins at the picture's top left and has at least 32 rows
 * of `widthPx`; 4 bytes a pixel (`ImageData`) unless told 1 (a luma plane). null where there is no strip to read.
 */
export function readStrip(pixels: ArrayLike<number>, widthPx: number, bytesPerPixel: 1 | 4 = 4): StripReading | null {
  const nibbles: number[] = []
  for (let mb = 0; mb < STRIP_NIBBLES; mb++) {
    let nibble = 0
    for (let block = 0; block < 4; block++) {
      const x = mb * 16 + (block % 2) * 8
      const y = STRIP_TOP_PX + (block >> 1) * 8
      nibble = nibble * 2 + (brightness(pixels, widthPx, bytesPerPixel, x, y) > THRESHOLD ? 1 : 0)
    }
    nibbles.push(nibble)
  }
  return decodeCode(nibbles)
}

/** Mean of a block's inner 4x4 pixels: its border may have been blended by a scaler. */
function brightness(pixels: ArrayLike<number>, widthPx: number, bytesPerPixel: 1 | 4, x: number, y: number): number {
  let sum = 0
  for (let dy = 2; dy < 6; dy++) {
    for (let dx = 2; dx < 6; dx++) {
      const at = ((y + dy) * widthPx + x + dx) * bytesPerPixel
      sum += bytesPerPixel === 1 ? pixels[at]! : (pixels[at]! + pixels[at + 1]! * 2 + pixels[at + 2]!) / 4
    }
  }
  return sum / 16
}

/** How long ago a frame with this reading was sent, given `Date.now()` on the same machine. */
export function ageMs(reading: StripReading, nowMs: number): number {
  return (((nowMs % CLOCK_SPAN_MS) - reading.sentMs + CLOCK_SPAN_MS * 1.5) % CLOCK_SPAN_MS) - CLOCK_SPAN_MS / 2
}
