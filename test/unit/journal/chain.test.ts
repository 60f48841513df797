import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GENESIS, hashOf, lineOf, LINES_A_BREATH, readChain, readChainGently } from '../../../src-main/journal/chain.ts'
import { key } from './support/room.ts'

function chainOf(bodies: readonly string[]): Buffer {
  let head = GENESIS
  let text = ''
  for (const body of bodies) {
    head = hashOf(key, head, body)
    text += lineOf(head, body)
  }
  return Buffer.from(text)
}
const bodiesIn = (bytes: Buffer): string[] => readChain(key, bytes).entries.map(({ body }) => body)
const isSubsequence = (part: readonly string[], whole: readonly string[]): boolean => {
  let at = 0
  for (const body of part) {
    at = whole.indexOf(body, at) + 1
    if (at === 0) return false
  }
  return true
}

/** Different from each other, so that one cannot be taken for another. */
const bodies = fc
  .array(fc.string({ unit: 'binary', maxLength: 40 }), { minLength: 1, maxLength: 8 })
  .map((texts) => texts.map((text, index) => JSON.stringify([index, text])))

describe('a chain', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(bodies, (written) => {
        const bytes = chainOf(written)
        const { damaged, endBytes, lines } = readChain(key, bytes)
        expect([bodiesIn(bytes), damaged, endBytes, lines]).toEqual([written, [], bytes.length, written.length])
      }),
    )
  })

  it('is read the same, damage and all, where others have their turn in between', async () => {
    const bytes = chainOf(Array.from({ length: 2 * LINES_A_BREATH + 1 }, (_, at) => JSON.stringify([at])))
    bytes[bytes.indexOf('[700]') + 1] = 56
    const order: string[] = []
    const reading = readChainGently(key, bytes).then((chain) => {
      order.push('read')
      return chain
    })
    await new Promise<void>((resolve) => setImmediate(resolve))
    order.push('another')
    expect(await reading).toEqual(readChain(key, bytes))
    expect(order).toEqual(['another', 'read'])
  })

  it('cut off anywhere, reads to the last whole line and knows what is left over', () => {
    const written = ['{"a":1}', '{"b":"é"}', '{"c":[]}']
    const bytes = chainOf(written)
    const ends = written.map((_, index) => chainOf(written.slice(0, index + 1)).length)
    for (let at = 0; at <= bytes.length; at++) {
      const whole = ends.filter((end) => end <= at).length
      const { entries, damaged, endBytes } = readChain(key, bytes.subarray(0, at))
      expect([entries.length, damaged, endBytes]).toEqual([whole, [], ends[whole - 1] ?? 0])
    }
  })

  it('shows every byte that was changed, cut out or put in, and loses no more than the lines it touched', () => {
    fc.assert(
      fc.property(
        bodies,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        fc.constantFrom('flip', 'cut', 'insert'),
        (...given) => {
          const [written, place, value, how] = given
          const good = chainOf(written)
          const at = place % good.length
          const middle = how === 'cut' ? [] : how === 'flip' ? [good[at]! ^ value] : [value, good[at]!]
          const bytes = Buffer.concat([good.subarray(0, at), Buffer.from(middle), good.subarray(at + 1)])
          const { entries, damaged, endBytes } = readChain(key, bytes)
          if (!bytes.equals(good)) expect(damaged.length > 0 || endBytes < bytes.length).toBe(true)
          expect(entries.length).toBeGreaterThanOrEqual(written.length - 2)
          expect(isSubsequence(bodiesIn(bytes), written)).toBe(true)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('shows every bit of it that was flipped, every byte cut out, and one put in at every place', () => {
    const written = ['{"a":1}', '{"b":"é"}', '{"c":[]}', '{"d":{}}']
    const good = chainOf(written)
    const put = [0, 9, 10, 13, 32, 34, 48, 57, 97, 102, 123, 255]
    const unseen: string[] = []
    const look = (what: string, before: Buffer, middle: number[], after: Buffer): void => {
      const bytes = Buffer.concat([before, Buffer.from(middle), after])
      const { damaged, endBytes } = readChain(key, bytes)
      const isSeen = damaged.length > 0 || endBytes < bytes.length
      if (!isSeen || !isSubsequence(bodiesIn(bytes), written)) unseen.push(`${what} at ${before.length}`)
    }
    for (let at = 0; at <= good.length; at++) {
      const before = good.subarray(0, at)
      for (const value of put) look(`${value} put in`, before, [value], good.subarray(at))
      if (at === good.length) continue
      for (let bit = 0; bit < 8; bit++) look(`bit ${bit}`, before, [good[at]! ^ (1 << bit)], good.subarray(at + 1))
      look('cut out', before, [], good.subarray(at + 1))
    }
    expect(unseen).toEqual([])
  })

  it('loses two lines where the end of one became a digit of the hash behind it', () => {
    const written = ['{"a":1}', '{"b":2}', '{"c":3}', '{"d":4}']
    const bytes = chainOf(written)
    bytes[bytes.indexOf(10)] = '8'.charCodeAt(0)
    expect([bodiesIn(bytes), readChain(key, bytes).damaged]).toEqual([written.slice(2), [1]])
  })

  it('shows a line taken out, put in or put elsewhere', () => {
    fc.assert(
      fc.property(bodies, fc.nat(), fc.nat(), (written, from, to) => {
        const lines = chainOf(written).toString().match(/.*\n/g)!
        const line = lines.splice(from % lines.length, 1)[0]!
        const without = [...lines]
        lines.splice(to % (lines.length + 1), 0, line)
        const moved = Buffer.from(lines.join(''))
        if (!moved.equals(chainOf(written))) expect(readChain(key, moved).damaged).not.toEqual([])
        // The last one taken away leaves no trace in the chain: that is what an anchor is for.
        if (from % written.length < written.length - 1)
          expect(readChain(key, Buffer.from(without.join(''))).damaged).not.toEqual([])
        const twice = Buffer.concat([chainOf(written), Buffer.from(line)])
        expect(readChain(key, twice).damaged).toEqual([written.length + 1])
      }),
    )
  })

  it('is nothing under another key, and survives any bytes', () => {
    expect(readChain(Buffer.alloc(32, 8), chainOf(['{}', '{}'])).entries).toEqual([])
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (any) => readChain(key, Buffer.from(any)).entries.length === 0),
    )
  })
})
