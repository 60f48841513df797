import { hash } from 'node:crypto'

/** HMAC-SHA-256 of a message in two parts, in hexadecimal digits, under a key that was made ready once. */
export type Keyed = (first: string, second: Uint8Array) => string

const BLOCK_BYTES = 64
const HASH_BYTES = 32

/**
 * HMAC-SHA-256 as RFC 2104 has it, out of two whole hashes. An object of `createHmac` costs several times as much as
 * hashing a line does, and a start on a long journal waits for every line. `first` is ASCII.
 */
export function keyed(key: Uint8Array): Keyed {
  const short = key.length > BLOCK_BYTES ? hash('sha256', key, 'buffer') : key
  const padded = Buffer.concat([short], BLOCK_BYTES)
  const outer = Buffer.concat([padded.map((byte) => byte ^ 0x5c)], BLOCK_BYTES + HASH_BYTES)
  let inner = Buffer.from(padded.map((byte) => byte ^ 0x36))
  return (first, second) => {
    const length = BLOCK_BYTES + first.length + second.length
    if (inner.length < length) inner = Buffer.concat([inner.subarray(0, BLOCK_BYTES)], 2 * length)
    inner.write(first, BLOCK_BYTES, 'latin1')
    inner.set(second, BLOCK_BYTES + first.length)
    outer.write(hash('sha256', inner.subarray(0, length), 'binary'), BLOCK_BYTES, 'latin1')
    return hash('sha256', outer)
  }
}
