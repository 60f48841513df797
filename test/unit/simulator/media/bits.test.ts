import fc from 'fast-check'
import { expect, it } from 'vitest'
import { joinNals, makeNal, splitNals, unescape } from '../../../simulator/media/h264/annexb.ts'
import { BitReader, BitWriter } from '../../../simulator/media/h264/bits.ts'

it('what was written in bits is read back in bits', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -40_000, max: 40_000 })), (values) => {
      const writer = new BitWriter(values.length * 16 + 8)
      for (const value of values) {
        writer.signed(value)
        writer.unsigned(Math.abs(value))
        writer.bits(3, Math.abs(value) & 7)
      }
      const reader = new BitReader(writer.bytes.subarray(0, writer.finish()))
      for (const value of values) {
        expect([reader.signed(), reader.unsigned(), reader.bits(3)]).toEqual([
          value,
          Math.abs(value),
          Math.abs(value) & 7,
        ])
      }
    }),
  )
})

it('Exp-Golomb codes are those of the standard', () => {
  const writer = new BitWriter(8)
  for (const value of [0, 1, 2, 3]) writer.unsigned(value) // 1 010 011 00100
  for (const value of [1, -1]) writer.signed(value) // 010 011
  expect([...writer.bytes.subarray(0, writer.finish())]).toEqual([0b10100110, 0b01000100, 0b11100000])
})

it('bytes keep their value in the middle of bits once the writer stands on a byte border', () => {
  const writer = new BitWriter(16)
  writer.bits(3, 0b101)
  writer.align()
  writer.raw(Uint8Array.of(7, 8, 9))
  expect([...writer.bytes.subarray(0, writer.finish())]).toEqual([0b10100000, 7, 8, 9, 0x80])
})

it('reading beyond the end is refused where a code would never end', () => {
  expect(() => new BitReader(new Uint8Array(2)).unsigned()).toThrow('not an Exp-Golomb code')
})

it('no payload can look like a start code, and each comes back as it was', () => {
  const bytes = fc.uint8Array({ minLength: 1, max: 3, maxLength: 60 })
  fc.assert(
    fc.property(bytes, (payload) => {
      const nal = makeNal(0x65, Uint8Array.of(...payload, 0x80))
      expect([...unescape(nal.subarray(1))]).toEqual([...payload, 0x80])
      expect(splitNals(joinNals([nal, nal])).map((found) => [...found])).toEqual([[...nal], [...nal]])
    }),
  )
})
