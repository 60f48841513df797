/**
 * A grey picture of flat 8x8 blocks as a baseline JPEG (ITU-T T.81): a slope with a bright bar that moves with time.
 * Enough for a client to decode and to see that two pictures differ; a whole encoder would be more than the task needs.
 */
export function drawJpeg(widthPx: number, heightPx: number, atMs: number): Buffer {
  const [columns, rows] = [Math.ceil(widthPx / 8), Math.ceil(heightPx / 8)]
  const bar = Math.floor(atMs / 100) % columns
  const bits: number[] = []
  let previous = 0
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const grey = column === bar ? 230 : 40 + Math.floor((120 * row) / rows)
      const level = Math.round((grey - 128) / 2) // eight times the mean, divided by the quantiser of 16
      pushDifference(bits, level - previous)
      bits.push(0) // end of block: the only symbol of our AC table
      previous = level
    }
  }
  const size = [heightPx >> 8, heightPx & 255, widthPx >> 8, widthPx & 255]
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xdb, [0, ...Array<number>(64).fill(16)]),
    segment(0xc0, [8, ...size, 1, 1, 0x11, 0]),
    segment(0xc4, [0x00, ...DC_COUNTS, ...DC_SYMBOLS]),
    segment(0xc4, [0x10, 1, ...Array<number>(15).fill(0), 0x00]),
    segment(0xda, [1, 1, 0x00, 0, 63, 0]),
    stuffed(bits),
    Buffer.from([0xff, 0xd9]),
  ])
}

/** How many codes of each length 1 to 16 the usual DC table has (T.81 table K.3); its symbols are 0 to 11 in order. */
const DC_COUNTS = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]
const DC_SYMBOLS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
const DC_CODES = ['00', '010', '011', '100', '101', '110', '1110', '11110', '111110']

function pushDifference(bits: number[], difference: number): void {
  const size = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1
  const value = difference < 0 ? difference + (1 << size) - 1 : difference
  const text = DC_CODES[size]! + (size > 0 ? value.toString(2).padStart(size, '0') : '')
  for (const bit of text) bits.push(bit === '1' ? 1 : 0)
}

function segment(marker: number, payload: number[]): Buffer {
  const length = payload.length + 2
  return Buffer.from([0xff, marker, length >> 8, length & 255, ...payload])
}

/** Bits to bytes, the rest filled with ones, and a zero after every 0xff. */
function stuffed(bits: number[]): Buffer {
  const bytes: number[] = []
  for (let at = 0; at < bits.length; at += 8) {
    let byte = 0
    for (let bit = 0; bit < 8; bit++) byte = (byte << 1) | (bits[at + bit] ?? 1)
    bytes.push(byte)
    if (byte === 0xff) bytes.push(0)
  }
  return Buffer.from(bytes)
}
