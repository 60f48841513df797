/** Reads the bits of an RBSP (H.264 clause 7.2), most significant first. Reads past the end give zeros. */
export class BitReader {
  readonly #bytes: Uint8Array
  /** Bits read so far. */
  position = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  bit(): number {
    const byte = this.#bytes[this.position >> 3] ?? 0
    const bit = (byte >> (7 - (this.position & 7))) & 1
    this.position++
    return bit
  }

  bits(count: number): number {
    let value = 0
    for (let i = 0; i < count; i++) value = value * 2 + this.bit()
    return value
  }

  /** Exp-Golomb, unsigned (clause 9.1). */
  unsigned(): number {
    let zeros = 0
    while (this.bit() === 0) {
      if (++zeros > 32) throw new RangeError('not an Exp-Golomb code')
    }
    return 2 ** zeros - 1 + this.bits(zeros)
  }

  /** Exp-Golomb, signed (clause 9.1.1). */
  signed(): number {
    const k = this.unsigned()
    return k % 2 === 1 ? (k + 1) / 2 : 0 - k / 2
  }
}

/** Writes bits into a buffer of a size fixed beforehand, so that a slice costs no allocation. */
export class BitWriter {
  readonly bytes: Uint8Array
  /** Bits written so far. */
  position = 0

  constructor(sizeBytes: number) {
    this.bytes = new Uint8Array(sizeBytes)
  }

  restart(): void {
    this.position = 0
  }

  bit(value: number): void {
    const at = this.position >> 3
    const shift = 7 - (this.position & 7)
    if (shift === 7) this.bytes[at] = 0
    if (value !== 0) this.bytes[at]! |= 1 << shift
    this.position++
  }

  bits(count: number, value: number): void {
    for (let i = count - 1; i >= 0; i--) this.bit((value >>> i) & 1)
  }

  unsigned(value: number): void {
    const plusOne = value + 1
    const zeros = 31 - Math.clz32(plusOne)
    this.bits(zeros, 0)
    this.bits(zeros + 1, plusOne)
  }

  signed(value: number): void {
    this.unsigned(value > 0 ? 2 * value - 1 : -2 * value)
  }

  align(): void {
    while ((this.position & 7) !== 0) this.bit(0)
  }

  /** Copies whole bytes; the writer must stand on a byte border. */
  raw(source: Uint8Array): void {
    this.bytes.set(source, this.position >> 3)
    this.position += source.length * 8
  }

  /** Ends the RBSP with its stop bit and tells how many bytes it has. */
  finish(): number {
    this.bit(1)
    this.align()
    return this.position >> 3
  }
}
