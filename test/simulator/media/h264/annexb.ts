/** What a NAL unit holds (H.264 table 7-1), as far as a camera sends it. */
export const nalType = { slice: 1, keySlice: 5, sei: 6, sps: 7, pps: 8 } as const

export const typeOfNal = (nal: Uint8Array): number => nal[0]! & 31

const START_CODE = Buffer.of(0, 0, 1)

/** The NAL units of an Annex B byte stream, without start codes; views, not copies. */
export function splitNals(stream: Uint8Array): Uint8Array[] {
  const bytes = Buffer.from(stream.buffer, stream.byteOffset, stream.length)
  const nals: Uint8Array[] = []
  for (let at = bytes.indexOf(START_CODE); at >= 0;) {
    const next = bytes.indexOf(START_CODE, at + 3)
    nals.push(next < 0 ? stream.subarray(at + 3) : withoutTrailingZeros(stream, at + 3, next))
    at = next
  }
  return nals
}

function withoutTrailingZeros(stream: Uint8Array, start: number, end: number): Uint8Array {
  let last = end
  while (last > start && stream[last - 1] === 0) last--
  return stream.subarray(start, last)
}

/** An Annex B byte stream of the given NAL units, as ffmpeg reads it. */
export function joinNals(nals: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(nals.flatMap((nal) => [Uint8Array.of(0, 0, 0, 1), nal])))
}

/** Takes the emulation prevention bytes out (H.264 clause 7.4.1). */
export function unescape(payload: Uint8Array): Uint8Array {
  const plain = new Uint8Array(payload.length)
  let length = 0
  let zeros = 0
  for (const byte of payload) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0
      continue
    }
    plain[length++] = byte
    zeros = byte === 0 ? zeros + 1 : 0
  }
  return plain.subarray(0, length)
}

/** A NAL unit: its header byte, then the payload with emulation prevention bytes put in. */
export function makeNal(header: number, payload: Uint8Array): Uint8Array {
  const nal = new Uint8Array(1 + payload.length + (payload.length >> 1) + 1)
  nal[0] = header
  let length = 1
  let zeros = 0
  for (const byte of payload) {
    if (zeros >= 2 && byte <= 3) {
      nal[length++] = 3
      zeros = 0
    }
    nal[length++] = byte
    zeros = byte === 0 ? zeros + 1 : 0
  }
  return nal.slice(0, length)
}
