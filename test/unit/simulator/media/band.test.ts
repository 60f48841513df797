import { expect, it } from 'vitest'
import { Band, MB_BYTES } from '../../../simulator/media/band/band.ts'
import { bandText, stampOf } from '../../../simulator/media/band/text.ts'
import { encodeCode } from '../../../simulator/media/strip.ts'

const width = 320
/** As a clip's file gives it: a Buffer, whose `slice` would share its bytes. */
const backdrop = {
  luma: Buffer.alloc(width * 32, 60),
  cb: Buffer.alloc(width * 8, 120),
  cr: Buffer.alloc(width * 8, 130),
}

function pixelsOf(band: Band): Uint8Array[] {
  return Array.from(band.changed, (_, mb) => {
    const pixels = new Uint8Array(MB_BYTES)
    band.macroblock(mb, pixels)
    return pixels
  })
}

it('a text written over another leaves nothing of it, and sessions do not write on each other', () => {
  const [used, fresh] = [new Band(backdrop, width), new Band(backdrop, width)]
  used.show('MAIN GATE 88888888 AND MORE', encodeCode(1, 99))
  used.show('LOBBY 1.1', encodeCode(7, 1234))
  fresh.show('LOBBY 1.1', encodeCode(7, 1234))
  expect(pixelsOf(used)).toEqual(pixelsOf(fresh))
  expect(new Set(backdrop.luma)).toEqual(new Set([60]))
})

it('only macroblocks whose characters or nibbles changed count as changed', () => {
  const band = new Band(backdrop, width)
  band.show('GATE 10', encodeCode(1, 0))
  band.changed.fill(0)
  band.show('GATE 11', encodeCode(1, 0))
  const changed = [...band.changed].flatMap((flag, mb) => (flag === 1 ? [mb] : []))
  expect(changed).toEqual([2]) // the seventh character stands at 42 to 47
})

it('time is written in full, and the name gives way where there is no room', () => {
  const noon = new Date(2026, 10, 23, 14, 3, 7, 456).getTime()
  expect([
    stampOf(noon),
    bandText('Car park north', { shownMs: noon, counter: 77 }, 60),
    bandText('Car park north', { shownMs: noon, counter: 77 }, 40),
  ]).toEqual([
    '2026-11-23 14:03:07.4',
    'Car park north  2026-11-23 14:03:07.4  F00077',
    'Car park   2026-11-23 14:03:07.4  F00077',
  ])
})
