const BIAS = 0x84
const LOUDEST = 32_635

/** One sample, −1 to 1, as G.711 mu-law writes it: sign, position of the highest bit, four bits after it, all inverted. */
export function muLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0
  const size = Math.min(LOUDEST, Math.round(Math.abs(sample) * 32_767)) + BIAS
  const exponent = Math.floor(Math.log2(size)) - 7
  const mantissa = (size >> (exponent + 3)) & 0x0f
  return ~(sign | (exponent << 4) | mantissa) & 0xff
}

/** The sample that was meant, −1 to 1, as near as mu-law says. */
export function fromMuLaw(byte: number): number {
  const code = ~byte & 0xff
  const size = ((((code & 0x0f) << 3) + BIAS) << ((code >> 4) & 7)) - BIAS
  return (code & 0x80 ? -size : size) / 32_767
}
